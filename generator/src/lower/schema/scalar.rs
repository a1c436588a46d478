//! Scalars, by type and format.

use serde_json::Value;

use super::json_types::JsonTypes;
use super::merged::Merged;
use crate::ir::Scalar;

/// The scalar for the one JSON type of `merged`. `None` for objects and lists.
pub(super) fn lower(merged: &Merged<'_>) -> Option<Scalar> {
    Some(match merged.json_types {
        JsonTypes::BOOLEAN => Scalar::Bool,
        JsonTypes::INTEGER => integer(merged),
        JsonTypes::NUMBER => number(merged.format.unwrap_or_default()),
        JsonTypes::STRING => string(merged),
        _ => return None,
    })
}

fn integer(merged: &Merged<'_>) -> Scalar {
    match merged.format.unwrap_or_default() {
        "int32" | "int16" | "int8" | "uint16" | "uint8" => Scalar::Int32,
        "uint64" | "uint" => Scalar::UInt64,
        _ if is_unsigned(merged) => Scalar::UInt64,
        _ => Scalar::Int64,
    }
}

/// Whether there are values beyond those of 64 bits with a sign, and none below zero.
///
/// Bounds are often written by programs that round them: 2^63 stands for the greatest number with a sign.
fn is_unsigned(merged: &Merged<'_>) -> bool {
    const SIGNED: f64 = 9_223_372_036_854_775_808.0;
    let is = |bound: Option<&Value>, is_so: fn(f64) -> bool| bound.and_then(Value::as_f64).is_some_and(is_so);
    let values = merged.values.as_deref().unwrap_or_default();
    let is_listed = values.iter().any(|known| known.value.as_i64().is_none())
        && values.iter().all(|known| known.value.is_u64());
    is_listed || is(merged.maximum, |most| most > SIGNED) && !is(merged.minimum, |least| least < 0.0)
}

/// A number without a fraction as the integer that it is to JSON Schema: 1 for `1.0`.
pub(super) fn whole(value: &Value) -> Option<Value> {
    let number = value.as_f64().filter(|number| value.is_f64() && number.fract() == 0.0)?;
    format!("{number:.0}").parse::<i64>().ok().map(Value::from)
}

fn number(format: &str) -> Scalar {
    match format {
        "float" => Scalar::Float,
        "int32" => Scalar::Int32,
        "int64" => Scalar::Int64,
        _ => Scalar::Double,
    }
}

/// Formats that only restrict text stay text: servers are laxer than their documents.
fn string(merged: &Merged<'_>) -> Scalar {
    match (merged.encoding, merged.format) {
        (Some("base64"), _) | (None, Some("byte" | "base64")) => Scalar::Base64,
        (None, Some("date")) => Scalar::Date,
        (None, Some("date-time")) => Scalar::DateTime,
        _ => Scalar::String,
    }
}
