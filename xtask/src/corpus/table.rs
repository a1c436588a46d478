//! Prints how the documents fared.

use serde_json::Value;

use super::cargo::{Check, Test};
use super::child::Ending;
use super::{Row, number, summary};
use crate::report::say;

/// Prints the head of the table, with the columns of what was asked for.
pub(super) fn print_head(is_checked: bool, is_tested: bool) {
    let columns = [(is_checked, " check |"), (is_tested, " tests |")];
    let columns = columns.iter().filter(|(is_there, _)| *is_there);
    let heads: String = columns.clone().map(|(_, head)| *head).collect();
    say(format_args!("| document | OpenAPI | operations | models | lines | ms |{heads} diagnostics |"));
    let rules = " --- |".repeat(columns.count());
    say(format_args!("| --- | --- | ---: | ---: | ---: | ---: |{rules} --- |"));
}

/// Prints the row of a document.
pub(super) fn print_row(row: &Row) {
    let document = cell(&row.document);
    let report = match &row.ending {
        Ending::Crate(report) | Ending::Diagnostics(report) => report,
        Ending::Crash(words) => {
            return say(format_args!("| {document} | | | | | | **crash**: {} |", cell(words)));
        }
        Ending::Timeout => return say(format_args!("| {document} | | | | | | **timeout** |")),
    };
    let openapi = cell(report.get("openapi").and_then(Value::as_str).unwrap_or(""));
    say(format_args!(
        "| {document} | {openapi} | {} | {} | {} | {} |{}{} {} |",
        number(report, "operations"),
        number(report, "models"),
        number(report, "lines"),
        number(report, "milliseconds"),
        row.check.as_ref().map(check).unwrap_or_default(),
        row.test.as_ref().map(test).unwrap_or_default(),
        codes(report),
    ));
}

fn check(check: &Check) -> String {
    let time = check.elapsed.as_secs_f32();
    match (check.errors, check.warnings) {
        (0, 0) => format!(" ok, {time:.1} s |"),
        (0, warnings) => format!(" ok, {warnings} warnings, {time:.1} s |"),
        (errors, _) => format!(" **{errors} errors**, {time:.1} s |"),
    }
}

fn test(test: &Test) -> String {
    let time = test.elapsed.as_secs_f32();
    match test.failed {
        0 => format!(" {} passed, {time:.1} s |", test.passed),
        failed => format!(" {} passed, **{failed} failed**, {time:.1} s |", test.passed),
    }
}

/// `text` so that it stays in its cell.
pub(super) fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

/// How often each code was reported: errors first, then faults for which a reading was taken, then warnings.
fn codes(report: &Value) -> String {
    let counts = summary::codes(report).into_iter().map(|((kind, code), count)| match kind {
        "error" => format!("**{code}** {count}"),
        "fault" => format!("~~{code}~~ {count}"),
        _ => format!("{code} {count}"),
    });
    counts.collect::<Vec<_>>().join(", ")
}
