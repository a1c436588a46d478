//! Shows findings: drawn over the source for people, as data for programs.

use miette::{LabeledSpan, MietteDiagnostic, NamedSource, Report, SourceSpan};
use sdk_generator::diagnostic::{Diagnostic, Diagnostics, Severity};
use serde_json::{Value, json};

use super::Format;

/// Reports the findings of a run that ended with them.
pub(crate) fn findings(found: &Diagnostics, format: Format) {
    match format {
        Format::Human => {
            draw(found);
            eprintln!("{}; nothing was written", count(found));
        }
        Format::Json => println!("{:#}", json!({ "diagnostics": as_json(found) })),
    }
}

/// Draws each finding over the text that it is about.
pub(super) fn draw(found: &Diagnostics) {
    for finding in found.iter() {
        let drawn = drawable(finding);
        let report = match found.source(&finding.location.file) {
            Some(source) => {
                Report::new(drawn).with_source_code(NamedSource::new(&source.name, source.text.clone()))
            }
            None => Report::new(drawn),
        };
        eprintln!("{report:?}");
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
            })
        })
        .collect()
}

fn drawable(finding: &Diagnostic) -> MietteDiagnostic {
    let is_error = finding.severity == Severity::Error;
    let severity = if is_error { miette::Severity::Error } else { miette::Severity::Warning };
    let pointer = finding.location.pointer.to_string();
    let mut drawn =
        MietteDiagnostic::new(finding.message.clone()).with_code(finding.code).with_severity(severity);
    let help = match &finding.waived {
        Some(reason) => format!("waived: {reason}"),
        None => finding.help.clone(),
    };
    if !help.is_empty() {
        drawn = drawn.with_help(help);
    }
    match finding.position {
        Some(position) => {
            let span = SourceSpan::new(position.offset.into(), position.length);
            drawn.with_label(LabeledSpan::new_primary_with_span(Some(pointer), span))
        }
        None => drawn,
    }
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
