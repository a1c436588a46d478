//! Small documents whose types multiply: each ends soon, in a crate that is not large.

use sdk_generator::config::Config;
use sdk_generator::document::Input;
use sdk_generator::tree::FileTree;
use serde_json::{Map, Value, json};

/// Longer examples are no help to readers.
const LONGEST_EXAMPLE: usize = 42;

/// A crate and the codes of its warnings.
fn generate(document: &Value) -> (FileTree, Vec<&'static str>) {
    let text = document.to_string();
    let input = Input::new("api.json", text.as_bytes());
    let generated = sdk_generator::generate(&input, &Config::named("a-sdk"));
    let generated = generated.unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"));
    let codes = generated.warnings.iter().map(|warning| warning.code).collect();
    (generated.files, codes)
}

/// A document whose only operation takes and returns the first of its schemas.
fn document(schemas: &Map<String, Value>) -> Value {
    let first = schemas.keys().next().map(|name| reference(name));
    let content = json!({ "application/json": { "schema": first } });
    let query = json!([{ "name": "q", "in": "query", "content": content }]);
    let post = json!({
        "operationId": "post",
        "parameters": query,
        "requestBody": { "required": true, "content": content },
        "responses": {
            "200": { "description": "Fine", "content": content },
            "201": { "description": "Made", "content": { "text/event-stream": { "schema": first } } },
            "400": { "description": "Wrong", "content": content },
        },
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Bounds", "version": "1" },
        "servers": [{ "url": "https://x.test" }],
        "paths": { "/a": { "post": post } },
        "components": { "schemas": schemas },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Schemas `S0`, `S1` and so on.
fn schemas(count: usize, schema: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..count).map(|number| (format!("S{number}"), schema(number))).collect()
}

fn next(number: usize) -> Value {
    reference(&format!("S{number}"))
}

/// Two schemas that each chain ends in.
fn end(number: usize) -> Value {
    let kind = format!("S{number}");
    json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "const": kind }, "a": { "type": "integer" } } })
}

fn check(schemas: &Map<String, Value>) -> Vec<&'static str> {
    let names: Vec<String> = schemas.keys().map(|name| name.to_lowercase()).collect();
    let (files, codes) = generate(&document(schemas));
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
        assert!(text.len() < 400_000, "{path} of {names:?} has {} bytes", text.len());
        let examples = text.split("```rust").skip(1).filter_map(|rest| rest.split("```").next());
        for example in examples {
            let lines = example.lines().count();
            assert!(lines <= LONGEST_EXAMPLE, "{path}: an example has {lines} lines:\n{example}");
        }
    }
    codes
}

#[test]
fn values_that_require_two_of_the_next_are_left_out_of_examples() {
    let next = |number| if number < 40 { next(number) } else { json!({ "type": "string" }) };
    let codes = check(&schemas(40, |number| {
        let (a, b) = (next(number + 1), next(number + 1));
        json!({ "type": "object", "required": ["a", "b"], "properties": { "a": a, "b": b } })
    }));
    assert!(codes.is_empty(), "{codes:?}");
    // Optional ones, in lists and maps, with examples that go on and on.
    let mut example = json!({});
    for _ in 0..3 {
        example =
            json!({ "a": example, "b": [example, example, example], "c": { "x": example, "y": example } });
    }
    let codes = check(&schemas(40, |number| {
        let properties = json!({
            "a": next(number + 1),
            "b": { "type": "array", "items": next(number + 1) },
            "c": { "type": "object", "additionalProperties": next(number + 1) },
        });
        json!({ "type": "object", "properties": properties, "examples": [example] })
    }));
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn objects_with_many_properties_are_cut_in_examples() {
    let properties: Map<String, Value> =
        (0..200).map(|number| (format!("p{number}"), json!({ "type": "integer", "example": 1 }))).collect();
    let example: Map<String, Value> = properties.keys().map(|name| (name.clone(), json!(1))).collect();
    check(&schemas(1, |_| json!({ "type": "object", "properties": properties, "example": example })));
    let required: Vec<&String> = properties.keys().collect();
    check(&schemas(1, |_| json!({ "type": "object", "properties": properties, "required": required })));
}

#[test]
fn unions_of_the_next_two_are_told_apart_once() {
    for discriminator in [json!(null), json!({ "propertyName": "kind" })] {
        check(&schemas(42, |number| match number {
            40.. => end(number),
            _ => union(&[number + 1, number + 2], &discriminator),
        }));
    }
}

#[test]
fn unions_of_all_others_are_told_apart_once_or_are_any_value() {
    for (count, is_too_large) in [(12, false), (60, true)] {
        for discriminator in [json!(null), json!({ "propertyName": "kind" })] {
            let codes = check(&schemas(2 * count, |number| {
                let others: Vec<usize> =
                    (0..count).filter(|other| *other != number).chain([number + count]).collect();
                if number < count { union(&others, &discriminator) } else { end(number) }
            }));
            assert_eq!(codes.contains(&"union-too-large"), is_too_large, "{codes:?}");
        }
    }
}

#[test]
fn unions_and_structs_in_turns_are_told_apart_once() {
    check(&schemas(42, |number| match number {
        40.. => end(number),
        _ if number % 2 == 0 => union(&[number + 1, number + 2], &json!(null)),
        _ => {
            let properties = json!({ "a": next(number + 1), "b": next(number + 1) });
            json!({ "type": "object", "required": ["a", "b"], "properties": properties })
        }
    }));
}

#[test]
fn base_types_of_base_types_are_told_apart_once() {
    check(&schemas(30, |number| {
        let kind = json!({ "kind": { "type": "string" } });
        let own = json!({ "type": "object", "required": ["kind"], "properties": kind, "discriminator": { "propertyName": "kind" } });
        let parents = [number.saturating_sub(1), number.saturating_sub(2)];
        if number < 2 { own } else { json!({ "allOf": [next(parents[0]), next(parents[1]), own] }) }
    }));
}

fn union(variants: &[usize], discriminator: &Value) -> Value {
    let mut union = json!({ "oneOf": variants.iter().map(|variant| next(*variant)).collect::<Vec<_>>() });
    if !discriminator.is_null() {
        union["discriminator"] = discriminator.clone();
    }
    union
}

#[test]
fn schemas_without_an_end_are_reported_once_for_each_circle() {
    let object = |parts: &[usize]| {
        let properties: Map<String, Value> =
            parts.iter().map(|part| (format!("p{part}"), next(*part))).collect();
        let required: Vec<&String> = properties.keys().collect();
        json!({ "type": "object", "required": required, "properties": properties })
    };
    let codes = check(&schemas(8, |number| match number {
        // The first needs two circles, of one and of two; the others end.
        0 => object(&[1, 2, 6]),
        1 => object(&[1]),
        2 => object(&[3, 4]),
        3 => object(&[2]),
        4 => union(&[2, 5], &json!(null)),
        5 => {
            json!({ "type": "object", "required": ["a"], "properties": { "a": { "anyOf": [next(5), { "type": "null" }] } } })
        }
        6 => object(&[7]),
        _ => json!({ "type": "array", "items": next(7) }),
    }));
    let endless = codes.iter().filter(|code| **code == "schema-endless").count();
    assert_eq!(endless, 2, "{codes:?}");
}
