//! Whether a value of JSON is of a type, as far as an example needs to know.

use serde_json::Value;

use crate::ir::{JsonType, Union, VariantMatcher};

/// The variant of `union` that `value` is of, by its place.
pub(super) fn variant(union: &Union, value: &Value) -> Option<usize> {
    if let Some(discriminator) = &union.discriminator {
        let tag = value.get(discriminator).and_then(Value::as_str)?;
        return union.variants.iter().position(|variant| variant.tags.iter().any(|other| other == tag));
    }
    let fitting = union.variants.iter().enumerate().filter(|(_, variant)| fits(&variant.matcher, value));
    // The more of its members a variant knows, the better it fits.
    fitting.min_by_key(|(_, variant)| unknown_members(&variant.matcher, value)).map(|(index, _)| index)
}

fn fits(test: &VariantMatcher, value: &Value) -> bool {
    let kind_fits = test.json_type.is_none_or(|kind| is_of_kind(kind, value));
    let required = test.required.iter().all(|name| value.get(name).is_some());
    let constants = test.constants.iter().all(|(name, values)| match value.get(name) {
        Some(value) => values.contains(value),
        None => true,
    });
    let listed = test.values.is_empty() || test.values.contains(value);
    let items = match (&test.item, value) {
        (Some(test), Value::Array(items)) => items.iter().all(|item| fits(test, item)),
        _ => true,
    };
    kind_fits && required && constants && listed && items
}

fn is_of_kind(kind: JsonType, value: &Value) -> bool {
    match kind {
        JsonType::Null => value.is_null(),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.is_i64() || value.is_u64(),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

fn unknown_members(test: &VariantMatcher, value: &Value) -> usize {
    let members = value.as_object().into_iter().flatten();
    members.filter(|(name, _)| !test.known.contains(name)).count()
}
