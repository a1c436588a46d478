//! What the rows come to: sums, how often each code was reported, and what fails, by kind.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::Row;
use super::child::Ending;
use super::table::cell;
use crate::report::say;

/// What fails: the documents of each kind of failure, with what is known of it.
pub(super) type Failures = BTreeMap<&'static str, Vec<(String, String)>>;

/// How often a code was reported, and in how many documents.
#[derive(Default)]
pub(super) struct Reports {
    pub(super) count: usize,
    pub(super) documents: usize,
}

/// What is counted over all rows, as the JSON report has it.
#[derive(Default, Serialize)]
pub(super) struct Totals {
    pub(super) documents: usize,
    /// Those that became crates.
    pub(super) crates: usize,
    /// Those with errors.
    pub(super) refused: usize,
    /// Those whose run crashed or did not end in time.
    pub(super) crashed_or_timed_out: usize,
    /// The crates that were compiled, and those of them without an error.
    pub(super) checked: usize,
    pub(super) compile: usize,
    pub(super) compiler_warnings: usize,
    /// The crates whose tests ran, and how those went.
    pub(super) tested: usize,
    pub(super) tests_passed: usize,
    pub(super) tests_failed: usize,
}

impl Totals {
    /// Of these rows.
    pub(super) fn of(rows: &[Row]) -> Self {
        let mut totals = Self { documents: rows.len(), ..Self::default() };
        for row in rows {
            match row.ending {
                Ending::Crate(_) => totals.crates += 1,
                Ending::Diagnostics(_) => totals.refused += 1,
                Ending::Crash(_) | Ending::Timeout => totals.crashed_or_timed_out += 1,
            }
            if let Some(check) = &row.check {
                totals.checked += 1;
                totals.compile += usize::from(check.errors == 0);
                totals.compiler_warnings += check.warnings;
            }
            if let Some(test) = &row.test {
                totals.tested += 1;
                totals.tests_passed += test.passed;
                totals.tests_failed += test.failed;
            }
        }
        totals
    }
}

/// Prints the sums, and how often each code was reported.
pub(super) fn print(rows: &[Row]) {
    let totals = Totals::of(rows);
    let Totals { documents, crates, refused, crashed_or_timed_out, .. } = totals;
    say(format_args!(
        "\n{documents} documents: {crates} crates, {refused} with errors, {crashed_or_timed_out} crashed or timed out"
    ));
    if totals.checked > 0 {
        let Totals { checked, compile, compiler_warnings, .. } = totals;
        say(format_args!("{compile} of {checked} crates compile, with {compiler_warnings} warnings"));
    }
    if totals.tested > 0 {
        let Totals { tested, tests_passed, tests_failed, .. } = totals;
        say(format_args!("tests of {tested} crates: {tests_passed} passed, {tests_failed} failed"));
    }
    say("\n| kind | code | reports | documents |");
    say("| --- | --- | ---: | ---: |");
    for ((kind, code), Reports { count, documents }) in by_code(rows) {
        say(format_args!("| {kind} | {code} | {count} | {documents} |"));
    }
}

/// Prints what fails, by kind.
pub(super) fn print_failures(failures: &Failures) {
    if failures.is_empty() {
        return say("\nnothing fails");
    }
    for (kind, documents) in failures {
        say(format_args!("\n{kind}: {}", documents.len()));
        for (document, detail) in documents {
            say(format_args!("- {document}: {}", cell(detail)));
        }
    }
}

/// What fails.
pub(super) fn failures(rows: &[Row]) -> Failures {
    let mut failures = Failures::new();
    let mut add = |kind, row: &Row, detail: String| {
        failures.entry(kind).or_default().push((row.document.clone(), detail));
    };
    for row in rows {
        match &row.ending {
            Ending::Crate(_) => {}
            Ending::Diagnostics(report) => add("refused", row, first_error(report)),
            Ending::Crash(words) => add("crashed", row, words.clone()),
            Ending::Timeout => add("not in time", row, "raise `--limit`".to_owned()),
        }
        let log = |name: &str| row.out.join(name).display().to_string();
        if let Some(check) = row.check.as_ref().filter(|check| check.errors > 0) {
            let detail = format!("{} errors, see {}", check.errors, log("check.log"));
            add("does not compile", row, detail);
        }
        if let Some(test) = row.test.as_ref().filter(|test| test.failed > 0) {
            let detail = format!("{} of {}, see {}", test.failed, test.failed + test.passed, log("test.log"));
            add("tests fail", row, detail);
        }
    }
    failures
}

/// How often each code was reported in all rows, by kind.
pub(super) fn by_code(rows: &[Row]) -> BTreeMap<(&str, &str), Reports> {
    let mut all: BTreeMap<(&str, &str), Reports> = BTreeMap::new();
    for row in rows {
        let (Ending::Crate(report) | Ending::Diagnostics(report)) = &row.ending else { continue };
        for (code, count) in codes(report) {
            let reports = all.entry(code).or_default();
            reports.count += count;
            reports.documents += 1;
        }
    }
    all
}

/// How often each code was reported in one run, by kind: `error`, `fault` for one for which a reading was taken, or
/// `warning`.
pub(super) fn codes(report: &Value) -> BTreeMap<(&str, &str), usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics(report) {
        let is_read =
            ["waived", "reading"].iter().any(|key| diagnostic.get(key).is_some_and(Value::is_string));
        let kind = if is_read { "fault" } else { text(diagnostic, "severity") };
        *counts.entry((kind, text(diagnostic, "code"))).or_default() += 1;
    }
    counts
}

fn first_error(report: &Value) -> String {
    let error = diagnostics(report).find(|one| text(one, "severity") == "error");
    error.map_or_else(
        || text(report, "error").to_owned(),
        |error| format!("{}: {}", text(error, "code"), text(error, "message")),
    )
}

fn diagnostics(report: &Value) -> impl Iterator<Item = &Value> {
    report.get("diagnostics").and_then(Value::as_array).into_iter().flatten()
}

fn text<'r>(value: &'r Value, key: &str) -> &'r str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}
