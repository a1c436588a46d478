//! JSON that is not quite what the document says, and still is readable.

#![expect(unreachable_pub, reason = "the enums of an SDK are public")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::runtime::base64_bytes::Base64;
use crate::runtime::value::reader::{from_slice, from_str};
use crate::runtime::{Nullable, open_enum};

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Measured {
    count: Option<i64>,
    large: u64,
    small: i32,
    ratio: f64,
    counts: Vec<u64>,
    named: BTreeMap<String, i64>,
    code: Option<Code>,
    text: String,
    any: Value,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Code {
    Found,
    Unknown(i64),
}

open_enum!(Code: i64 { Found = 200 });

#[derive(Debug, PartialEq, Deserialize)]
struct Dated {
    at: Option<DateTime<Utc>>,
    on: Option<NaiveDate>,
    all: Vec<DateTime<Utc>>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Outer {
    first: Inner,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Inner {
    bytes: Base64,
}

fn read<T: DeserializeOwned>(json: &Value) -> Result<T, String> {
    from_slice(json.to_string().as_bytes()).map_err(|error| error.to_string())
}

#[track_caller]
fn check<T: DeserializeOwned + Debug + PartialEq>(json: &Value, expected: &T) {
    assert_eq!(read::<T>(json).as_ref(), Ok(expected), "{json}");
}

#[test]
fn integers_may_have_a_point() {
    let json = json!({"count": 1.0, "large": 1.8e19, "small": -7.0, "ratio": 1.0, "counts": [2.0, 3],
        "named": {"a": 4.0}, "code": 200.0, "text": "1.0", "any": 1.0});
    let expected = Measured {
        count: Some(1),
        large: 18_000_000_000_000_000_000,
        small: -7,
        ratio: 1.0,
        counts: vec![2, 3],
        named: [("a".to_owned(), 4)].into(),
        code: Some(Code::Found),
        text: "1.0".to_owned(),
        any: json!(1.0),
    };
    check(&json, &expected);
    for json in [json!({"count": 1.5}), json!({"count": 1e30}), json!({"large": -1.0}), json!({"small": 3e9})]
    {
        assert!(read::<Measured>(&json).is_err(), "{json}");
    }
}

#[test]
fn an_array_is_not_an_object() {
    let error = read::<Inner>(&json!(["aGVsbG8="])).expect_err("it is an array");
    assert!(error.starts_with("invalid type: sequence, expected struct Inner"), "{error}");
    assert!(read::<Outer>(&json!({"first": ["aGVsbG8="]})).is_err());
    assert!(read::<Outer>(&json!([{"bytes": ""}])).is_err());
}

#[test]
fn times_without_an_offset_are_utc_and_dates_may_have_a_time() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().expect("it is a time");
    let on = NaiveDate::from_ymd_opt(2024, 5, 1);
    let json = json!({"at": "2024-05-01T12:00:00", "on": "2024-05-01T00:00:00Z",
        "all": ["2024-05-01T12:00:00.25", "0001-01-01T00:00:00", "2024-05-01 12:00:00", "2024-05-01T12:00:00+02:00"]});
    let expected = Dated {
        at: Some(at("2024-05-01T12:00:00Z")),
        on,
        all: vec![
            at("2024-05-01T12:00:00.25Z"),
            at("0001-01-01T00:00:00Z"),
            at("2024-05-01T12:00:00Z"),
            at("2024-05-01T10:00:00Z"),
        ],
    };
    check(&json, &expected);
    check(&json!({"on": "2024-05-01", "all": []}), &Dated { at: None, on, all: Vec::new() });
    for json in [json!({"at": "2024-05-01", "all": []}), json!({"on": "2024-5", "all": []})] {
        assert!(read::<Dated>(&json).is_err(), "{json}");
    }
}

#[test]
fn what_base64_lacks_is_said_with_its_place() {
    let lines = json!({"first": {"bytes": "aGVs\r\nbG8=\n"}});
    check(&lines, &Outer { first: Inner { bytes: Base64::from(b"hello".to_vec()) } });
    let error = from_str::<Outer>(r#"{"first": {"bytes": "a!b"}}"#).expect_err("it is not base64");
    assert_eq!((error.line(), error.column()), (1, 25), "{error}");
}

#[test]
fn nothing_may_follow_the_value() {
    assert!(from_str::<Vec<i64>>("[1] 2").is_err());
    assert_eq!(from_str::<Vec<i64>>(" [1] ").expect("it is whole"), [1]);
}

#[test]
fn values_that_borrow_and_nulls_are_read_as_ever() {
    let raw = from_str::<&RawValue>(r#"{"a": 1.0}"#).expect("it is JSON");
    assert_eq!(raw.get(), r#"{"a": 1.0}"#);
    check(&json!([null, 1.0]), &vec![Nullable::Null, Nullable::Value(1_i64)]);
    check(&json!([null, true, "a"]), &(None::<i64>, true, "a".to_owned()));
    let large = from_str::<(i128, u128)>("[-170141183460469231731687303715884105728, 1]").expect("it fits");
    assert_eq!(large, (i128::MIN, 1));
}

#[test]
fn a_list_of_a_fixed_length_may_have_further_items_and_no_fewer() {
    let pair = ("a".to_owned(), Some(1_i64));
    check(&json!(["a", 1]), &pair);
    check(&json!(["a", 1.0, "b", {"c": [1]}]), &pair);
    check(&json!([["a", null, 3], ["b", 2]]), &vec![("a".to_owned(), None), ("b".to_owned(), Some(2_i64))]);
    check(&json!({"a": [["x", 1, 2]]}), &BTreeMap::from([("a".to_owned(), vec![("x".to_owned(), 1_i64)])]));
    for json in [json!([]), json!(["a"]), json!([1, "a"]), json!({"0": "a", "1": 1}), json!("a")] {
        assert!(read::<(String, Option<i64>)>(&json).is_err(), "{json}");
    }
    assert!(from_str::<(i64, i64)>("[1, 2, 3").is_err());
    assert!(from_str::<(i64, i64)>("[1, 2, 3] 4").is_err());
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(transparent)]
struct Tree(BTreeMap<String, Tree>);

#[derive(Debug, PartialEq, Deserialize)]
#[serde(transparent)]
struct Nested(Vec<Nested>);

#[test]
fn lists_and_maps_may_contain_themselves() {
    let leaf = || Tree(BTreeMap::new());
    let lib = Tree([("lib".to_owned(), leaf())].into());
    check(
        &json!({"usr": {"lib": {}}, "bin": {}}),
        &Tree([("usr".to_owned(), lib), ("bin".to_owned(), leaf())].into()),
    );
    check(&json!([[], [[]]]), &Nested(vec![Nested(Vec::new()), Nested(vec![Nested(Vec::new())])]));
    assert!(read::<Tree>(&json!({"usr": []})).is_err());
}
