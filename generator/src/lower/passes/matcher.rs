//! What a JSON value must look like to be of a type.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::leaves::leaves;
use crate::ir::{EnumValues, JsonType, Resolved, Scalar, Struct, Type, TypeDef, VariantMatcher};

/// How deep lists are looked into.
const LIST_LIMIT: usize = 3;

/// The matcher for values of a type.
pub(super) fn matcher_of(types: &[TypeDef], ty: &Type) -> VariantMatcher {
    Builder { types, lists: 0, cost: 0, limit: usize::MAX }.matcher(ty)
}

/// How many types and names have to be looked at to make the matcher for values of a type. `None` for more
/// than `limit`.
pub(super) fn cost_of(types: &[TypeDef], ty: &Type, limit: usize) -> Option<usize> {
    let mut builder = Builder { types, lists: 0, cost: 0, limit };
    builder.matcher(ty);
    Some(builder.cost).filter(|cost| *cost <= limit)
}

struct Builder<'t> {
    types: &'t [TypeDef],
    lists: usize,
    cost: usize,
    limit: usize,
}

impl<'t> Builder<'t> {
    fn matcher(&mut self, ty: &'t Type) -> VariantMatcher {
        let mut leaves = leaves(self.types, ty);
        let mut matchers = Vec::new();
        while let Some(leaf) = leaves.next().filter(|_| self.cost <= self.limit) {
            matchers.push(self.leaf(leaf));
        }
        self.cost += leaves.steps;
        widen(matchers)
    }

    fn leaf(&mut self, leaf: Resolved<'t>) -> VariantMatcher {
        let matcher = match leaf {
            // Null is not matched: a nullable union is wrapped in a nullable type.
            Resolved::Any | Resolved::Nullable(_) | Resolved::Union(..) => VariantMatcher::default(),
            Resolved::Scalar(scalar) => of_type(type_of(scalar)),
            Resolved::List(item) => self.list(item),
            Resolved::Tuple(_) => of_type(JsonType::Array),
            Resolved::Map(_) => of_type(JsonType::Object),
            Resolved::Struct(_, strukt) => of_struct(strukt),
            Resolved::Enum(_, listed) => of_values(&listed.values),
        };
        self.cost += matcher.known.len() + matcher.values.len();
        matcher
    }

    fn list(&mut self, item: &'t Type) -> VariantMatcher {
        if self.lists == LIST_LIMIT {
            return of_type(JsonType::Array);
        }
        self.lists += 1;
        let item = self.matcher(item);
        self.lists -= 1;
        let item = Some(item).filter(|item| *item != VariantMatcher::default());
        VariantMatcher { item: item.map(Box::new), ..of_type(JsonType::Array) }
    }
}

fn of_type(json_type: JsonType) -> VariantMatcher {
    VariantMatcher { json_type: Some(json_type), ..VariantMatcher::default() }
}

fn of_struct(strukt: &Struct) -> VariantMatcher {
    // Only responses are read, and they do not have properties that are only for requests.
    let required = strukt.properties.iter().filter(|property| property.required && !property.write_only);
    let properties = strukt.properties.iter();
    let constants =
        properties.filter_map(|property| Some((property.name.clone(), vec![property.constant.clone()?])));
    VariantMatcher {
        required: required.map(|property| property.name.clone()).collect(),
        known: strukt.properties.iter().map(|property| property.name.clone()).collect(),
        constants: constants.collect(),
        ..of_type(JsonType::Object)
    }
}

fn of_values(values: &EnumValues) -> VariantMatcher {
    match values {
        EnumValues::Strings(values) => VariantMatcher {
            values: values.iter().map(|known| Value::from(known.value.as_str())).collect(),
            ..of_type(JsonType::String)
        },
        EnumValues::Integers(values) => VariantMatcher {
            values: values.iter().map(|known| Value::from(known.value)).collect(),
            ..of_type(JsonType::Integer)
        },
    }
}

