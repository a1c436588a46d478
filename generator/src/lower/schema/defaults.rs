//! Drops defaults that do not match the type of their property.

use serde_json::Value;

use super::scalar;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{EnumValues, Property, Resolved, Scalar, Shape, Type, TypeDef, TypeId, resolve};

/// A default of a property of a struct.
pub(in crate::lower) struct DefaultSource<'d> {
    pub(super) struct_id: TypeId,
    /// The place of the property in the struct.
    pub(super) place: usize,
    /// The schema of the property.
    pub(super) schema: Cursor<'d>,
}

/// Drops the defaults of properties of structs that do not match the type. `defaults` are their places.
pub(in crate::lower) fn check_all(
    types: &mut [TypeDef],
    defaults: &[DefaultSource<'_>],
    diagnostics: &mut Diagnostics,
) {
    for DefaultSource { struct_id, place, schema } in defaults {
        let Shape::Struct(strukt) = &types[struct_id.0].shape else { continue };
        let mut property = strukt.properties[*place].clone();
        check(&mut property, types, schema, diagnostics);
        if let Shape::Struct(strukt) = &mut types[struct_id.0].shape {
            strukt.properties[*place] = property;
        }
    }
}

/// Drops the default of `property` when it does not match its type.
pub(super) fn check(
    property: &mut Property,
    types: &[TypeDef],
    schema: &Cursor<'_>,
    diagnostics: &mut Diagnostics,
) {
    let whole = property.default.as_ref().and_then(scalar::whole);
    if let (Some(whole), Resolved::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::UInt64)) =
        (whole, resolve(types, &property.ty))
    {
        property.default = Some(whole);
    }
    if !default_fits(property, types) {
        let place = schema.get("default").unwrap_or_else(|| schema.clone());
        drop_default(property, &place, diagnostics);
    }
}

fn default_fits(property: &Property, types: &[TypeDef]) -> bool {
    property.default.as_ref().is_none_or(|default| fits(default, &property.ty, types, 0))
}

fn drop_default(property: &mut Property, place: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    let Some(default) = property.default.take() else { return };
    // A default of null means that an absent property has no value, whatever its type.
    if !default.is_null() {
        diagnostics.warning(
            "default-type",
            place,
            format!(
                "the default of `{}`, {default}, does not match the type of the property and is ignored",
                property.name
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
    match resolve(types, ty) {
        Resolved::Any => true,
        Resolved::Nullable(ty) => value.is_null() || fits(value, ty, types, depth + 1),
        Resolved::Scalar(scalar) => fits_scalar(value, scalar),
        Resolved::List(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(value, item, types, depth + 1))),
        Resolved::Tuple(places) => value.as_array().is_some_and(|items| {
            items.len() == places.len()
                && places.iter().zip(items).all(|(place, value)| fits(value, place, types, depth + 1))
        }),
        Resolved::Map(_) | Resolved::Struct(..) => value.is_object(),
        Resolved::Enum(_, listed) => match &listed.values {
            EnumValues::Strings(_) => value.is_string(),
            EnumValues::Integers(_) => value.is_i64(),
        },
        Resolved::Union(_, union) => {
            union.variants.iter().any(|variant| fits(value, &variant.ty, types, depth + 1))
        }
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
