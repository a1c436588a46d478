//! Writing JSON: a number without a fraction is written as an integer.
//!
//! `1.0` is `1` as in JavaScript and Go: some servers refuse a point where they count. A number of 32
//! bits keeps its digits: `0.1`, and not what it is with 64 bits.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
#[cfg(feature = "json_parts")]
use serde_json::value::RawValue;

use super::whole_number::whole;

/// A value as JSON text.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::with_capacity(128);
    to_writer(&mut json, value)?;
    Ok(json)
}

/// A value as JSON text behind what is there.
pub(crate) fn to_writer<T: Serialize + ?Sized>(json: &mut Vec<u8>, value: &T) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(json, Numbers))
}

#[cfg(feature = "json_parts")]
/// A value as JSON text that is not parsed.
#[allow(dead_code, reason = "only bodies that are set in parts need it")]
pub(crate) fn to_raw_value<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Box<RawValue>> {
    RawValue::from_string(text(to_vec(value)?))
}

/// A value as a tree.
pub(crate) fn to_value<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Value> {
    let tree = serde_json::to_value(value)?;
    // A tree has numbers of 64 bits alone, in which those of 32 bits have other digits than their own.
    if has_fraction(&tree) { serde_json::from_slice(&to_vec(value)?) } else { Ok(tree) }
}

fn has_fraction(tree: &Value) -> bool {
    match tree {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_fraction),
        Value::Object(properties) => properties.values().any(has_fraction),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// A tree as JSON text.
pub(crate) fn to_text(value: &Value) -> String {
    text(to_vec(value).unwrap_or_default())
}

fn text(json: Vec<u8>) -> String {
    String::from_utf8(json).unwrap_or_default()
}

struct Numbers;

impl Formatter for Numbers {
    fn write_f32<W: Write + ?Sized>(&mut self, writer: &mut W, number: f32) -> io::Result<()> {
        match whole(number.into()) {
            Some(whole) => write!(writer, "{whole}"),
            None => CompactFormatter.write_f32(writer, number),
        }
    }

    fn write_f64<W: Write + ?Sized>(&mut self, writer: &mut W, number: f64) -> io::Result<()> {
        match whole(number) {
            Some(whole) => write!(writer, "{whole}"),
            None => CompactFormatter.write_f64(writer, number),
        }
    }
}
