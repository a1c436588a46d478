//! Constraints of a schema on size, length and number of values.

use serde_json::{Number, Value};

use crate::document::Cursor;
use crate::ir::{Constraints, Range};

/// The constraints of `schema`. Before OpenAPI 3.1, `exclusiveMinimum` and `exclusiveMaximum` were flags.
pub(super) fn of(schema: &Cursor<'_>) -> Constraints {
    let number = |key: &str| match schema.get(key)?.value() {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    };
    let is_set = |key: &str| schema.bool(key) == Some(true);
    let range = |min: &str, max: &str| Range { min: number(min).filter(is_any), max: number(max) };
    let (above, below) = (number("exclusiveMinimum"), number("exclusiveMaximum"));
    Constraints {
        exclusive_min: above.is_some() || is_set("exclusiveMinimum"),
        exclusive_max: below.is_some() || is_set("exclusiveMaximum"),
        number: Range { min: above.or_else(|| number("minimum")), max: below.or_else(|| number("maximum")) },
        characters: range("minLength", "maxLength"),
        items: range("minItems", "maxItems"),
        pattern: schema.str("pattern").map(str::to_owned),
    }
}

/// Whether a lower bound restricts anything: no length is below zero.
fn is_any(number: &Number) -> bool {
    number.as_u64() != Some(0)
}
