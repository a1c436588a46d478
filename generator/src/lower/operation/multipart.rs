//! Multipart bodies: the parts, and how each is written.

use crate::document::Cursor;
use crate::ir::{Member, Part, PartContent, Type};
use crate::lower::Scope;

use super::form::{has_style, is_object, items};
use super::media::{Kind, MediaType, SchemaKind, content_types, schema_kind};
use crate::lower::schema::Schemas;
use crate::lower::schema::glance::told;

/// The parts of a body whose media type object is `media`; `None` when its schema names none.
pub(super) fn parts<'d>(scope: &mut Scope<'_, 'd>, media: &Cursor<'d>, hint: &[&str]) -> Option<Vec<Part>> {
    let schema = media.get("schema")?;
    let members = scope.schemas.members(&schema, hint, scope.found)?;
    let members = members.into_iter().filter(|(member, _)| !member.read_only);
    Some(members.map(|(member, schema)| part(scope, media, member, &schema)).collect())
}

fn part(scope: &mut Scope<'_, '_>, media: &Cursor<'_>, member: Member, schema: &Cursor<'_>) -> Part {
    let encoding = media.get("encoding").and_then(|encoding| encoding.get(&member.name));
    note_style(scope, encoding.as_ref(), schema);
    let media_types = content_types(encoding.as_ref(), scope.found);
    let ty = super::without_null(member.ty.clone());
    Part {
        required: member.required && !matches!(member.ty, Type::Nullable(_)),
        content: content(scope, ty, schema, media_types.first().copied()),
        // Of several, the caller's file says which it is.
        media_type: match media_types.as_slice() {
            [only] if !only.contains('*') => Some((*only).to_owned()),
            _ => None,
        },
        name: member.name,
        default: member.default.filter(|default| !default.is_null()),
        docs: member.docs,
        examples: member.examples,
    }
}

/// A style says how lists and objects are spread over several parts.
fn note_style(scope: &mut Scope<'_, '_>, encoding: Option<&Cursor<'_>>, schema: &Cursor<'_>) {
    let Some(encoding) = encoding.filter(|encoding| has_style(encoding)) else { return };
    if is_object(schema) || items(schema).is_some() {
        scope.found.warning(
            "part-style-not-carried",
            encoding,
            "the style of a part is not carried: a list is one part an item, and an object is JSON",
            "remove it if the server reads parts so, as OpenAPI 3.0 says; if not, overlay the document",
        );
    }
}

fn content(
    scope: &mut Scope<'_, '_>,
    ty: Type,
    schema: &Cursor<'_>,
    media_type: Option<&str>,
) -> PartContent {
    match files(schema) {
        Files::One => return PartContent::File,
        Files::Several => return PartContent::Files,
        Files::OrElse => {
            scope.found.warning(
                "part-file-or-value",
                schema,
                "a part that is a file or something else is carried as a file",
                "nothing to do: the bytes of a file can be those of the value",
            );
            return PartContent::File;
        }
        Files::None => {}
    }
    let named = media_type.and_then(MediaType::parse);
    match named.map(|media_type| media_type.kind(schema_kind(Some(schema)))) {
        Some(Kind::Json) => PartContent::Json(ty),
        Some(Kind::Binary) if schema_kind(Some(schema)) != SchemaKind::Structured => PartContent::File,
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

/// What the schema of a part says of files: one, a list of them, or a choice of both.
fn files(schema: &Cursor<'_>) -> Files {
    let told = told(schema, |schema| {
        if Schemas::is_binary(schema) {
            return Some(Files::One);
        }
        let item = items(schema).filter(Schemas::is_binary);
        item.map(|_| Files::Several)
    });
    let has = |kind: Option<Files>| told.contains(&kind);
    match (has(None), has(Some(Files::Several)), has(Some(Files::One))) {
        (_, false, false) => Files::None,
        (true, _, _) => Files::OrElse,
        (false, true, _) => Files::Several,
        (false, false, true) => Files::One,
    }
}
