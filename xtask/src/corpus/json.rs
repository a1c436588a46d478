//! The report of a run as one JSON document.

use serde_json::{Map, Value, json};

use super::Row;
use super::child::Ending;
use super::summary::{self, Failures, Reports, Totals};

/// What a run over all of `rows` came to.
pub(super) fn report(rows: &[Row], failures: &Failures) -> Value {
    let codes = summary::by_code(rows).into_iter().map(|((kind, code), Reports { count, documents })| {
        json!({ "kind": kind, "code": code, "count": count, "documents": documents })
    });
    let failures = failures.iter().map(|(kind, documents)| {
        let documents =
            documents.iter().map(|(document, detail)| json!({ "document": document, "detail": detail }));
        ((*kind).to_owned(), documents.collect())
    });
    json!({
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
        "totals": Totals::of(rows),
        "codes": codes.collect::<Vec<_>>(),
        "failures": failures.collect::<Map<_, _>>(),
    })
}

fn row(row: &Row) -> Value {
    let (result, report, detail) = match &row.ending {
        Ending::Crate(report) => ("crate", Some(report), None),
        Ending::Diagnostics(report) => ("refused", Some(report), None),
        Ending::Crash(words) => ("crashed", None, Some(words)),
        Ending::Timeout => ("not in time", None, None),
    };
    let of_report = |key: &str| report.and_then(|report| report.get(key));
    let codes = report.map(summary::codes).unwrap_or_default();
    let codes =
        codes.into_iter().map(|((kind, code), count)| json!({ "kind": kind, "code": code, "count": count }));
    json!({
        "document": row.document,
        "result": result,
        "detail": detail,
        "openapi": of_report("openapi"),
        "operations": of_report("operations"),
        "models": of_report("models"),
        "lines": of_report("lines"),
        "milliseconds": of_report("milliseconds"),
        "groups": of_report("groups"),
        "quality": of_report("quality"),
        "sizes": of_report("sizes"),
        "codes": codes.collect::<Vec<_>>(),
        "check": row.check.as_ref().map(|check| {
            json!({ "errors": check.errors, "warnings": check.warnings, "seconds": check.elapsed.as_secs_f64() })
        }),
        "test": row.test.as_ref().map(|test| {
            json!({ "passed": test.passed, "failed": test.failed, "seconds": test.elapsed.as_secs_f64() })
        }),
    })
}
