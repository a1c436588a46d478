//! What an object holds under a name: its type, and all that is said about its use there.

use serde_json::Value;

use super::enumeration;
use super::flat::flatten;
use super::part::{Part, address};
use super::{Schemas, docs, peel};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Docs, EnumValues, Member, Scalar, Shape, Type, TypeDef, TypeId};

impl<'d> Schemas<'d> {
    /// Lowers what satisfies all of `schemas` as the member `name`.
    pub(super) fn member_of(
        &mut self,
        name: &str,
        schemas: &[Cursor<'d>],
        hint: &[String],
        found: &mut Diagnostics,
    ) -> Member {
        let parts: Vec<_> = schemas.iter().map(Part::whole).collect();
        let ways = schemas.iter().map(|schema| peel::way(schema, |_| false));
        let ways: Vec<_> = ways.collect();
        let all: Vec<&Cursor<'d>> = ways.iter().flatten().collect();
        // What a named type says is said there.
        let here = ways
            .iter()
            .flat_map(|way| way.iter().take_while(|place| !self.components.contains_key(&address(place))));
        let docs = docs::first(here.clone(), name);
        let examples = here.flat_map(docs::examples).collect();
        let ends: Vec<_> = ways.iter().filter_map(|way| way.last()).map(Part::whole).collect();
        let constant = if self.nulls.allow(&parts) { None } else { constant(&ends) };
        let ty = match constant.as_ref().and_then(enumeration::scalar) {
            Some(scalar) => Type::Scalar(scalar),
            None => self.parts(&parts, hint, found),
        };
        let default =
            all.iter().find_map(|place| place.get("default")).map(|default| default.value().clone());
        Member {
            implied: constant.is_some() && constant == default,
            constant,
            default,
            read_only: all.iter().any(|place| place.bool("readOnly") == Some(true)),
            write_only: all.iter().any(|place| place.bool("writeOnly") == Some(true)),
            examples,
            ..plain(name, ty, docs)
        }
    }
}

/// The only value that satisfies all of `parts`, when it is a scalar.
pub(super) fn constant(parts: &[Part<'_>]) -> Option<Value> {
    // Most members cannot have one, and merging takes time.
    let may_have = |part: &Part<'_>| {
        ["enum", "const", "allOf", "$ref"].iter().any(|keyword| part.schema.get(keyword).is_some())
    };
    if !parts.iter().any(may_have) {
        return None;
    }
    let flat = flatten(parts, &mut Diagnostics::default());
    match flat.values?.as_slice() {
        [only] if flat.choices.is_empty() && enumeration::scalar(&only.value).is_some() => {
            Some(only.value.clone())
        }
        _ => None,
    }
}

/// A member of which nothing is said but this.
pub(super) fn plain(name: &str, ty: Type, docs: Docs) -> Member {
    Member {
        name: name.to_owned(),
        ty,
        required: false,
        constant: None,
        implied: false,
        default: None,
        read_only: false,
        write_only: false,
        docs,
        examples: Vec::new(),
    }
}

/// Drops the defaults of members of structs that are not of their member's type. `defaults` are the
/// places of the defaults by struct and member.
pub(super) fn check_defaults(
    types: &mut [TypeDef],
    defaults: &[(TypeId, usize, Cursor<'_>)],
    found: &mut Diagnostics,
) {
    for (id, place, schema) in defaults {
        let Shape::Struct(strukt) = &types[id.0].shape else { continue };
        let mut member = strukt.members[*place].clone();
        check_default(&mut member, types, schema, found);
        if let Shape::Struct(strukt) = &mut types[id.0].shape {
            strukt.members[*place] = member;
        }
    }
}

/// Drops the default of `member` when it is not of its type.
pub(super) fn check_default(
    member: &mut Member,
    types: &[TypeDef],
    schema: &Cursor<'_>,
    found: &mut Diagnostics,
) {
    if !default_fits(member, types) {
        let place = schema.get("default").unwrap_or_else(|| schema.clone());
        drop_default(member, &place, found);
    }
}

fn default_fits(member: &Member, types: &[TypeDef]) -> bool {
    member.default.as_ref().is_none_or(|default| fits(default, &member.ty, types, 0))
}

fn drop_default(member: &mut Member, place: &Cursor<'_>, found: &mut Diagnostics) {
    let Some(default) = member.default.take() else { return };
    // A default of null says that an absent member has no value, whatever its type.
    if !default.is_null() {
        found.warning(
            "default-type",
            place,
            format!(
                "the default of `{}`, {default}, is not of the member's type and is left out",
                member.name
            ),
            "correct the default or the type",
        );
    }
}

/// How deep a default is compared with its type.
const FIT_LIMIT: usize = 16;

/// Whether `value` is of a type, as far as its shape goes. Enums are open.
fn fits(value: &Value, ty: &Type, types: &[TypeDef], depth: usize) -> bool {
    if depth > FIT_LIMIT {
        return true;
    }
    match ty {
        Type::Any => true,
        Type::Nullable(ty) => value.is_null() || fits(value, ty, types, depth),
        Type::Scalar(scalar) => fits_scalar(value, *scalar),
        Type::List(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(value, item, types, depth + 1))),
        Type::Map(_) => value.is_object(),
        Type::Named(id) | Type::Boxed(id) => match &types[id.0].shape {
            Shape::Struct(_) => value.is_object(),
            Shape::Enum(listed) => match &listed.values {
                EnumValues::Strings(_) => value.is_string(),
                EnumValues::Integers(_) => value.is_i64(),
            },
            Shape::Union(union) => {
                union.variants.iter().any(|variant| fits(value, &variant.ty, types, depth + 1))
            }
            Shape::Alias(alias) => fits(value, &alias.target, types, depth + 1),
        },
    }
}

fn fits_scalar(value: &Value, scalar: Scalar) -> bool {
    match scalar {
        Scalar::Bool => value.is_boolean(),
        Scalar::Int32 => value.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
        Scalar::Int64 => value.is_i64(),
        Scalar::UInt64 => value.is_u64(),
        Scalar::Float | Scalar::Double => value.is_number(),
        Scalar::String | Scalar::Date | Scalar::DateTime | Scalar::Base64 => value.is_string(),
    }
}
