//! Numbers as they are sent.

use serde::Serialize;
use serde_json::json;

use crate::runtime::value::Style;
use crate::runtime::value::parameter::{header, path, query};
use crate::runtime::value::writer::{to_raw_value, to_value, to_vec};

#[derive(Serialize)]
struct Numbers {
    double: f64,
    single: f32,
    list: Vec<f64>,
}

#[track_caller]
fn check<T: Serialize>(value: &T, expected: &str) {
    assert_eq!(String::from_utf8(to_vec(value).expect("it is JSON")).as_deref(), Ok(expected));
    assert_eq!(to_raw_value(value).expect("it is JSON").get(), expected);
    let tree = to_value(value).expect("it is JSON");
    assert_eq!(String::from_utf8(to_vec(&tree).expect("it is JSON")).as_deref(), Ok(expected));
}

#[test]
fn a_number_without_a_fraction_is_written_as_an_integer() {
    check(&1.0_f64, "1");
    check(&-3.0_f32, "-3");
    check(&0.5_f64, "0.5");
    check(&-0.0_f64, "0");
    check(&1e20_f64, "100000000000000000000");
    check(&1e300_f64, "1e+300");
    check(&f64::NAN, "null");
    check(&json!({"n": 2.0, "m": 2, "text": "2.0"}), r#"{"n":2,"m":2,"text":"2.0"}"#);
}

#[test]
fn a_number_keeps_its_digits() {
    let numbers = Numbers { double: 0.1 + 0.2, single: 0.1, list: vec![1.0, 2.5] };
    check(&numbers, r#"{"double":0.30000000000000004,"single":0.1,"list":[1,2.5]}"#);
    check(&16_777_216.0_f32, "16777216");
    check(&f64::from(0.1_f32), "0.10000000149011612");
}

#[test]
fn parameters_are_written_with_the_same_digits() {
    let value = to_value(&0.1_f32).expect("it is JSON");
    assert_eq!(query("limit", Style::FormExploded, &value).as_deref(), Some("limit=0.1"));
    assert_eq!(path("limit", Style::Simple, &value).as_deref(), Some("0.1"));
    let value = to_value(&[1.0, 2.5]).expect("it is JSON");
    assert_eq!(header(Style::Simple, &value).as_deref(), Some("1,2.5"));
    assert_eq!(query("n", Style::Json, &value).as_deref(), Some("n=%5B1%2C2.5%5D"));
}
