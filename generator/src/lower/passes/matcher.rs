//! What a JSON value must look like to be of a type.

use serde_json::Value;

use crate::ir::{
    EnumValues, JsonType, Resolved, Scalar, Struct, Type, TypeDef, TypeId, Union, VariantMatcher, resolve,
};

/// How deep lists are looked into.
const LIST_LIMIT: usize = 3;

/// The matcher for values of a type.
pub(super) fn matcher_of(types: &[TypeDef], ty: &Type) -> VariantMatcher {
    Builder { types, path: Vec::new(), lists: 0 }.matcher(ty)
}

struct Builder<'t> {
    types: &'t [TypeDef],
    /// The unions that are being looked at; one may contain itself.
    path: Vec<TypeId>,
    lists: usize,
}

impl Builder<'_> {
    fn matcher(&mut self, ty: &Type) -> VariantMatcher {
        match resolve(self.types, ty) {
            // Null is not matched: a nullable union is wrapped in a nullable type.
            Resolved::Any | Resolved::Nullable(_) => VariantMatcher::default(),
            Resolved::Scalar(scalar) => of_type(type_of(scalar)),
            Resolved::List(item) => self.list(item),
            Resolved::Map(_) => of_type(JsonType::Object),
            Resolved::Struct(_, strukt) => of_struct(strukt),
            Resolved::Enum(_, listed) => of_values(&listed.values),
            Resolved::Union(id, union) => self.union(id, union),
        }
    }

    fn list(&mut self, item: &Type) -> VariantMatcher {
        if self.lists == LIST_LIMIT {
            return of_type(JsonType::Array);
        }
        self.lists += 1;
        let item = self.matcher(item);
        self.lists -= 1;
        let item = Some(item).filter(|item| *item != VariantMatcher::default());
        VariantMatcher { item: item.map(Box::new), ..of_type(JsonType::Array) }
    }

    fn union(&mut self, id: TypeId, union: &Union) -> VariantMatcher {
        if self.path.contains(&id) {
            return VariantMatcher::default();
        }
        self.path.push(id);
        let matchers = union.variants.iter().map(|variant| self.matcher(&variant.ty));
        let matcher = matchers.reduce(widen).unwrap_or_default();
        self.path.pop();
        matcher
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

/// The matcher that accepts every value that one of the two accepts.
fn widen(one: VariantMatcher, other: VariantMatcher) -> VariantMatcher {
    let Some(json_type) = common_type(one.json_type, other.json_type) else {
        return VariantMatcher::default();
    };
    let mut known = one.known;
    known.extend(other.known.into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>());
    let constants = one.constants.into_iter().filter_map(|(name, mut values)| {
        let (_, more) = other.constants.iter().find(|(other, _)| *other == name)?;
        values.extend(more.iter().filter(|value| !values.contains(value)).cloned().collect::<Vec<_>>());
        Some((name, values))
    });
    let has_values = !one.values.is_empty() && !other.values.is_empty();
    VariantMatcher {
        json_type: Some(json_type),
        required: one.required.into_iter().filter(|name| other.required.contains(name)).collect(),
        constants: constants.collect(),
        values: if has_values { [one.values, other.values].concat() } else { Vec::new() },
        item: one.item.zip(other.item).map(|(one, other)| Box::new(widen(*one, *other))),
        known,
    }
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
