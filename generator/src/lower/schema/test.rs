//! What a JSON value must look like to be of a type.

use serde_json::Value;

use crate::ir::{EnumValues, JsonKind, Scalar, Shape, Struct, Type, TypeDef, TypeId, VariantTest};

/// How deep lists are looked into.
const LIST_LIMIT: usize = 3;

/// The test for values of a type.
pub(super) fn test_of(types: &[TypeDef], ty: &Type) -> VariantTest {
    Tester { types, path: Vec::new(), lists: 0 }.test(ty)
}

struct Tester<'t> {
    types: &'t [TypeDef],
    /// The types that are being looked at; a union may contain itself.
    path: Vec<TypeId>,
    lists: usize,
}

impl Tester<'_> {
    fn test(&mut self, ty: &Type) -> VariantTest {
        match ty {
            // Null is not looked for: a nullable union says so around it.
            Type::Any | Type::Nullable(_) => VariantTest::default(),
            Type::Scalar(scalar) => of_kind(kind_of(*scalar)),
            Type::List(item) => self.list(item),
            Type::Map(_) => of_kind(JsonKind::Object),
            Type::Named(id) | Type::Boxed(id) => self.named(*id),
        }
    }

    fn list(&mut self, item: &Type) -> VariantTest {
        if self.lists == LIST_LIMIT {
            return of_kind(JsonKind::Array);
        }
        self.lists += 1;
        let item = self.test(item);
        self.lists -= 1;
        let item = Some(item).filter(|item| *item != VariantTest::default());
        VariantTest { item: item.map(Box::new), ..of_kind(JsonKind::Array) }
    }

    fn named(&mut self, id: TypeId) -> VariantTest {
        if self.path.contains(&id) {
            return VariantTest::default();
        }
        self.path.push(id);
        let test = match &self.types[id.0].shape {
            Shape::Struct(strukt) => of_struct(strukt),
            Shape::Enum(listed) => of_values(&listed.values),
            Shape::Union(union) => {
                let tests = union.variants.iter().map(|variant| self.test(&variant.ty));
                tests.reduce(hull).unwrap_or_default()
            }
            Shape::Alias(alias) => self.test(&alias.target),
        };
        self.path.pop();
        test
    }
}

fn of_kind(kind: JsonKind) -> VariantTest {
    VariantTest { kind: Some(kind), ..VariantTest::default() }
}

fn of_struct(strukt: &Struct) -> VariantTest {
    // Answers do not have what is only for requests, and only answers are read.
    let required = strukt.members.iter().filter(|member| member.required && !member.write_only);
    let members = strukt.members.iter();
    let constants = members.filter_map(|member| Some((member.name.clone(), vec![member.constant.clone()?])));
    VariantTest {
        required: required.map(|member| member.name.clone()).collect(),
        known: strukt.members.iter().map(|member| member.name.clone()).collect(),
        constants: constants.collect(),
        ..of_kind(JsonKind::Object)
    }
}

fn of_values(values: &EnumValues) -> VariantTest {
    match values {
        EnumValues::Strings(values) => VariantTest {
            values: values.iter().map(|known| Value::from(known.value.as_str())).collect(),
            ..of_kind(JsonKind::String)
        },
        EnumValues::Integers(values) => VariantTest {
            values: values.iter().map(|known| Value::from(known.value)).collect(),
            ..of_kind(JsonKind::Integer)
        },
    }
}

fn kind_of(scalar: Scalar) -> JsonKind {
    match scalar {
        Scalar::Bool => JsonKind::Boolean,
        Scalar::Int32 | Scalar::Int64 | Scalar::UInt64 => JsonKind::Integer,
        Scalar::Float | Scalar::Double => JsonKind::Number,
        Scalar::String | Scalar::Date | Scalar::DateTime | Scalar::Base64 => JsonKind::String,
    }
}

/// The test that every value passes that passes one of the two.
fn hull(one: VariantTest, other: VariantTest) -> VariantTest {
    let Some(kind) = kind_of_both(one.kind, other.kind) else { return VariantTest::default() };
    let mut known = one.known;
    known.extend(other.known.into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>());
    let constants = one.constants.into_iter().filter_map(|(name, mut values)| {
        let (_, more) = other.constants.iter().find(|(other, _)| *other == name)?;
        values.extend(more.iter().filter(|value| !values.contains(value)).cloned().collect::<Vec<_>>());
        Some((name, values))
    });
    let has_values = !one.values.is_empty() && !other.values.is_empty();
    VariantTest {
        kind: Some(kind),
        required: one.required.into_iter().filter(|name| other.required.contains(name)).collect(),
        constants: constants.collect(),
        values: if has_values { [one.values, other.values].concat() } else { Vec::new() },
        item: one.item.zip(other.item).map(|(one, other)| Box::new(hull(*one, *other))),
        known,
    }
}

fn kind_of_both(one: Option<JsonKind>, other: Option<JsonKind>) -> Option<JsonKind> {
    match (one?, other?) {
        (JsonKind::Integer, JsonKind::Number) | (JsonKind::Number, JsonKind::Integer) => {
            Some(JsonKind::Number)
        }
        (one, other) => (one == other).then_some(one),
    }
}

/// Whether no value passes both tests as far as kinds go, which is what reading a value checks.
pub(super) fn are_disjoint(one: &VariantTest, other: &VariantTest) -> bool {
    let (Some(kind), Some(other_kind)) = (one.kind, other.kind) else { return false };
    if kind_of_both(Some(kind), Some(other_kind)).is_none() {
        return true;
    }
    match (&one.item, &other.item) {
        (Some(item), Some(other_item)) => are_disjoint(item, other_item),
        _ => false,
    }
}
