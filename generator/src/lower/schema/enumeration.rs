//! Reads listed values: `enum`, `const`, and the extensions that name and describe them.

use std::collections::HashSet;

use serde_json::Value;

use super::docs;
use super::kinds::Kinds;
use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Location};
use crate::ir::{Docs, Enum, EnumValue, EnumValues, Scalar};
use crate::prose::Prose;

/// A value that is listed.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) value: Value,
    pub(super) hint: Option<String>,
    pub(super) docs: Docs,
    pub(super) location: Location,
}

/// Extensions that name the values of an enum: a list beside it, or a map from value to name.
const NAMES: [&str; 4] = ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-keys"];

/// Extensions that describe the values of an enum, in the same forms.
const DESCRIPTIONS: [&str; 4] =
    ["x-enum-descriptions", "x-enumDescriptions", "x-enum-comments", "x-enum-description"];

/// The values of the keyword `enum`, without null and without repetition.
pub(super) fn listed(schema: &Cursor<'_>, values: &Cursor<'_>, found: &mut Diagnostics) -> Vec<Known> {
    if values.items().next().is_none() {
        found.warning(
            "enum-empty",
            values,
            "`enum` has no values, so that none would be allowed; this is ignored",
            "list the values, or remove `enum`",
        );
    }
    let mut listed: Vec<Known> = Vec::new();
    let mut seen = HashSet::new();
    for (index, item) in values.items().enumerate() {
        let value = item.value();
        if value.is_null() || !seen.insert(value) {
            continue;
        }
        let described = extension(schema, &DESCRIPTIONS, index, value).unwrap_or_default();
        let docs = Docs { description: Prose::new(described), ..Docs::default() };
        let hint = extension(schema, &NAMES, index, value).map(str::to_owned);
        listed.push(Known { value: value.clone(), hint, docs, location: item.location() });
    }
    // A list of one is a constant, which its schema describes.
    if let [only] = listed.as_mut_slice() {
        only.describe(schema);
    }
    listed
}

/// The value of the keyword `const`.
pub(super) fn single(schema: &Cursor<'_>, value: &Cursor<'_>) -> Vec<Known> {
    if value.value().is_null() {
        return Vec::new();
    }
    let location = value.location();
    let mut known = Known { value: value.value().clone(), hint: None, docs: Docs::default(), location };
    known.describe(schema);
    vec![known]
}

impl Known {
    fn describe(&mut self, schema: &Cursor<'_>) {
        let Docs { summary, description, deprecated, limits } =
            docs::of(schema, self.value.as_str().unwrap_or_default());
        let own = std::mem::take(&mut self.docs.description);
        self.docs =
            Docs { summary, description: if own.is_empty() { description } else { own }, deprecated, limits };
    }
}

fn extension<'d>(schema: &Cursor<'d>, keywords: &[&str], index: usize, value: &Value) -> Option<&'d str> {
    let extension = keywords.iter().find_map(|keyword| schema.get(keyword))?;
    match (extension.value(), value) {
        (Value::Array(_), _) => extension.item(index)?.as_str(),
        (Value::Object(_), Value::String(value)) => extension.get(value)?.as_str(),
        (Value::Object(_), value) => extension.get(&value.to_string())?.as_str(),
        _ => None,
    }
}

/// The values that are in both lists.
pub(super) fn both(before: &[Known], after: &[Known]) -> Vec<Known> {
    let after: HashSet<&Value> = after.iter().map(|known| &known.value).collect();
    before.iter().filter(|known| after.contains(&known.value)).cloned().collect()
}

/// Reports that `values` has none of the values that are listed elsewhere.
pub(super) fn report_disjoint(values: &[Known], found: &mut Diagnostics) {
    found.error(
        "enum-disjoint",
        values[0].location.clone(),
        "schemas that have to hold together list different values, so that none is allowed",
        "list in the one schema only values that the other one lists, too",
    );
}

/// The values that are of `kinds`.
///
/// An unquoted `true` or `1` in a list of strings was meant as text: YAML reads it as something else.
pub(super) fn typed(values: Vec<Known>, kinds: Kinds, found: &mut Diagnostics) -> Vec<Known> {
    let mut typed: Vec<Known> = Vec::new();
    let mut seen = HashSet::new();
    for mut known in values {
        if !Kinds::of_value(&known.value).is_within(kinds) {
            let meant = meant(&known.value, kinds);
            let what = if meant.is_some() { "is read as one" } else { "is ignored" };
            found.warning(
                "enum-value-type",
                known.location.clone(),
                format!("the value {} is not of type {} and {what}", known.value, kinds.in_words()),
                "change the value or the `type`; texts that look like something else need quotes",
            );
            let Some(meant) = meant else { continue };
            known.value = meant;
        }
        if seen.insert(known.value.clone()) {
            typed.push(known);
        }
    }
    typed
}

fn meant(value: &Value, kinds: Kinds) -> Option<Value> {
    match value {
        Value::Bool(_) if kinds == Kinds::STRING => Some(Value::from(value.to_string())),
        Value::Number(number) if kinds == Kinds::STRING && !number.is_f64() => {
            Some(Value::from(value.to_string()))
        }
        Value::String(text) if kinds.is_within(Kinds::NUMBER) => text.parse::<i64>().ok().map(Value::from),
        Value::String(text) if kinds == Kinds::BOOLEAN => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}

/// The enum of a list of texts or integers. `None` for other values, which no enum can list.
pub(super) fn lower(values: &[Known]) -> Option<Enum> {
    let values = match Kinds::of_value(&values.first()?.value) {
        Kinds::STRING => EnumValues::Strings(each(values, |value| value.as_str().map(str::to_owned))?),
        Kinds::INTEGER => EnumValues::Integers(each(values, Value::as_i64)?),
        _ => return None,
    };
    Some(Enum { values })
}

fn each<T>(values: &[Known], read: impl Fn(&Value) -> Option<T>) -> Option<Vec<EnumValue<T>>> {
    let each = values.iter().map(|known| {
        let value = read(&known.value)?;
        Some(EnumValue { value, hint: known.hint.clone(), docs: known.docs.clone() })
    });
    each.collect()
}

/// The type of a constant.
pub(super) fn scalar(value: &Value) -> Option<Scalar> {
    Some(match value {
        Value::String(_) => Scalar::String,
        Value::Bool(_) => Scalar::Bool,
        Value::Number(number) if number.is_i64() => Scalar::Int64,
        Value::Number(number) if number.is_u64() => Scalar::UInt64,
        Value::Number(_) => Scalar::Double,
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}
