//! Where in a JSON text an error is: against what `serde_json` says of real types.

use std::collections::BTreeMap;

use sdk_runtime::runtime::value::json_path::{offset, path, snippet};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is only ever failed to be read")]
struct List {
    data: Vec<Item>,
    #[serde(default)]
    by_name: BTreeMap<String, Vec<Vec<i64>>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is only ever failed to be read")]
struct Item {
    id: String,
    size: i64,
    kind: Option<Kind>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Small,
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let error = serde_json::from_str::<List>(text).expect_err("it is wrong somewhere");
    let found = path(text.as_bytes(), offset(text.as_bytes(), error.line(), error.column()));
    assert_eq!(found, expected, "{error}");
}

#[test]
fn a_wrong_value_is_found_wherever_it_is() {
    check(r#"{"data": 5}"#, "data");
    check(r#"{"data": [5]}"#, "data[0]");
    check(r#"{"data": [{"id": "a", "size": 1}, {"id": 7, "size": 1}]}"#, "data[1].id");
    check(r#"{"data": [{"id": "a", "size": "x"}]}"#, "data[0].size");
    check(r#"{"data": [{"id": "a", "size": 1.5}]}"#, "data[0].size");
    check(r#"{"data": [{"id": "a", "size": null}]}"#, "data[0].size");
    check(r#"{"data": [{"id": "a", "size": true, "kind": null}]}"#, "data[0].size");
    check(r#"{"data": [{"id": "a", "size": 1, "kind": "huge"}]}"#, "data[0].kind");
    check(r#"{"data": [], "by_name": {"a.b": [[1, 2], [3, "x"]]}}"#, "by_name.a.b[1][1]");
}

#[test]
fn a_container_in_place_of_a_scalar_is_found() {
    check(r#"{"data": [{"id": [1, 2], "size": 1}]}"#, "data[0].id");
    check(r#"{"data": [{"id": {"a": 1}, "size": 1}]}"#, "data[0].id");
    check(r#"{"data": {"a": 1}}"#, "data");
}

#[test]
fn a_missing_member_is_found_by_its_object() {
    check(r#"{"data": [{"id": "a"}]}"#, "data[0]");
    check(r#"{"data": [{"id": "a", "size": 1}, {"size": 1}, {}]}"#, "data[1]");
    check("{}", "");
}

#[test]
fn strings_do_not_lead_astray() {
    check(r#"{"x": "]}\",{[:", "data": [{"id": "a:[{", "size": "\\"}]}"#, "data[0].size");
    check(r#"{"a\"b": {"data": 1}, "data": [{"id": "\u00e9", "size": []}]}"#, "data[0].size");
    check("{\n  \"data\": [\n    {\"id\": \"é\", \"size\": \"x\"}\n  ]\n}", "data[0].size");
}

#[test]
fn what_ends_too_soon_is_found_where_it_ends() {
    check(r#"{"data": [{"id": "a", "si"#, "data[0]");
    check(r#"{"data": [{"id": "a", "size": 1"#, "data[0].size");
    check(r#"{"data": [{"id": "a", "size": 1}, "#, "data[1]");
    check("", "");
}

#[test]
fn a_snippet_is_cut_where_letters_begin() {
    let text = "é".repeat(100);
    let cut = snippet(text.as_bytes(), 101);
    assert!(cut.starts_with("…é") && cut.ends_with("é…"), "{cut}");
    assert_eq!(snippet(b"short", 2), "short");
    assert_eq!(snippet(b"", 0), "");
}
