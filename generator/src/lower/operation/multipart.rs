//! Multipart bodies: the parts, and how each is written.

use crate::document::Cursor;
use crate::ir::{MediaType, Part, PartContent, Property, Type};
use crate::lower::Scope;

use super::form::{has_style, is_object, items};
use super::media::{self, ContentKind, SchemaKind, content_types, schema_kind};
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
    warn_of_style(scope, encoding.as_ref(), schema);
    let media_types = content_types(encoding.as_ref(), scope.diagnostics);
    // A required part that may be null has to be given, unless it is a file.
    let ty = if property.required { property.ty.clone() } else { super::without_null(property.ty.clone()) };
    let content = content(scope, ty, schema, media_types.first());
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

/// Warns of a style, which would spread lists and objects over several parts.
fn warn_of_style(scope: &mut Scope<'_, '_>, encoding: Option<&Cursor<'_>>, schema: &Cursor<'_>) {
    let Some(encoding) = encoding.filter(|encoding| has_style(encoding)) else { return };
    if is_object(schema) || items(schema).is_some() {
        scope.diagnostics.warning(
            "part-style-unsupported",
            encoding,
            "styles of parts are not supported: each item of a list is a part, and an object is JSON",
            "remove the style if the server reads such parts, as in OpenAPI 3.0; if not, correct the document in an overlay",
        );
    }
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
