//! How the time to generate a crate grows with the document, for each shape that a document can be
//! large in: `cargo bench --package sdk-generator`.
//!
//! Each shape is made in three sizes, each twice the one before. The exponent is 1 where twice the size
//! takes twice the time, and 2 where it takes four times as long; above 1.2 something is searched, copied
//! or printed once too often. A shape that is refused for its size ends in diagnostics, which is fine.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::time::{Duration, Instant};

use sdk_generator::config::Config;
use sdk_generator::document::Input;
use serde_json::{Map, Value, json};

/// What exponents are marked.
const LIMIT: f64 = 1.2;

/// A shape: its name, the smallest size, and the document of a size.
type Shape = (&'static str, usize, fn(usize) -> Value);

const SHAPES: [Shape; 19] = [
    ("operations", 250, operations),
    ("operations of one tag", 250, operations_of_one_tag),
    ("operations of the same name", 250, operations_of_the_same_name),
    ("tags", 100, tags),
    ("tags in each other", 20, tags_in_each_other),
    ("parameters", 250, parameters),
    ("parameters that become the same", 250, parameters_that_become_the_same),
    ("schemas", 250, schemas),
    ("schemas that become the same", 250, schemas_that_become_the_same),
    ("schemas in each other", 250, schemas_in_each_other),
    ("schemas that require two of the next", 6, schemas_that_require_two_of_the_next),
    ("properties", 500, properties),
    ("properties that become the same", 500, properties_that_become_the_same),
    ("values", 1_000, values),
    ("values that become the same", 1_000, values_that_become_the_same),
    ("variants", 50, variants),
    ("unions of the next two", 6, unions_of_the_next_two),
    ("parts of an allOf", 100, parts_of_an_all_of),
    ("bytes of a description", 20_000, bytes_of_a_description),
];

fn main() {
    // `cargo bench` passes `--bench`; whatever else comes is part of a name.
    let filters: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!(
        "| {:<38} | {:>8} | {:>8} | {:>8} | {:>8} | exponent |",
        "shape", "size", "once", "twice", "4 times"
    );
    println!("| --- | --: | --: | --: | --: | --: |");
    for (name, size, document) in SHAPES {
        if filters.is_empty() || filters.iter().any(|filter| name.contains(filter)) {
            let times = [1, 2, 4].map(|times| time(&document(size * times)));
            print_row(name, size, times);
        }
    }
}

fn print_row(name: &str, size: usize, times: [Duration; 3]) {
    let [once, twice, four_times] = times.map(|time| time.as_secs_f64() * 1000.0);
    let exponent = (four_times / once).log2() / 2.0;
    let mark = if exponent > LIMIT { " (!)" } else { "" };
    println!(
        "| {name:<38} | {size:>8} | {once:>5.0} ms | {twice:>5.0} ms | {four_times:>5.0} ms | {exponent:.2}{mark} |"
    );
}

/// How long it takes to generate the crate, at best of three times.
fn time(document: &Value) -> Duration {
    let text = document.to_string();
    let input = Input::new("growth.json", text.as_bytes());
    let run = || {
        let start = Instant::now();
        // Diagnostics are a result like another.
        drop(sdk_generator::generate(&input, &Config::named("growth-sdk")));
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

/// A document with these paths and schemas.
fn document(paths: Value, schemas: Value) -> Value {
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Growth", "version": "1" },
        "servers": [{ "url": "https://x.test" }],
    });
    document["paths"] = paths;
    document["components"]["schemas"] = schemas;
    document
}

/// An object with a member for each number below `size`.
fn object(size: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..size).map(member).collect::<Map<_, _>>())
}

fn list(size: usize, item: impl Fn(usize) -> Value) -> Value {
    (0..size).map(item).collect()
}

fn reference(name: impl std::fmt::Display) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn operation(id: &str, tag: &str) -> Value {
    json!({ "operationId": id, "tags": [tag], "responses": { "200": { "description": "Fine" } } })
}

/// A document whose only operation returns a schema.
fn returning(schema: &Value, schemas: Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    let get = json!({ "operationId": "get", "responses": { "200": { "description": "Fine", "content": content } } });
    document(json!({ "/a": { "get": get } }), schemas)
}

/// `number` as one of many spellings of a name: `a-b_c`, `a_b-c` and so on.
fn spelling(number: usize) -> String {
    let letters = ('b'..='q').enumerate();
    let parts =
        letters.map(|(bit, letter)| format!("{}{letter}", if number >> bit & 1 == 0 { '-' } else { '_' }));
    format!("a{}", parts.collect::<String>())
}

fn operations(size: usize) -> Value {
    let path =
        |n| (format!("/a{n}"), json!({ "get": operation(&format!("get{n}"), &format!("tag{}", n / 10)) }));
    document(object(size, path), json!({}))
}

fn operations_of_one_tag(size: usize) -> Value {
    let path = |n| (format!("/a{n}"), json!({ "get": operation(&format!("get{n}"), "tag") }));
    document(object(size, path), json!({}))
}

fn operations_of_the_same_name(size: usize) -> Value {
    let path = |n| (format!("/a{n}"), json!({ "get": operation(&spelling(n), "tag") }));
    document(object(size, path), json!({}))
}

