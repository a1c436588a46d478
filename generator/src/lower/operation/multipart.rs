//! Multipart bodies: the parts, and how each is written.

use crate::document::{Cursor, Pointer};
use crate::ir::{MediaType, ParameterLocation, Part, PartContent, Property, Style, Type};
use crate::lower::Scope;

use super::form::{has_style, is_object, items};
use super::media::{self, ContentKind, SchemaKind, content_types, schema_kind};
use super::serialization::Serialization;
use crate::lower::schema::Schemas;
use crate::lower::schema::shallow;

/// The parts of a body whose media type object is `media`; `None` when its schema names none.
pub(super) fn parts<'d>(
    scope: &mut Scope<'_, 'd>,
    media: &Cursor<'d>,
    name_parts: &[&str],
) -> Option<Vec<Part>> {
    let schema = media.get("schema")?;
    let properties = scope.schemas.properties(&schema, name_parts, scope.diagnostics)?;
    let properties = properties.into_iter().filter(|(property, _)| !property.read_only);
    Some(properties.map(|(property, schema)| part(scope, media, property, &schema)).collect())
}

fn part(scope: &mut Scope<'_, '_>, media: &Cursor<'_>, property: Property, schema: &Cursor<'_>) -> Part {
    let encoding = media.get("encoding").and_then(|encoding| encoding.get(&property.name));
    let serialization = style(scope, encoding.as_ref(), schema);
    // A part that has a style has no media type (OpenAPI 3.1.1, section 4.8.15).
    let media_types = if serialization.is_some() {
        Vec::new()
    } else {
        content_types(encoding.as_ref(), scope.diagnostics)
    };
    // A required part that may be null has to be given, unless it is a file.
    let ty = if property.required { property.ty.clone() } else { super::without_null(property.ty.clone()) };
    let content = match serialization {
        Some(Serialization { style, explode, .. }) => PartContent::Styled { ty, style, explode },
        None => content(scope, ty, schema, media_types.first()),
    };
    let is_file = matches!(content, PartContent::File | PartContent::Files);
    Part {
        required: property.required && !(is_file && matches!(property.ty, Type::Nullable(_))),
        content,
        // Of several, the caller's file says which it is.
        media_type: match media_types.as_slice() {
            [only] if !only.is_range() => Some(only.clone()),
            _ => None,
        },
        constant: property.constant.filter(|_| property.required || property.prefilled),
        name: property.name,
        default: property.default.filter(|default| !default.is_null()),
        docs: property.docs,
        examples: property.examples,
    }
}

/// How a part is written that has a style; it is of a list or an object. OpenAPI 3.0 has no styles here.
fn style(
    scope: &mut Scope<'_, '_>,
    encoding: Option<&Cursor<'_>>,
    schema: &Cursor<'_>,
) -> Option<Serialization> {
    let encoding = encoding.filter(|encoding| has_style(encoding))?;
    if !is_object(schema) && items(schema).is_none() {
        return None;
    }
    let root = encoding.from_main_root(&Pointer::default());
    if root.and_then(|root| root.str("openapi")).is_some_and(|version| version.starts_with("3.0")) {
        scope.diagnostics.warning(
            "part-style-ignored",
            encoding,
            "OpenAPI 3.0 has no styles for parts: each item of a list is a part, and an object is JSON",
            "remove the style, or describe the API with OpenAPI 3.1 if the server reads such parts",
        );
        return None;
    }
    let serialization = Serialization::of(scope, encoding, ParameterLocation::Query);
    // Each item of a list is a part of its own anyway.
    let is_usual = serialization.style == Style::Form && serialization.explode && !is_object(schema);
    (!is_usual).then_some(serialization)
}

fn content(
    scope: &mut Scope<'_, '_>,
    ty: Type,
    schema: &Cursor<'_>,
    media_type: Option<&MediaType>,
) -> PartContent {
    match files(schema) {
        Files::One => return PartContent::File,
        Files::Several => return PartContent::Files,
        Files::OrElse => {
            scope.diagnostics.warning(
                "part-file-or-value",
                schema,
                "the part is a file or another value; it is treated as a file",
                "nothing to do: the bytes of a file can be those of the value",
            );
            return PartContent::File;
        }
        Files::None => {}
    }
    match media_type.map(|media_type| media::kind(media_type, schema_kind(Some(schema)))) {
        Some(ContentKind::Json) => PartContent::Json(ty),
        Some(ContentKind::Binary) if schema_kind(Some(schema)) != SchemaKind::Structured => PartContent::File,
        None if is_object(schema) => PartContent::Json(ty),
        Some(_) | None => PartContent::Text(ty),
    }
}

/// How many files a part holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    None,
    One,
    Several,
    /// One, or something that is not a file.
    OrElse,
}

/// The files of a part by its schema: one, a list of them, or either.
fn files(schema: &Cursor<'_>) -> Files {
    let values = shallow::query(schema, |schema| {
        if Schemas::is_binary(schema) {
            return Some(Files::One);
        }
        let item = items(schema).filter(Schemas::is_binary);
        item.map(|_| Files::Several)
    });
    let has = |kind: Option<Files>| values.contains(&kind);
    match (has(None), has(Some(Files::Several)), has(Some(Files::One))) {
        (_, false, false) => Files::None,
        (true, _, _) => Files::OrElse,
        (false, true, _) => Files::Several,
        (false, false, true) => Files::One,
    }
}
