//! Objects without a schema: what they are made of, their order, and what is no object.

use std::collections::BTreeMap;

use crate::runtime::{JsonObject, Nullable};
use serde_json::{Value, json};

fn text(object: &JsonObject) -> String {
    serde_json::to_string(object).expect("an object can be written")
}

#[test]
fn properties_keep_their_order() {
    let object =
        JsonObject::from(json!({ "type": "object", "properties": {}, "additionalProperties": false }));
    assert_eq!(text(&object), r#"{"type":"object","properties":{},"additionalProperties":false}"#);
    let read: JsonObject = serde_json::from_str(r#"{"b":1,"a":[2]}"#).expect("it is an object");
    assert_eq!(text(&read), r#"{"b":1,"a":[2]}"#);
    assert_eq!(read.get("a"), Some(&json!([2])));
    assert_eq!(read.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
}

#[test]
fn maps_and_pairs_are_converted() {
    assert_eq!(text(&JsonObject::from([("b", 1), ("a", 2)])), r#"{"b":1,"a":2}"#);
    let map = BTreeMap::from([("b".to_owned(), json!(1)), ("a".to_owned(), Value::Null)]);
    assert_eq!(text(&JsonObject::from(map)), r#"{"a":null,"b":1}"#);
    let mut object = JsonObject::new();
    object.insert("a".to_owned(), json!("b"));
    assert_eq!(Value::from(object), json!({ "a": "b" }));
}

#[test]
fn other_values_cannot_be_sent_or_read() {
    for (value, kind) in [
        (json!(null), "null"),
        (json!(true), "a boolean"),
        (json!(1), "a number"),
        (json!("{}"), "a string"),
        (json!([]), "an array"),
    ] {
        let error = serde_json::to_string(&JsonObject::from(value.clone())).expect_err("it is no object");
        assert_eq!(error.to_string(), format!("expected a JSON object, but it is {kind}"));
        serde_json::from_value::<JsonObject>(value).expect_err("it is no object");
    }
}

#[test]
fn null_is_null_where_it_may_be() {
    assert_eq!(Nullable::<JsonObject>::from(Value::Null), Nullable::Null);
    assert_eq!(Nullable::<JsonObject>::from(json!({})), Nullable::Value(JsonObject::new()));
}
