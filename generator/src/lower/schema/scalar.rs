//! Values without parts, by type and format.

use super::flat::Flat;
use super::kinds::Kinds;
use crate::ir::Scalar;

/// What values of the one kind that `flat` is about come to. `None` when that kind has parts.
pub(super) fn lower(flat: &Flat<'_>) -> Option<Scalar> {
    Some(match flat.kinds {
        Kinds::BOOLEAN => Scalar::Bool,
        Kinds::INTEGER => integer(flat),
        Kinds::NUMBER => number(flat.format.unwrap_or_default()),
        Kinds::STRING => string(flat),
        _ => return None,
    })
}

fn integer(flat: &Flat<'_>) -> Scalar {
    let is_large = flat.maximum.is_some_and(|maximum| maximum.is_u64() && !maximum.is_i64());
    match flat.format.unwrap_or_default() {
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
fn string(flat: &Flat<'_>) -> Scalar {
    match (flat.encoding, flat.format) {
        (Some("base64"), _) | (None, Some("byte" | "base64")) => Scalar::Base64,
        (None, Some("date")) => Scalar::Date,
        (None, Some("date-time")) => Scalar::DateTime,
        _ => Scalar::String,
    }
}
