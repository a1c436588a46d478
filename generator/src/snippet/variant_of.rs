//! Which variant of a union a value of JSON is of, as far as an example needs to know.

use serde_json::Value;

use crate::sdk::{JsonMatcher, JsonType, Union, Variant};

/// The variant of `union` that `value` is of, by its place.
pub(crate) fn variant_of(union: &Union, value: &Value) -> Option<usize> {
    if let Some(discriminator) = &union.discriminator {
        let tag = value.get(discriminator).and_then(Value::as_str)?;
        return union.variants.iter().position(|variant| variant.tags.iter().any(|other| other == tag));
    }
    let fitting = union.variants.iter().enumerate().filter(|(_, variant)| fits(&variant.matcher, value));
    // The more of its properties a variant knows, the better it fits.
    fitting.min_by_key(|(_, variant)| unknown_properties(&variant.matcher, value)).map(|(index, _)| index)
}

/// All variants that `value` could be of: reading takes the one that keeps most of it.
pub(crate) fn variants_of<'u>(union: &'u Union, value: &Value) -> Vec<&'u Variant> {
    if union.discriminator.is_some() {
        return variant_of(union, value).map(|index| &union.variants[index]).into_iter().collect();
    }
    union.variants.iter().filter(|variant| fits(&variant.matcher, value)).collect()
}

fn fits(matcher: &JsonMatcher, value: &Value) -> bool {
    let type_fits = matcher.json_type.is_none_or(|ty| is_of_type(ty, value));
    let required = matcher.required.iter().all(|name| value.get(name).is_some());
    let constants = matcher.constants.iter().all(|(name, values)| match value.get(name) {
        Some(value) => values.contains(value),
        None => true,
    });
    let listed = matcher.values.is_empty() || matcher.values.contains(value);
    let items = match (&matcher.item, value) {
        (Some(matcher), Value::Array(items)) => items.iter().all(|item| fits(matcher, item)),
        _ => true,
    };
    type_fits && required && constants && listed && items
}

fn is_of_type(ty: JsonType, value: &Value) -> bool {
    match ty {
        JsonType::Null => value.is_null(),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => value.is_i64() || value.is_u64(),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

fn unknown_properties(matcher: &JsonMatcher, value: &Value) -> usize {
    let members = value.as_object().into_iter().flatten();
    members.filter(|(name, _)| !matcher.known.contains(name)).count()
}
