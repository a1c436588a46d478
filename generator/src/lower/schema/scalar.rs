//! Scalars, by type and format.

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
    let is_large = merged.maximum.is_some_and(|maximum| maximum.is_u64() && !maximum.is_i64());
    match merged.format.unwrap_or_default() {
        "int32" | "int16" | "int8" | "uint16" | "uint8" => Scalar::Int32,
        "uint64" | "uint" => Scalar::UInt64,
        _ if is_large => Scalar::UInt64,
        _ => Scalar::Int64,
    }
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
