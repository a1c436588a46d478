//! Media types: what the content of a body or a response is.
//!
//! The name of a media type and its schema come in. The name decides, and the schema helps
//! where the name says little (`*/*`, `application/vnd.example.object`).

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::MediaType;
use crate::lower::schema::Schemas;
use crate::lower::schema::shallow;

/// What is in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentKind {
    Json,
    JsonLines,
    Events,
    Form,
    Multipart,
    Text,
    Binary,
}

/// The kind of the values that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaKind {
    /// Nothing, or anything.
    Open,
    /// Objects, lists, and unions of them.
    Structured,
    /// Text, numbers and truth values.
    Scalar,
    /// Bytes as they are.
    Binary,
}

/// Parses the key `text` of the media type object at `place`; any media type where it is not the name of one,
/// which is reported.
pub(super) fn read(text: &str, place: &Cursor<'_>, diagnostics: &mut Diagnostics) -> MediaType {
    MediaType::parse(text).unwrap_or_else(|| {
        report_malformed(text, place, diagnostics);
        MediaType::any()
    })
}

/// The content of a value with this media type and a schema of this kind.
pub(super) fn kind(media_type: &MediaType, schema: SchemaKind) -> ContentKind {
    if media_type.is_event_stream() {
        ContentKind::Events
    } else if media_type.is_json_lines() {
        ContentKind::JsonLines
    } else if media_type.is_json() {
        ContentKind::Json
    } else if media_type.is_form() {
        ContentKind::Form
    } else if media_type.is_multipart() {
        ContentKind::Multipart
    } else if schema == SchemaKind::Binary {
        ContentKind::Binary
    } else if media_type.is_text() || media_type.is_text_format() {
        ContentKind::Text
    } else if media_type.is_binary_format() {
        ContentKind::Binary
    } else if media_type.is_unspecific() && schema == SchemaKind::Structured {
        ContentKind::Json
    } else {
        ContentKind::Binary
    }
}

/// The media types that `encoding` allows. What is not the name of one is reported and
/// left out.
pub(super) fn content_types(encoding: Option<&Cursor<'_>>, diagnostics: &mut Diagnostics) -> Vec<MediaType> {
    let Some(place) = encoding.and_then(|encoding| encoding.get("contentType")) else { return Vec::new() };
    let mut media_types = Vec::new();
    for name in place.as_str().into_iter().flat_map(|names| names.split(',')).map(str::trim) {
        match MediaType::parse(name) {
            Some(media_type) => media_types.push(media_type),
            None => report_malformed(name, &place, diagnostics),
        }
    }
    media_types
}

/// Reports that `text` at `place` is not the name of a media type.
fn report_malformed(text: &str, place: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        "media-type-malformed",
        place,
        format!("`{text}` is not a media type"),
        "write a type and a subtype, like `application/json`",
    );
}

/// The kind of the values that `schema` describes.
pub(super) fn schema_kind(schema: Option<&Cursor<'_>>) -> SchemaKind {
    let values: Vec<_> =
        schema.into_iter().flat_map(|schema| shallow::query(schema, own_kind)).flatten().collect();
    let is_structured = values.contains(&SchemaKind::Structured);
    let last = values.last().copied().unwrap_or(SchemaKind::Open);
    if is_structured { SchemaKind::Structured } else { last }
}

fn own_kind(schema: &Cursor<'_>) -> Option<SchemaKind> {
    let has = |keyword: &str| schema.get(keyword).is_some();
    if Schemas::is_binary(schema) {
        Some(SchemaKind::Binary)
    } else if types(schema).any(|name| name == "object" || name == "array")
        || has("properties")
        || has("items")
    {
        Some(SchemaKind::Structured)
    } else if types(schema).next().is_some() || has("enum") || has("const") {
        Some(SchemaKind::Scalar)
    } else {
        None
    }
}

/// The types that a schema names, `null` apart.
pub(super) fn types<'d>(schema: &Cursor<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    let single = schema.str("type");
    let several = schema.get("type");
    let several = several.into_iter().flat_map(|list| list.items()).filter_map(|name| name.as_str());
    single.into_iter().chain(several).filter(|name| *name != "null")
}
