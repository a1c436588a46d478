//! Prints how the documents fared.

use std::collections::BTreeMap;

use serde_json::Value;

use super::child::Ending;
use super::{Row, number};
use crate::report::say;

/// Prints the head of the table.
pub(super) fn print_head(is_checked: bool) {
    let check = if is_checked { " check |" } else { "" };
    say(format_args!("| document | OpenAPI | operations | models | lines | ms |{check} diagnostics |"));
    let check = if is_checked { " --- |" } else { "" };
    say(format_args!("| --- | --- | ---: | ---: | ---: | ---: |{check} --- |"));
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
    let build = row.build.as_ref().map(|build| {
        let time = build.elapsed.as_secs_f32();
        match (build.errors, build.warnings) {
            (0, 0) => format!(" ok, {time:.1} s |"),
            (0, warnings) => format!(" ok, {warnings} warnings, {time:.1} s |"),
            (errors, _) => format!(" **{errors} errors**, {time:.1} s |"),
        }
    });
    say(format_args!(
        "| {document} | {openapi} | {} | {} | {} | {} |{} {} |",
        number(report, "operations"),
        number(report, "models"),
        number(report, "lines"),
        number(report, "milliseconds"),
        build.unwrap_or_default(),
        codes(report),
    ));
}

/// `text` so that it stays in its cell.
pub(super) fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

/// Prints what the table comes to.
pub(super) fn print_sum(rows: &[Row]) {
    let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    let crates = count(|row| matches!(row.ending, Ending::Crate(_)));
    let failed = count(|row| matches!(row.ending, Ending::Diagnostics(_)));
    let disorderly = count(|row| !row.ending.is_orderly());
    say(format_args!(
        "\n{} documents: {crates} crates, {failed} with errors, {disorderly} crashed or timed out",
        rows.len()
    ));
    if rows.iter().any(|row| row.build.is_some()) {
        let built = count(|row| row.build.as_ref().is_some_and(|build| build.errors == 0));
        say(format_args!("{built} of {crates} crates compile"));
    }
}

/// How often each code was reported: errors first, then faults for which a reading was taken, then warnings.
fn codes(report: &Value) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diagnostic in report.get("diagnostics").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| diagnostic.get(key).and_then(Value::as_str).unwrap_or("");
        let is_read =
            ["waived", "reading"].iter().any(|key| diagnostic.get(key).is_some_and(Value::is_string));
        let kind = if is_read { "fault" } else { text("severity") };
        *counts.entry((kind, text("code"))).or_default() += 1;
    }
    let counts = counts.into_iter();
    let counts: Vec<String> = counts
        .map(|((kind, code), count)| match kind {
            "error" => format!("**{code}** {count}"),
            "fault" => format!("~~{code}~~ {count}"),
            _ => format!("{code} {count}"),
        })
        .collect();
    counts.join(", ")
}
