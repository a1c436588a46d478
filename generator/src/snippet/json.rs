//! Values as JSON, for types whose values are only received.
//!
//! In come a type and an example, out comes JSON that the type can be read from: what does not fit is
//! replaced, what is missing is made up. It is cut like other examples.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::Snippets;
use super::literal::MOST_ITEMS;
use super::scalar::{filler_time, time_text};
use super::variant_of::variant_of;
use crate::sdk::{
    Constant, Enum, EnumValues, Field, Initial, ModelKind, ModelRef, Presence, Scalar, Struct, Type, Union,
    Variant,
};

/// Deeper than this, only what is needed is written.
const DEEPEST: usize = 3;

/// Types that need each other without an end are given up here.
const TOO_DEEP: usize = 12;

/// A value of the model with at most so many parts that need not be there, and how many it has of those.
/// `None` when no value ends.
pub(super) fn of_model(
    model: &ModelRef,
    example: Option<&Value>,
    most_parts: usize,
    snippets: &Snippets<'_>,
) -> Option<(Value, usize)> {
    let own = || snippets.sdk.examples.first.get(&model.id);
    let writer = Writer { snippets, left: Cell::new(most_parts) };
    let value = writer.model(model, example.or_else(own), 0)?;
    Some((value, most_parts - writer.left.get()))
}

struct Writer<'s, 'a> {
    snippets: &'s Snippets<'a>,
    left: Cell<usize>,
}

impl Writer<'_, '_> {
    /// `None` when the type has no value that ends.
    fn value(&self, ty: &Type, example: Option<&Value>, depth: usize) -> Option<Value> {
        if depth > TOO_DEEP {
            return None;
        }
        Some(match ty {
            Type::Any => example.cloned().unwrap_or_else(|| Value::Object(Map::new())),
            Type::Object => {
                let given = example.filter(|example| example.is_object()).cloned();
                given.unwrap_or_else(|| Value::Object(Map::new()))
            }
            Type::Scalar(one) => scalar(*one, example),
            Type::List(item) => {
                let items = example.and_then(Value::as_array).into_iter().flatten().take(MOST_ITEMS);
                let items = items.take_while(|_| self.take());
                Value::Array(items.filter_map(|one| self.value(item, Some(one), depth + 1)).collect())
            }
            Type::Tuple(places) => {
                let given = example.and_then(Value::as_array).filter(|items| items.len() == places.len());
                let one = |(index, place)| self.value(place, given.map(|items| &items[index]), depth + 1);
                Value::Array(places.iter().enumerate().map(one).collect::<Option<_>>()?)
            }
            Type::Map(value) => {
                let entries = example.and_then(Value::as_object).into_iter().flatten().take(MOST_ITEMS);
                let entries = entries.take_while(|_| self.take());
                let entry = |(key, one): (&String, &Value)| {
                    Some((key.clone(), self.value(value, Some(one), depth + 1)?))
                };
                Value::Object(entries.filter_map(entry).collect())
            }
            Type::Option(inner) => {
                let given = example.filter(|example| !example.is_null());
                given.and_then(|given| self.value(inner, Some(given), depth)).unwrap_or(Value::Null)
            }
            Type::Model(model) | Type::Boxed(model) => return self.model(model, example, depth + 1),
        })
    }

    fn model(&self, model: &ModelRef, example: Option<&Value>, depth: usize) -> Option<Value> {
        match &self.snippets.sdk.model(model.id).kind {
            ModelKind::Alias(target) | ModelKind::Newtype(target) => self.value(target, example, depth),
            ModelKind::Enum(values) => Some(known(values, example)),
            ModelKind::Union(union) => self.union(union, example, depth),
            ModelKind::Struct(object) => self.object(object, example, depth),
        }
    }

    fn union(&self, union: &Union, example: Option<&Value>, depth: usize) -> Option<Value> {
        let fitting = example.and_then(|example| variant_of(union, example));
        let smallest = || self.snippets.sizes.smallest_variant(union);
        let variant: &Variant = &union.variants[fitting.or_else(smallest)?];
        let mut value = self.value(&variant.ty, example.filter(|_| fitting.is_some()), depth)?;
        if let (Some(property), Some(tag), Value::Object(properties)) =
            (&union.discriminator, variant.tags.first(), &mut value)
        {
            properties.entry(property.clone()).or_insert_with(|| tag.as_str().into());
        }
        Some(value)
    }

    fn object(&self, object: &Struct, example: Option<&Value>, depth: usize) -> Option<Value> {
        let mut properties = Map::new();
        for field in &object.fields {
            let given = example.and_then(|example| example.get(&field.property));
            if let Some(value) = self.field(field, given, depth) {
                properties.insert(field.property.clone(), value);
            } else if field.is_always_present() {
                return None;
            }
        }
        Some(Value::Object(properties))
    }

    /// Whether there is room for a part that need not be there.
    fn take(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// `None` when the property is left out, or has no value.
    fn field(&self, field: &Field, given: Option<&Value>, depth: usize) -> Option<Value> {
        if let Initial::Constant(constant) = &field.initial {
            return Some(json(constant));
        }
        let ty = match field.presence {
            Presence::RequiredNullable => Type::Option(Box::new(field.value.clone())),
            _ => field.value.clone(),
        };
        let is_shown = !field.is_always_present() && given.is_some() && depth <= DEEPEST && self.take();
        (field.is_always_present() || is_shown).then(|| {
            let given = given.or_else(|| field.examples.first());
            self.value(&ty, given, depth + 1)
        })?
    }
}

pub(super) fn scalar(scalar: Scalar, example: Option<&Value>) -> Value {
    let time = || {
        let given = example.and_then(|example| time_text(scalar, example));
        Value::from(given.unwrap_or_else(|| filler_time(scalar)))
    };
    let given = |is_it: fn(&Value) -> bool, filler: Value| {
        example.filter(|example| is_it(example)).cloned().unwrap_or(filler)
    };
    match scalar {
        Scalar::Bool => given(Value::is_boolean, true.into()),
        Scalar::Int32 => {
            given(|value| value.as_i64().is_some_and(|one| i32::try_from(one).is_ok()), 1.into())
        }
        Scalar::Int64 => given(Value::is_i64, 1.into()),
        Scalar::UInt64 => given(Value::is_u64, 1.into()),
        Scalar::Float | Scalar::Double => given(Value::is_number, 1.5.into()),
        Scalar::String => given(Value::is_string, "text".into()),
        Scalar::Date | Scalar::DateTime => time(),
        Scalar::Base64 => "ZGF0YQ==".into(),
    }
}

fn known(values: &Enum, example: Option<&Value>) -> Value {
    let given = example.filter(|example| values.variant_of(example).is_some()).cloned();
    given.unwrap_or_else(|| match &values.values {
        EnumValues::Strings(values) => values.first().map_or("value".into(), |one| one.value.as_str().into()),
        EnumValues::Integers(values) => values.first().map_or(0.into(), |one| one.value.into()),
    })
}

fn json(constant: &Constant) -> Value {
    match constant {
        Constant::String(text) => text.as_str().into(),
        Constant::Literal(value) | Constant::Known(_, value) => value.clone(),
        Constant::Float(number) => (*number).into(),
    }
}
