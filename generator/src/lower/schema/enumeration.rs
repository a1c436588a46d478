//! Reads listed values: `enum`, `const`, and the extensions that name and describe them.

use std::collections::HashSet;

use serde_json::Value;

use super::docs;
use super::json_types::JsonTypes;
use super::scalar::whole;
use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Location};
use crate::ir::{Docs, Enum, EnumValue, EnumValues, Scalar};
use crate::prose::Prose;

/// A value that is listed.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) value: Value,
    pub(super) label: Option<String>,
    pub(super) docs: Docs,
    pub(super) location: Location,
    /// The text of a value that was meant as one and has no quotes.
    written: Option<String>,
}

/// Extensions that name the values of an enum: a list beside it, or a map from value to name.
const NAMES: [&str; 4] = ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-keys"];

/// Extensions that describe the values of an enum, in the same forms.
const DESCRIPTIONS: [&str; 4] =
    ["x-enum-descriptions", "x-enumDescriptions", "x-enum-comments", "x-enum-description"];

/// The values of the keyword `enum`, without null and without repetition.
pub(super) fn listed(schema: &Cursor<'_>, values: &Cursor<'_>, diagnostics: &mut Diagnostics) -> Vec<Known> {
    if values.items().next().is_none() {
        diagnostics.warning(
            "enum-empty",
            values,
            "`enum` has no values, so no value would be allowed; it is ignored",
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
        let label = extension(schema, &NAMES, index, value).map(str::to_owned);
        let written = written(schema, &item);
        listed.push(Known { value: value.clone(), label, docs, location: item.location(), written });
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
    let (docs, written) = (Docs::default(), written(schema, value));
    let mut known = Known { value: value.value().clone(), label: None, docs, location, written };
    known.describe(schema);
    vec![known]
}

fn written(schema: &Cursor<'_>, value: &Cursor<'_>) -> Option<String> {
    // Most values are of their type, and finding the text takes reading the file once more.
    let is_text = value.as_str().is_none() && schema.str("type") == Some("string");
    is_text.then(|| value.written()).flatten().map(str::to_owned)
}

impl Known {
    fn describe(&mut self, schema: &Cursor<'_>) {
        let Docs { summary, description, deprecated, constraints } =
            docs::of(schema, self.value.as_str().unwrap_or_default());
        let own = std::mem::take(&mut self.docs.description);
        self.docs = Docs {
            summary,
            description: if own.is_empty() { description } else { own },
            deprecated,
            constraints,
        };
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
pub(super) fn report_disjoint(values: &[Known], diagnostics: &mut Diagnostics) {
    diagnostics.error(
        "enum-disjoint",
        values[0].location.clone(),
        "schemas that apply together list different values, so that none is allowed",
        "list only values in one schema that the other one lists, too",
    );
}

/// The values that are of `json_types`.
///
/// An unquoted `true` or `1` in a list of strings was meant as text: YAML reads it as something else.
pub(super) fn typed(values: Vec<Known>, json_types: JsonTypes, diagnostics: &mut Diagnostics) -> Vec<Known> {
    let mut typed: Vec<Known> = Vec::new();
    let mut seen = HashSet::new();
    for mut known in values {
        if let Some(integer) = whole(&known.value).filter(|_| json_types == JsonTypes::INTEGER) {
            known.value = integer;
        } else if !JsonTypes::of_value(&known.value).is_within(json_types) {
            let intended = intended(&known, json_types);
            let what = match &intended {
                Some(intended) => format!("is read as {intended}"),
                None => "is ignored".to_owned(),
            };
            diagnostics.warning(
                "enum-value-type",
                known.location.clone(),
                format!("the value {} is not of type {} and {what}", known.value, json_types.in_words()),
                "change the value or the `type`; strings that look like another type need quotes",
            );
            let Some(intended) = intended else { continue };
            known.value = intended;
        }
        if seen.insert(known.value.clone()) {
            typed.push(known);
        }
    }
    typed
}

fn intended(known: &Known, json_types: JsonTypes) -> Option<Value> {
    let value = &known.value;
    match value {
        Value::Bool(_) | Value::Number(_) if json_types == JsonTypes::STRING => {
            Some(known.written.clone().unwrap_or_else(|| value.to_string()).into())
        }
        Value::String(text) if json_types.is_within(JsonTypes::NUMBER) => {
            text.parse::<i64>().ok().map(Value::from)
        }
        Value::String(text) if json_types == JsonTypes::BOOLEAN => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}

/// The enum of a list of texts or integers. `None` for other values, which no enum can list.
pub(super) fn lower(values: &[Known]) -> Option<Enum> {
    let values = match JsonTypes::of_value(&values.first()?.value) {
        JsonTypes::STRING => EnumValues::Strings(each(values, |value| value.as_str().map(str::to_owned))?),
        JsonTypes::INTEGER => EnumValues::Integers(each(values, Value::as_i64)?),
        _ => return None,
    };
    Some(Enum { values })
}

fn each<T>(values: &[Known], read: impl Fn(&Value) -> Option<T>) -> Option<Vec<EnumValue<T>>> {
    let each = values.iter().map(|known| {
        let value = read(&known.value)?;
        Some(EnumValue { value, label: known.label.clone(), docs: known.docs.clone() })
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
