//! Shows diagnostics: drawn over the source for people, as data for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use miette::{LabeledSpan, MietteDiagnostic, Report};
use sdk_generator::diagnostic::{Diagnostic, Diagnostics, Pointer, Severity};
use serde_json::{Value, json};

use super::excerpt::Excerpt;
use super::{Format, say_json, shortened, visible, warn};

/// How many diagnostics are drawn. Who has more corrects these first, or asks for JSON.
const MOST_DRAWN: usize = 20;

/// How many characters of a pointer are shown.
const POINTER_WIDTH: usize = 200;

/// Reports the diagnostics of a run that ended with them.
pub(crate) fn diagnostics(diagnostics: &Diagnostics, format: Format) {
    match format {
        Format::Human => {
            draw(diagnostics);
            warn(format_args!("{}; nothing was written", count(diagnostics)));
            print_way_on(diagnostics);
        }
        Format::Json => say_json(&json!({ "diagnostics": as_json(diagnostics) })),
    }
}

/// Shows the waivers with which a run would go on, where all that stopped it can be waived.
fn print_way_on(diagnostics: &Diagnostics) {
    let errors: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    if !errors.iter().all(|diagnostic| diagnostic.is_waivable) {
        return;
    }
    let mut places: BTreeMap<&str, Vec<&Pointer>> = BTreeMap::new();
    for diagnostic in errors {
        places.entry(diagnostic.code).or_default().push(&diagnostic.location.pointer);
    }
    warn("\nwhat cannot be corrected can be waived in `sdk.toml`, here or below a pointer, with the reason:");
    for (code, places) in places {
        // A text of JSON is one of TOML, too.
        let pointer = json!(around(&places).to_string());
        let pointer = visible(&pointer.to_string()).into_owned();
        warn(format_args!("\n[[waivers]]\ncode = \"{code}\"\npointer = {pointer}\nreason = \"\""));
    }
}

/// The innermost place that all of `places` are at or below.
fn around(places: &[&Pointer]) -> Pointer {
    let mut around = places.first().map_or_else(Pointer::default, |first| (*first).clone());
    while !places.iter().all(|place| place.is_within(&around)) {
        let Some(parent) = around.parent() else { break };
        around = parent;
    }
    around
}

/// Draws diagnostics over the text that they are about: errors first, as they are what stops a run.
pub(super) fn draw(diagnostics: &Diagnostics) {
    let of = |severity| diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
    for diagnostic in of(Severity::Error).chain(of(Severity::Warning)).take(MOST_DRAWN) {
        let report = drawn(diagnostic, diagnostics);
        // The report has colours of its own, and nothing of the document that is not `visible`.
        let _ = writeln!(io::stderr(), "{report:?}");
    }
    let rest = diagnostics.iter().count().saturating_sub(MOST_DRAWN);
    if rest > 0 {
        warn(format_args!("… and {rest} more, all of which `cargo xtask regen --format json` lists\n"));
    }
}

/// The diagnostics as data.
pub(super) fn as_json(diagnostics: &Diagnostics) -> Vec<Value> {
    let diagnostics = diagnostics.iter();
    diagnostics
        .map(|diagnostic| {
            json!({
                "severity": severity(diagnostic),
                "code": diagnostic.code,
                "message": diagnostic.message,
                "help": diagnostic.help,
                "file": diagnostic.location.file,
                "pointer": diagnostic.location.pointer.to_string(),
                "line": diagnostic.position.map(|position| position.line),
                "column": diagnostic.position.map(|position| position.column),
                "offset": diagnostic.position.map(|position| position.offset),
                "length": diagnostic.position.map(|position| position.length),
                "waived": diagnostic.waived,
                "reading": diagnostic.reading,
                "waivable": diagnostic.is_waivable,
            })
        })
        .collect()
}

fn drawn(diagnostic: &Diagnostic, diagnostics: &Diagnostics) -> Report {
    let is_error = diagnostic.severity == Severity::Error;
    let severity = if is_error { miette::Severity::Error } else { miette::Severity::Warning };
    let source = diagnostics.source(&diagnostic.location.file).zip(diagnostic.position);
    let message = match source {
        Some(_) => visible(&diagnostic.message).into_owned(),
        // Without an excerpt, nothing else names the file.
        None => visible(&format!("{}: {}", diagnostic.location.file, diagnostic.message)).into_owned(),
    };
    let mut drawn = MietteDiagnostic::new(message).with_code(diagnostic.code).with_severity(severity);
    let help = match (&diagnostic.waived, diagnostic.reading) {
        (Some(reason), _) => format!("waived: {reason}"),
        (None, Some(reading)) => format!("{}; until then, {reading}", diagnostic.help),
        (None, None) => diagnostic.help.clone(),
    };
    if !help.is_empty() {
        drawn = drawn.with_help(visible(&help));
    }
    let Some((source, position)) = source else { return Report::new(drawn) };
    let excerpt = Excerpt::of(source, position);
    let label = Some(label(diagnostic)).filter(|label| !label.is_empty());
    let label = LabeledSpan::new_primary_with_span(label, excerpt.span());
    Report::new(drawn.with_label(label)).with_source_code(excerpt)
}

/// The pointer of a diagnostic, which is as long as the names in the document are.
fn label(diagnostic: &Diagnostic) -> String {
    let pointer = diagnostic.location.pointer.to_string().replace('\n', " ");
    visible(&shortened(&pointer, POINTER_WIDTH)).into_owned()
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn count(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.iter().count() - errors;
    let plural = |number: usize| if number == 1 { "" } else { "s" };
    let warnings = match warnings {
        0 => String::new(),
        number => format!(" and {number} warning{}", plural(number)),
    };
    format!("{errors} error{}{warnings}", plural(errors))
}
