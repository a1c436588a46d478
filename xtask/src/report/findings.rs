//! Shows findings: drawn over the source for people, as data for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use miette::{LabeledSpan, MietteDiagnostic, Report};
use sdk_generator::diagnostic::{Diagnostic, Diagnostics, Severity};
use sdk_generator::document::Pointer;
use serde_json::{Value, json};

use super::excerpt::Excerpt;
use super::{Format, say_json, shortened, visible, warn};

/// How many findings are drawn. Who has more corrects these first, or asks for JSON.
const MOST_DRAWN: usize = 20;

/// How many characters of a pointer are shown.
const POINTER_WIDTH: usize = 200;

/// Reports the findings of a run that ended with them.
pub(crate) fn findings(found: &Diagnostics, format: Format) {
    match format {
        Format::Human => {
            draw(found);
            warn(format_args!("{}; nothing was written", count(found)));
            print_way_on(found);
        }
        Format::Json => say_json(&json!({ "diagnostics": as_json(found) })),
    }
}

/// Shows the waivers with which a run would go on, where all that stopped it can be waived.
fn print_way_on(found: &Diagnostics) {
    let errors: Vec<&Diagnostic> =
        found.iter().filter(|finding| finding.severity == Severity::Error).collect();
    if !errors.iter().all(|finding| finding.is_waivable) {
        return;
    }
    let mut places: BTreeMap<&str, Vec<&Pointer>> = BTreeMap::new();
    for finding in errors {
        places.entry(finding.code).or_default().push(&finding.location.pointer);
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

/// Draws findings over the text that they are about: errors first, as they are what stops a run.
pub(super) fn draw(found: &Diagnostics) {
    let of = |severity| found.iter().filter(move |finding| finding.severity == severity);
    for finding in of(Severity::Error).chain(of(Severity::Warning)).take(MOST_DRAWN) {
        let report = drawn(finding, found);
        // The report has colours of its own, and nothing of the document that is not `visible`.
        let _ = writeln!(io::stderr(), "{report:?}");
    }
    let rest = found.iter().count().saturating_sub(MOST_DRAWN);
    if rest > 0 {
        warn(format_args!("… and {rest} more, all of which `cargo xtask regen --format json` lists\n"));
    }
}

/// The findings as data.
pub(super) fn as_json(found: &Diagnostics) -> Vec<Value> {
    let findings = found.iter();
    findings
        .map(|finding| {
            json!({
                "severity": severity(finding),
                "code": finding.code,
                "message": finding.message,
                "help": finding.help,
                "file": finding.location.file,
                "pointer": finding.location.pointer.to_string(),
                "line": finding.position.map(|position| position.line),
                "column": finding.position.map(|position| position.column),
                "offset": finding.position.map(|position| position.offset),
                "length": finding.position.map(|position| position.length),
                "waived": finding.waived,
                "waivable": finding.is_waivable,
            })
        })
        .collect()
}

fn drawn(finding: &Diagnostic, found: &Diagnostics) -> Report {
    let is_error = finding.severity == Severity::Error;
    let severity = if is_error { miette::Severity::Error } else { miette::Severity::Warning };
    let source = found.source(&finding.location.file).zip(finding.position);
    let message = match source {
        Some(_) => visible(&finding.message).into_owned(),
        // Without an excerpt, nothing else names the file.
        None => visible(&format!("{}: {}", finding.location.file, finding.message)).into_owned(),
    };
    let mut drawn = MietteDiagnostic::new(message).with_code(finding.code).with_severity(severity);
    let help =
        finding.waived.as_ref().map_or_else(|| finding.help.clone(), |reason| format!("waived: {reason}"));
    if !help.is_empty() {
        drawn = drawn.with_help(visible(&help));
    }
    let Some((source, position)) = source else { return Report::new(drawn) };
    let excerpt = Excerpt::of(source, position);
    let label = Some(label(finding)).filter(|label| !label.is_empty());
    let label = LabeledSpan::new_primary_with_span(label, excerpt.span());
    Report::new(drawn.with_label(label)).with_source_code(excerpt)
}

/// The pointer of a finding, which is as long as the names in the document are.
fn label(finding: &Diagnostic) -> String {
    let pointer = finding.location.pointer.to_string().replace('\n', " ");
    visible(&shortened(&pointer, POINTER_WIDTH)).into_owned()
}

fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn count(found: &Diagnostics) -> String {
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = found.iter().count() - errors;
    let plural = |number: usize| if number == 1 { "" } else { "s" };
    let warnings = match warnings {
        0 => String::new(),
        number => format!(" and {number} warning{}", plural(number)),
    };
    format!("{errors} error{}{warnings}", plural(errors))
}
