//! Properties of objects: the type, and what the document says about its use there.

use serde_json::Value;

use super::enumeration;
use super::merged::merge;
use super::view::{SchemaView, address};
use super::{Schemas, docs, unwrap};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Docs, EnumValues, Property, Scalar, Shape, Type, TypeDef, TypeId};

impl<'d> Schemas<'d> {
    /// Lowers what satisfies all of `schemas` as the property `name`.
    pub(super) fn lower_property(
        &mut self,
        name: &str,
        schemas: &[Cursor<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Property {
        let views: Vec<_> = schemas.iter().map(SchemaView::whole).collect();
        let paths = schemas.iter().map(|schema| unwrap::path(schema, |_| false));
        let paths: Vec<_> = paths.collect();
        let all: Vec<&Cursor<'d>> = paths.iter().flatten().collect();
        // What a named type says is documented there.
        let here = paths
            .iter()
            .flat_map(|path| path.iter().take_while(|place| !self.components.contains_key(&address(place))));
        let docs = docs::first(here.clone(), name);
        let examples = here.flat_map(docs::examples).collect();
        let innermost: Vec<_> = paths.iter().filter_map(|path| path.last()).map(SchemaView::whole).collect();
        let constant = if self.nulls.allow(&views) { None } else { constant(&innermost) };
        let ty = match constant.as_ref().and_then(enumeration::scalar) {
            Some(scalar) => Type::Scalar(scalar),
            None => self.lower_nullable(&views, name_parts, diagnostics),
        };
        let default =
            all.iter().find_map(|place| place.get("default")).map(|default| default.value().clone());
        Property {
            prefilled: constant.is_some() && constant == default,
            constant,
            default,
            read_only: all.iter().any(|place| place.bool("readOnly") == Some(true)),
            write_only: all.iter().any(|place| place.bool("writeOnly") == Some(true)),
            examples,
            ..plain(name, ty, docs)
        }
    }
}

/// The only value that satisfies all of `views`, when it is a scalar.
pub(super) fn constant(views: &[SchemaView<'_>]) -> Option<Value> {
    // Most properties cannot have one, and merging takes time.
    let may_have = |view: &SchemaView<'_>| {
        ["enum", "const", "allOf", "$ref"].iter().any(|keyword| view.schema.get(keyword).is_some())
    };
    if !views.iter().any(may_have) {
        return None;
    }
    let merged = merge(views, &mut Diagnostics::default());
    match merged.values?.as_slice() {
        [only] if merged.one_ofs.is_empty() && enumeration::scalar(&only.value).is_some() => {
            Some(only.value.clone())
        }
        _ => None,
    }
}

/// A property without further keywords.
pub(super) fn plain(name: &str, ty: Type, docs: Docs) -> Property {
    Property {
        name: name.to_owned(),
        ty,
        required: false,
        constant: None,
        prefilled: false,
        default: None,
        read_only: false,
        write_only: false,
        docs,
        examples: Vec::new(),
    }
}

/// Drops the defaults of properties of structs that are not of their property's type. `defaults` are the
/// places of the defaults by struct and property.
pub(super) fn check_defaults(
    types: &mut [TypeDef],
    defaults: &[(TypeId, usize, Cursor<'_>)],
    diagnostics: &mut Diagnostics,
) {
    for (id, place, schema) in defaults {
        let Shape::Struct(strukt) = &types[id.0].shape else { continue };
        let mut property = strukt.properties[*place].clone();
        check_default(&mut property, types, schema, diagnostics);
        if let Shape::Struct(strukt) = &mut types[id.0].shape {
            strukt.properties[*place] = property;
        }
    }
}

/// Drops the default of `property` when it is not of its type.
pub(super) fn check_default(
    property: &mut Property,
    types: &[TypeDef],
    schema: &Cursor<'_>,
    diagnostics: &mut Diagnostics,
) {
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
