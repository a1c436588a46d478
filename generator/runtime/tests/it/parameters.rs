//! Every style with every kind of value: what RFC 6570 says, as OpenAPI uses it.

use sdk_runtime::runtime::Style;
use sdk_runtime::runtime::value::parameter::{header, path, query};
use sdk_runtime::runtime::value::special_styles::cookie;
use serde_json::{Value, json};

/// A scalar, an empty text, a list, an object, an empty list, an empty object.
fn values() -> [Value; 6] {
    [json!("blue"), json!(""), json!(["blue", "a b"]), json!({"R": 100, "G": "x/y"}), json!([]), json!({})]
}

#[track_caller]
fn check(write: impl Fn(&Value) -> Option<String>, expected: [Option<&str>; 6]) {
    for (value, expected) in values().iter().zip(expected) {
        assert_eq!(write(value).as_deref(), expected, "{value}");
    }
    assert_eq!(write(&Value::Null), None);
}

#[test]
fn simple_paths() {
    let expected = [Some("blue"), None, Some("blue,a%20b"), Some("R,100,G,x%2Fy"), None, None];
    check(|value| path("color", Style::Simple, value), expected);
    let expected = [Some("blue"), None, Some("blue,a%20b"), Some("R=100,G=x%2Fy"), None, None];
    check(|value| path("color", Style::SimpleExploded, value), expected);
}

#[test]
fn label_paths() {
    let expected = [Some(".blue"), Some("."), Some(".blue,a%20b"), Some(".R,100,G,x%2Fy"), None, None];
    check(|value| path("color", Style::Label, value), expected);
    let expected = [Some(".blue"), Some("."), Some(".blue.a%20b"), Some(".R=100.G=x%2Fy"), None, None];
    check(|value| path("color", Style::LabelExploded, value), expected);
}

#[test]
fn matrix_paths() {
    let expected = [
        Some(";color=blue"),
        Some(";color"),
        Some(";color=blue,a%20b"),
        Some(";color=R,100,G,x%2Fy"),
        None,
        None,
    ];
    check(|value| path("color", Style::Matrix, value), expected);
    let expected = [
        Some(";color=blue"),
        Some(";color"),
        Some(";color=blue;color=a%20b"),
        Some(";R=100;G=x%2Fy"),
        None,
        None,
    ];
    check(|value| path("color", Style::MatrixExploded, value), expected);
}

#[test]
fn form_queries() {
    let expected = [
        Some("color=blue"),
        Some("color="),
        Some("color=blue,a%20b"),
        Some("color=R,100,G,x%2Fy"),
        None,
        None,
    ];
    check(|value| query("color", Style::Form, value), expected);
    let expected = [
        Some("color=blue"),
        Some("color="),
        Some("color=blue&color=a%20b"),
        Some("R=100&G=x%2Fy"),
        None,
        None,
    ];
    check(|value| query("color", Style::FormExploded, value), expected);
}

#[test]
fn delimited_queries() {
    let expected = [
        Some("color=blue"),
        Some("color="),
        Some("color=blue%20a%20b"),
        Some("color=R%20100%20G%20x%2Fy"),
        None,
        None,
    ];
    check(|value| query("color", Style::SpaceDelimited, value), expected);
    let expected = [
        Some("color=blue"),
        Some("color="),
        Some("color=blue%7Ca%20b"),
        Some("color=R%7C100%7CG%7Cx%2Fy"),
        None,
        None,
    ];
    check(|value| query("color", Style::PipeDelimited, value), expected);
}

#[test]
fn deep_objects() {
    let nested = json!({"name": {"first": "A&B"}, "tags": [1, 2], "none": null, "empty": ""});
    assert_eq!(
        query("f", Style::DeepObject, &nested).as_deref(),
        Some("f%5Bname%5D%5Bfirst%5D=A%26B&f%5Btags%5D%5B0%5D=1&f%5Btags%5D%5B1%5D=2&f%5Bempty%5D=")
    );
    assert_eq!(query("f", Style::DeepObject, &json!({})), None);
    let items = json!([{"price": "1", "n": 2}, {"price": "3"}]);
    assert_eq!(
        query("items", Style::DeepObject, &items).as_deref(),
        Some("items%5B0%5D%5Bprice%5D=1&items%5B0%5D%5Bn%5D=2&items%5B1%5D%5Bprice%5D=3")
    );
}

#[test]
fn json_content() {
    assert_eq!(
        query("filter", Style::Json, &json!({"a": [1, null]})).as_deref(),
        Some("filter=%7B%22a%22%3A%5B1%2Cnull%5D%7D")
    );
    assert_eq!(header(Style::Json, &json!(["a"])).as_deref(), Some(r#"["a"]"#));
    assert_eq!(query("filter", Style::Json, &Value::Null), None);
}

#[test]
fn reserved_characters_stay_but_for_those_that_end_a_pair() {
    let value = json!("a/b?c=d&e+f#g%20h%zz é[x]");
    assert_eq!(
        query("q", Style::FormReserved, &value).as_deref(),
        Some("q=a/b?c=d%26e%2Bf%23g%20h%25zz%20%C3%A9%5Bx%5D")
    );
    assert_eq!(query("q", Style::FormExplodedReserved, &json!(["a/b", ","])).as_deref(), Some("q=a/b&q=,"));
}

#[test]
fn a_value_is_encoded_whole() {
    let value = json!("a/b ?&#%é");
    assert_eq!(path("id", Style::Simple, &value).as_deref(), Some("a%2Fb%20%3F%26%23%25%C3%A9"));
    assert_eq!(query("id", Style::Form, &json!("a+b ~")).as_deref(), Some("id=a%2Bb%20~"));
}

#[test]
fn headers_are_not_encoded() {
    let expected = [Some("blue"), Some(""), Some("blue,a b"), Some("R,100,G,x/y"), None, None];
    check(|value| header(Style::Simple, value), expected);
    let expected = [Some("blue"), Some(""), Some("blue,a b"), Some("R=100,G=x/y"), None, None];
    check(|value| header(Style::SimpleExploded, value), expected);
}

#[test]
fn cookies() {
    let expected = [
        Some("color=blue"),
        Some("color="),
        Some("color=blue%2Ca%20b"),
        Some("color=R%2C100%2CG%2Cx/y"),
        None,
        None,
    ];
    check(|value| cookie("color", Style::Form, value), expected);
    let expected = [
        Some("color=blue"),
        Some("color="),
        Some("color=blue; color=a%20b"),
        Some("R=100; G=x/y"),
        None,
        None,
    ];
    check(|value| cookie("color", Style::FormExploded, value), expected);
    assert_eq!(cookie("c", Style::Form, &json!("a;b=c+/==")).as_deref(), Some("c=a%3Bb=c+/=="));
}

#[test]
fn scalars_and_nulls_in_lists() {
    assert_eq!(
        query("v", Style::FormExploded, &json!([true, 1.5, -3, null, ""])).as_deref(),
        Some("v=true&v=1.5&v=-3&v=")
    );
    assert_eq!(query("v", Style::FormExploded, &json!([null])), None);
}
