//! What a schema says about how large, long or many values are.

use serde_json::{Number, Value};

use crate::document::Cursor;
use crate::ir::{Limits, Range};

/// The limits that `schema` sets. Before OpenAPI 3.1 it was a flag that an end does not belong to the range.
pub(super) fn of(schema: &Cursor<'_>) -> Limits {
    let number = |key: &str| match schema.get(key)?.value() {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    };
    let is_set = |key: &str| schema.bool(key) == Some(true);
    let range = |min: &str, max: &str| Range { min: number(min).filter(is_any), max: number(max) };
    let (above, below) = (number("exclusiveMinimum"), number("exclusiveMaximum"));
    Limits {
        is_above: above.is_some() || is_set("exclusiveMinimum"),
        is_below: below.is_some() || is_set("exclusiveMaximum"),
        number: Range { min: above.or_else(|| number("minimum")), max: below.or_else(|| number("maximum")) },
        characters: range("minLength", "maxLength"),
        items: range("minItems", "maxItems"),
        pattern: schema.str("pattern").map(str::to_owned),
    }
}

/// Whether a lower end says anything: nothing has fewer than none.
fn is_any(number: &Number) -> bool {
    number.as_u64() != Some(0)
}