fn type_of(scalar: Scalar) -> JsonType {
    match scalar {
        Scalar::Bool => JsonType::Boolean,
        Scalar::Int32 | Scalar::Int64 | Scalar::UInt64 => JsonType::Integer,
        Scalar::Float | Scalar::Double => JsonType::Number,
        Scalar::String | Scalar::Date | Scalar::DateTime | Scalar::Base64 => JsonType::String,
    }
}

/// The matcher that accepts every value that one of `matchers` accepts.
fn widen(mut matchers: Vec<VariantMatcher>) -> VariantMatcher {
    if matchers.len() <= 1 {
        return matchers.pop().unwrap_or_default();
    }
    let json_types = matchers.iter().map(|matcher| matcher.json_type);
    let Some(json_type) = json_types.reduce(common_type).flatten() else { return VariantMatcher::default() };
    let (mut known, mut seen) = (Vec::new(), HashSet::new());
    for name in matchers.iter().flat_map(|matcher| &matcher.known) {
        if seen.insert(name) {
            known.push(name.clone());
        }
    }
    let values = if matchers.iter().all(|matcher| !matcher.values.is_empty()) {
        matchers.iter().flat_map(|matcher| matcher.values.clone()).collect()
    } else {
        Vec::new()
    };
    let required = in_all(matchers.iter().map(|matcher| matcher.required.as_slice()), String::as_str);
    let required = required.into_iter().map(|names| names[0].clone()).collect();
    let constants = in_all(matchers.iter().map(|matcher| matcher.constants.as_slice()), |(name, _)| name);
    let constants = constants.into_iter().map(|same| (same[0].0.clone(), distinct(&same))).collect();
    let items: Option<Vec<VariantMatcher>> =
        matchers.into_iter().map(|matcher| matcher.item.map(|item| *item)).collect();
    let item = items.map(|items| Box::new(widen(items)));
    VariantMatcher { json_type: Some(json_type), required, known, constants, values, item }
}

/// The entries that each of `lists` has by the same name, in the order of the first.
fn in_all<'m, T>(lists: impl Iterator<Item = &'m [T]>, name: impl Fn(&'m T) -> &'m str) -> Vec<Vec<&'m T>> {
    let mut lists = lists.enumerate();
    let first = lists.next().map_or(&[][..], |(_, first)| first);
    let mut same: Vec<Vec<&T>> = first.iter().map(|entry| vec![entry]).collect();
    let places: HashMap<&str, usize> =
        first.iter().enumerate().map(|(place, entry)| (name(entry), place)).collect();
    let mut count = 1;
    for (index, list) in lists {
        for entry in list {
            if let Some(place) = places.get(name(entry)).filter(|place| same[**place].len() == index) {
                same[*place].push(entry);
            }
        }
        count += 1;
    }
    same.retain(|entries| entries.len() == count);
    same
}

/// The values of constants of the same name, each once.
fn distinct(constants: &[&(String, Vec<Value>)]) -> Vec<Value> {
    let mut values = Vec::new();
    let mut seen = HashSet::new();
    for value in constants.iter().flat_map(|(_, values)| values) {
        if seen.insert(value) {
            values.push(value.clone());
        }
    }
    values
}

fn common_type(one: Option<JsonType>, other: Option<JsonType>) -> Option<JsonType> {
    match (one?, other?) {
        (JsonType::Integer, JsonType::Number) | (JsonType::Number, JsonType::Integer) => {
            Some(JsonType::Number)
        }
        (one, other) => (one == other).then_some(one),
    }
}

/// Whether no value passes both matchers by its JSON type alone, which is what deserializing checks.
pub(super) fn are_disjoint(one: &VariantMatcher, other: &VariantMatcher) -> bool {
    let (Some(json_type), Some(other_kind)) = (one.json_type, other.json_type) else { return false };
    if common_type(Some(json_type), Some(other_kind)).is_none() {
        return true;
    }
    match (&one.item, &other.item) {
        (Some(item), Some(other_item)) => are_disjoint(item, other_item),
        _ => false,
    }
}
