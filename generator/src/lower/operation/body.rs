//! Request bodies: one for each media type that the caller can choose.

use crate::document::Cursor;
use crate::ir::{Body, BodyContent, Docs, MediaType, Type};
use crate::lower::{Scope, docs};

use super::media::{self, ContentKind, SchemaKind, schema_kind};
use super::{form, multipart};

/// The bodies of `operation`, and whether one must be sent.
pub(super) fn lower<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>, id: &str) -> (Vec<Body>, bool) {
    let Some(place) = operation.get("requestBody") else { return (Vec::new(), false) };
    let target = place.follow();
    if target.is_broken() {
        return (Vec::new(), false);
    }
    let content: Vec<(&str, Cursor<'_>)> = target.get("content").iter().flat_map(Cursor::members).collect();
    let says_content = target.get("content").is_some_and(|content| !content.value().is_object());
    if content.is_empty() && !says_content {
        scope.diagnostics.warning(
            "body-without-content",
            &target,
            "the request body has no media type, so nothing is sent",
            "list its media types in `content`",
        );
    }
    let docs = docs::docs(&place);
    let shared = super::component(&target, "requestBodies");
    let mut name_parts = shared.as_deref().map_or_else(|| vec![id, "request"], |shared| vec![shared]);
    let mut bodies: Vec<Body> = Vec::new();
    for (index, (media_type, media)) in content.iter().enumerate() {
        // Each body that needs a type gets one of its own, named after the media type from the second on.
        if index > 0 {
            name_parts.truncate(if shared.is_some() { 1 } else { 2 });
            name_parts.push(media_type);
        }
        let body = lower_one(scope, media_type, &media.follow(), docs.clone(), &name_parts);
        // Two that differ only in their parameters are one, and so are names of JSON with the same content.
        let is_other = |body: &Body, other: &Body| {
            body.media_type.essence() != other.media_type.essence()
                && !matches!((&body.content, &other.content), (BodyContent::Json(ty), BodyContent::Json(same)) if ty == same)
        };
        let Some(body) = body else { continue };
        let is_usual = |body: &Body| body.media_type.essence() == "application/json";
        match bodies.iter_mut().find(|other| !is_other(&body, other)) {
            Some(other) if is_usual(&body) && !is_usual(other) => other.media_type = body.media_type,
            Some(_) => {}
            None => bodies.push(body),
        }
    }
    let required = target.bool("required");
    if required == Some(false) {
        bodies.iter_mut().for_each(make_optional);
    }
    let is_required = required == Some(true) && !bodies.is_empty();
    (bodies, is_required)
}

/// Makes the fields of a form optional: a form that need not be sent has them only when it is sent. Where a
/// document does not say whether the body is required, its required fields say so.
fn make_optional(body: &mut Body) {
    match &mut body.content {
        BodyContent::Form(fields) => fields.iter_mut().for_each(|field| field.required = false),
        BodyContent::Multipart(parts) => parts.iter_mut().for_each(|part| part.required = false),
        BodyContent::Json(_) | BodyContent::JsonLines(_) | BodyContent::Text | BodyContent::Binary => {}
    }
}

/// `None` when nothing can be sent.
fn lower_one<'d>(
    scope: &mut Scope<'_, 'd>,
    name: &str,
    media: &Cursor<'d>,
    docs: Docs,
    name_parts: &[&str],
) -> Option<Body> {
    let media_type = media::read(name, media, scope.diagnostics);
    let schema = media.get("schema");
    let kind = media::kind(&media_type, schema_kind(schema.as_ref()));
    let content = match kind {
        ContentKind::Json => BodyContent::Json(value(scope, schema.as_ref(), name_parts)),
        ContentKind::JsonLines => lines(scope, media, name_parts),
        ContentKind::Form => BodyContent::Form(form::fields(scope, media, name_parts)),
        ContentKind::Multipart => multipart_body(scope, &media_type, media, name_parts),
        ContentKind::Text | ContentKind::Events => BodyContent::Text,
        ContentKind::Binary => BodyContent::Binary,
    };
    // An empty form is how some documents write that there is no body.
    let is_nothing = matches!(&content, BodyContent::Form(fields) if fields.is_empty());
    let media_type = sendable(media_type, &content);
    let body = Body { media_type, content, docs, examples: docs::examples(media) };
    (!is_nothing).then_some(body)
}

fn value<'d>(scope: &mut Scope<'_, 'd>, schema: Option<&Cursor<'d>>, name_parts: &[&str]) -> Type {
    schema.map_or(Type::Any, |schema| scope.schemas.lower(schema, name_parts, scope.diagnostics))
}

/// A file of lines that is described as text or bytes is sent as it is.
fn lines<'d>(scope: &mut Scope<'_, 'd>, media: &Cursor<'d>, name_parts: &[&str]) -> BodyContent {
    let item = super::line_schema(media);
    match schema_kind(item.as_ref()) {
        SchemaKind::Binary | SchemaKind::Scalar => BodyContent::Binary,
        SchemaKind::Open | SchemaKind::Structured => {
            BodyContent::JsonLines(value(scope, item.as_ref(), name_parts))
        }
    }
}

fn multipart_body<'d>(
    scope: &mut Scope<'_, 'd>,
    media_type: &MediaType,
    media: &Cursor<'d>,
    name_parts: &[&str],
) -> BodyContent {
    if media_type.subtype() != "form-data" {
        scope.diagnostics.error(
            "media-type-multipart",
            media,
            format!("bodies of the type `multipart/{}` are not supported", media_type.subtype()),
            "use `multipart/form-data`",
        );
        return BodyContent::Binary;
    }
    if let Some(parts) = multipart::parts(scope, media, name_parts) {
        return BodyContent::Multipart(parts);
    }
    if !media.get("schema").is_some_and(|schema| schema.is_broken()) {
        scope.diagnostics.warning(
            "multipart-without-parts",
            media,
            "the parts of the multipart body are not described: the caller passes the encoded body as bytes",
            "describe it as an object with a property for each part",
        );
    }
    BodyContent::Binary
}

/// A range of media types cannot be sent: what stands for it.
fn sendable(media_type: MediaType, content: &BodyContent) -> MediaType {
    if !media_type.is_range() {
        return media_type;
    }
    let concrete = match content {
        BodyContent::Json(_) => "application/json",
        BodyContent::Text => "text/plain",
        _ => "application/octet-stream",
    };
    MediaType::parse(concrete).unwrap_or(media_type)
}
