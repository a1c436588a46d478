//! Stream flags: the property of a request that chooses between a unary response and a stream.

use serde_json::Value;

use crate::document::Cursor;
use crate::ir::{Response, ResponseContent, StreamFlag};
use crate::lower::schema::shallow;

/// The names of such properties.
const NAMES: [&str; 2] = ["stream", "streaming"];

/// The stream flag in the body of `operation`, when its `responses` are a stream and something else.
pub(super) fn of(operation: &Cursor<'_>, responses: &[Response]) -> Option<StreamFlag> {
    let is_stream = |response: &&Response| {
        matches!(response.content, ResponseContent::Events(_) | ResponseContent::JsonLines(_))
    };
    let streams = responses.iter().filter(is_stream).count();
    if streams == 0 || streams == responses.len() {
        return None;
    }
    let content = operation.get("requestBody")?.follow().get("content")?;
    let mut schemas = content.members().filter_map(|(_, media)| media.follow().get("schema"));
    schemas.find_map(|schema| in_schema(&schema))
}

fn in_schema(schema: &Cursor<'_>) -> Option<StreamFlag> {
    shallow::query(schema, own).into_iter().flatten().next()
}

fn own(schema: &Cursor<'_>) -> Option<StreamFlag> {
    let properties = schema.get("properties")?;
    properties.members().find_map(|(name, property)| {
        let by_name = NAMES.contains(&name).then(|| boolean(name, &property)).flatten();
        by_name.or_else(|| mode(name, &property))
    })
}

/// `stream: true`
fn boolean(name: &str, property: &Cursor<'_>) -> Option<StreamFlag> {
    is_boolean(property).then(|| StreamFlag {
        property: name.to_owned(),
        stream: Value::Bool(true),
        unary: Value::Bool(false),
    })
}

fn is_boolean(schema: &Cursor<'_>) -> bool {
    let values = shallow::query(schema, |schema| {
        let is_boolean = super::media::types(schema).any(|name| name == "boolean")
            || schema.get("const").is_some_and(|value| value.value().is_boolean());
        is_boolean.then_some(())
    });
    values.contains(&Some(()))
}

/// `response_mode: streaming`, as against `blocking`; `stream_format: sse`, as against `audio`.
fn mode(name: &str, property: &Cursor<'_>) -> Option<StreamFlag> {
    let values = property.follow().get("enum")?;
    let values: Vec<&str> = values.items().filter_map(|value| value.as_str()).collect();
    let [first, second] = values[..] else { return None };
    let is_stream = |value: &str| value.starts_with("stream") || value == "sse";
    let (stream, whole) = if is_stream(first) { (first, second) } else { (second, first) };
    (is_stream(stream) && !is_stream(whole)).then(|| StreamFlag {
        property: name.to_owned(),
        stream: Value::String(stream.to_owned()),
        unary: Value::String(whole.to_owned()),
    })
}
