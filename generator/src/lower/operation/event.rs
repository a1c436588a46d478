//! Server-sent events: what is in the data of one.
//!
//! Documents describe the data itself (`OpenAI`), or the whole event with its `event`, `data`,
//! `id` and `retry` (OpenAPI 3.2's `itemSchema`). Only the data needs a type.

use crate::document::Cursor;
use crate::ir::Type;
use crate::lower::Scope;

use super::media::{SchemaKind, schema_kind, types};

/// The fields of an event (HTML, section 9.2.6).
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

/// The type of the data of the events that `media` describes.
pub(super) fn data<'d>(scope: &mut Scope<'_, 'd>, media: &Cursor<'d>, name_parts: &[&str]) -> Type {
    let Some(schema) = media.get("itemSchema").or_else(|| media.get("schema")) else { return Type::Any };
    match described(&schema) {
        Data::Schema(data) => scope.schemas.lower(&data, name_parts, scope.diagnostics),
        Data::Unknown => Type::Any,
        Data::Several => {
            scope.diagnostics.warning(
                "event-data-untyped",
                &schema,
                "the data of the events differs by the name of the event",
                "describe the data by itself, as a union",
            );
            Type::Any
        }
    }
}

enum Data<'d> {
    Schema(Cursor<'d>),
    /// Text that nobody describes further.
    Unknown,
    /// The data differs by the name of the event.
    Several,
}

fn described<'d>(schema: &Cursor<'d>) -> Data<'d> {
    if let Some(data) = frame_data(schema) {
        return content_of(&data);
    }
    let target = schema.follow();
    let frames: Vec<Option<Cursor<'d>>> = branches(&target).map(|branch| frame_data(&branch)).collect();
    if frames.is_empty() || frames.iter().any(Option::is_none) {
        return content_of(schema);
    }
    // The end marker is not data: the stream ends there.
    let mut typed = frames.into_iter().flatten().filter(|data| !is_marker(data));
    match (typed.next(), typed.next()) {
        (None, _) => Data::Unknown,
        (Some(data), None) => content_of(&data),
        (Some(_), Some(_)) => Data::Several,
    }
}

/// The schemas that a schema chooses among or is made of, `null` apart.
fn branches<'d>(target: &Cursor<'d>) -> impl Iterator<Item = Cursor<'d>> + use<'d> {
    let lists: Vec<Cursor<'d>> =
        ["oneOf", "anyOf", "allOf"].iter().filter_map(|keyword| target.get(keyword)).collect();
    let all = lists.into_iter().flat_map(|list| list.items());
    all.filter(|branch| branch.follow().str("type") != Some("null"))
}

/// The schema of the data, when `schema` is that of a whole event.
fn frame_data<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    let properties = schema.follow().get("properties")?;
    let is_frame = properties.members().all(|(name, _)| FIELDS.contains(&name));
    if is_frame { properties.get("data") } else { None }
}

/// Whether there is one value only, such as `[DONE]`.
fn is_marker(data: &Cursor<'_>) -> bool {
    let data = data.follow();
    let is_single = data.get("enum").is_some_and(|values| values.items().count() == 1);
    types(&data).eq(["string"]) && (is_single || data.get("const").is_some())
}

/// JSON that a document describes as text with a schema of its own, or as text alone.
fn content_of<'d>(schema: &Cursor<'d>) -> Data<'d> {
    if let Some(content) = schema.follow().get("contentSchema") {
        return Data::Schema(content);
    }
    match schema_kind(Some(schema)) {
        SchemaKind::Scalar | SchemaKind::Binary if types(&schema.follow()).eq(["string"]) => Data::Unknown,
        _ => Data::Schema(schema.clone()),
    }
}