fn tags(size: usize) -> Value {
    let path = |n| (format!("/a{n}"), json!({ "get": operation(&format!("get{n}"), &format!("tag{n}")) }));
    document(object(size, path), json!({}))
}

fn tags_in_each_other(size: usize) -> Value {
    let path = |n| (format!("/a{n}"), json!({ "get": operation(&format!("get{n}"), &format!("tag{n}")) }));
    let mut document = document(object(size, path), json!({}));
    document["openapi"] = json!("3.2.0");
    document["tags"] = list(size, |n| match n {
        0 => json!({ "name": "tag0" }),
        _ => json!({ "name": format!("tag{n}"), "parent": format!("tag{}", n - 1) }),
    });
    document
}

fn with_parameters(size: usize, name: impl Fn(usize) -> String) -> Value {
    let mut get = operation("get", "tag");
    get["parameters"] =
        list(size, |n| json!({ "name": name(n), "in": "query", "schema": { "type": "string" } }));
    document(json!({ "/a": { "get": get } }), json!({}))
}

fn parameters(size: usize) -> Value {
    with_parameters(size, |n| format!("name{n}"))
}

fn parameters_that_become_the_same(size: usize) -> Value {
    with_parameters(size, spelling)
}

/// Schemas that are all returned.
fn with_schemas(size: usize, name: impl Fn(usize) -> String) -> Value {
    let schema = |n| (name(n), json!({ "type": "object", "properties": { "a": { "type": "string" } } }));
    let schemas = object(size, schema);
    let all = object(size, |n| (format!("p{n}"), reference(name(n))));
    returning(&json!({ "type": "object", "properties": all }), schemas)
}

fn schemas(size: usize) -> Value {
    with_schemas(size, |n| format!("Schema{n}"))
}

fn schemas_that_become_the_same(size: usize) -> Value {
    with_schemas(size, spelling)
}

fn schemas_in_each_other(size: usize) -> Value {
    let schema = |n: usize| {
        let next = if n + 1 < size { reference(format!("S{}", n + 1)) } else { json!({ "type": "string" }) };
        (format!("S{n}"), json!({ "type": "object", "properties": { "next": next } }))
    };
    returning(&reference("S0"), object(size, schema))
}

fn schemas_that_require_two_of_the_next(size: usize) -> Value {
    let schema = |n: usize| {
        let next =
            || if n + 1 < size { reference(format!("S{}", n + 1)) } else { json!({ "type": "string" }) };
        let properties = json!({ "a": next(), "b": next() });
        (format!("S{n}"), json!({ "type": "object", "required": ["a", "b"], "properties": properties }))
    };
    returning(&reference("S0"), object(size, schema))
}

fn with_properties(size: usize, name: impl Fn(usize) -> String) -> Value {
    let properties = object(size, |n| (name(n), json!({ "type": "string", "description": "One of many." })));
    returning(&reference("S"), json!({ "S": { "type": "object", "properties": properties } }))
}

fn properties(size: usize) -> Value {
    with_properties(size, |n| format!("name{n}"))
}

fn properties_that_become_the_same(size: usize) -> Value {
    with_properties(size, spelling)
}

fn values(size: usize) -> Value {
    let values = list(size, |n| json!(format!("value{n}")));
    returning(&reference("S"), json!({ "S": { "type": "string", "enum": values } }))
}

fn values_that_become_the_same(size: usize) -> Value {
    let values = list(size, |n| json!(spelling(n)));
    returning(&reference("S"), json!({ "S": { "type": "string", "enum": values } }))
}

fn variants(size: usize) -> Value {
    let variant = |n| {
        let properties =
            json!({ "kind": { "const": format!("kind{n}") }, format!("p{n}"): { "type": "string" } });
        (format!("V{n}"), json!({ "type": "object", "required": ["kind"], "properties": properties }))
    };
    let mut schemas = object(size, variant);
    schemas["S"] = json!({ "oneOf": list(size, |n| reference(format!("V{n}"))) });
    returning(&reference("S"), schemas)
}

fn unions_of_the_next_two(size: usize) -> Value {
    let union = |n: usize| match n {
        n if n < size => (
            format!("S{n}"),
            json!({ "oneOf": [reference(format!("S{}", n + 1)), reference(format!("S{}", n + 2))] }),
        ),
        n if n == size => (format!("S{n}"), json!({ "type": "string" })),
        n => (format!("S{n}"), json!({ "type": "integer" })),
    };
    returning(&reference("S0"), object(size + 2, union))
}

fn parts_of_an_all_of(size: usize) -> Value {
    let part = |n| {
        (
            format!("P{n}"),
            json!({ "type": "object", "properties": { format!("p{n}"): { "type": "string" } } }),
        )
    };
    let mut schemas = object(size, part);
    schemas["S"] = json!({ "allOf": list(size, |n| reference(format!("P{n}"))) });
    returning(&reference("S"), schemas)
}

fn bytes_of_a_description(size: usize) -> Value {
    let text = "Some *words* with `code`, a <tag> and https://x.test/a. ";
    let mut document = operations(1);
    document["info"]["description"] = json!(text.repeat(size / text.len()));
    document
}
