//! Success responses: by status, and by media type within one.
//!
//! A client says what it accepts, so several media types of one status are not several
//! responses: what describes the same value as the JSON beside it (YAML, protobuf) is left out, and
//! files that differ only in their format are one response. What is left makes a difference to the
//! caller: JSON or events, JSON or a file.

use crate::document::Cursor;
use crate::ir::{Docs, MediaType, Method, Response, ResponseContent, Status, Type};
use crate::lower::{Scope, docs};

use super::media::{self, ContentKind, SchemaKind, schema_kind};
use super::status::DeclaredResponse;

/// The success responses among `responses`.
pub(super) fn lower<'d>(
    scope: &mut Scope<'_, 'd>,
    operation: &Cursor<'d>,
    declared: &[DeclaredResponse<'d>],
    method: &Method,
    id: &str,
) -> Vec<Response> {
    let mut responses = Vec::new();
    for response in declared {
        let has_body = *method != Method::Head && may_have_body(response.status);
        let representations = if has_body { representations(scope, response) } else { Vec::new() };
        if representations.is_empty() {
            responses.push(empty(response.status, docs::docs(&response.place)));
        }
        let shared = super::component(&response.target, "responses");
        for representation in &representations {
            let status = response.status.to_string();
            let mut name_parts =
                shared.as_deref().map_or_else(|| vec![id, "response"], |shared| vec![shared]);
            if shared.is_none() && declared.len() > 1 {
                name_parts.push(&status);
            }
            if matches!(representation.kind, ContentKind::Events | ContentKind::JsonLines) {
                name_parts.push("event");
            }
            responses.push(representation.lower(scope, response, &name_parts));
        }
    }
    let described = operation.get("responses");
    if responses.is_empty() && described.as_ref().is_some_and(is_reported) {
        responses.push(empty(Status::Range(2), Docs::default()));
    }
    if responses.is_empty() {
        scope.diagnostics.warning(
            "response-undescribed",
            described.as_ref().unwrap_or(operation),
            "no success response is described: the call returns only status and headers",
            "describe the response under its status, or under `2XX`",
        );
        responses.push(empty(Status::Range(2), Docs::default()));
    }
    responses
}

/// Whether a response was reported as malformed, so that a success response may be among them.
fn is_reported(described: &Cursor<'_>) -> bool {
    !described.value().is_object()
        || described.members().any(|(key, _)| !key.starts_with("x-") && super::status::parse(key).is_none())
}

fn empty(status: Status, docs: Docs) -> Response {
    Response { status, media_type: None, content: ResponseContent::Empty, docs, examples: Vec::new() }
}

/// Not 204, 205 or a redirect (RFC 9110, section 15).
fn may_have_body(status: Status) -> bool {
    !matches!(status, Status::Code(100..=199 | 204 | 205 | 300..=399) | Status::Range(1 | 3))
}

/// One media type of a response.
struct Representation<'d> {
    media_type: MediaType,
    kind: ContentKind,
    media: Cursor<'d>,
    schema: Option<Cursor<'d>>,
}

fn representations<'d>(
    scope: &mut Scope<'_, 'd>,
    response: &DeclaredResponse<'d>,
) -> Vec<Representation<'d>> {
    let content = response.target.get("content");
    let all = content.iter().flat_map(Cursor::members);
    let all: Vec<Representation<'d>> =
        all.map(|(name, media)| representation(scope, name, &media.follow())).collect();
    let mut chosen: Vec<Representation<'d>> = Vec::new();
    for (index, candidate) in all.iter().enumerate() {
        let is_covered = all
            .iter()
            .enumerate()
            .any(|(other, better)| other != index && better.covers(candidate, other < index));
        if is_covered {
            continue;
        }
        let same = chosen.iter_mut().find(|same| {
            same.kind == candidate.kind && matches!(candidate.kind, ContentKind::Binary | ContentKind::Text)
        });
        match same {
            Some(same) => same.media_type = same.media_type.common_range(&candidate.media_type),
            None => chosen.push(candidate.copy()),
        }
    }
    chosen
}

fn representation<'d>(scope: &mut Scope<'_, 'd>, name: &str, media: &Cursor<'d>) -> Representation<'d> {
    let media_type = media::read(name, media, scope.diagnostics);
    let schema = media.get("itemSchema").or_else(|| media.get("schema"));
    let kind = match media::kind(&media_type, schema_kind(schema.as_ref())) {
        // Nothing but a browser takes these apart.
        ContentKind::Form => ContentKind::Text,
        ContentKind::Multipart => ContentKind::Binary,
        kind => kind,
    };
    let kind = if name == "*/*" && schema_kind(schema.as_ref()) == SchemaKind::Scalar {
        ContentKind::Text
    } else {
        kind
    };
    Representation { media_type, kind, media: media.clone(), schema }
}

impl<'d> Representation<'d> {
    fn copy(&self) -> Self {
        Self {
            media_type: self.media_type.clone(),
            kind: self.kind,
            media: self.media.clone(),
            schema: self.schema.clone(),
        }
    }

    /// Whether this describes what `other` describes, in a better format.
    fn covers(&self, other: &Self, is_before: bool) -> bool {
        let (Some(own), Some(others)) = (self.rank(), other.rank()) else { return false };
        // A page and a PDF of it are both text to some documents, and not the same.
        let is_other_text = schema_kind(self.schema.as_ref()) != SchemaKind::Structured
            && (self.kind, other.kind) == (ContentKind::Text, ContentKind::Binary);
        let is_better = own < others || (own == others && is_before && self.kind == ContentKind::Json);
        is_better && !is_other_text && self.has_schema_of(other)
    }

    /// How well a format suits what the schema describes, the best first: a string listed as JSON,
    /// YAML and plain text is plain text; anything else is JSON. `None` for streams, which are not
    /// one value.
    fn rank(&self) -> Option<u8> {
        let is_text = schema_kind(self.schema.as_ref()) == SchemaKind::Scalar;
        Some(match self.kind {
            ContentKind::Text if is_text && self.media_type.is_text() => 0,
            ContentKind::Json => 1,
            ContentKind::Text => 2,
            ContentKind::Binary => 3,
            ContentKind::JsonLines | ContentKind::Events | ContentKind::Form | ContentKind::Multipart => {
                return None;
            }
        })
    }

    fn has_schema_of(&self, other: &Self) -> bool {
        match (&self.schema, &other.schema) {
            (Some(left), Some(right)) => left.follow().value() == right.follow().value(),
            _ => false,
        }
    }

    fn lower(
        &self,
        scope: &mut Scope<'_, 'd>,
        response: &DeclaredResponse<'d>,
        name_parts: &[&str],
    ) -> Response {
        let schema = self.schema.as_ref();
        let content = match self.kind {
            ContentKind::Json => ResponseContent::Json(value(scope, schema, name_parts)),
            ContentKind::JsonLines => {
                ResponseContent::JsonLines(value(scope, super::line_schema(&self.media).as_ref(), name_parts))
            }
            ContentKind::Events => {
                ResponseContent::Events(super::event::data(scope, &self.media, name_parts))
            }
            ContentKind::Text | ContentKind::Form => ResponseContent::Text,
            ContentKind::Binary | ContentKind::Multipart => ResponseContent::Binary,
        };
        Response {
            status: response.status,
            media_type: Some(self.media_type.clone()),
            content,
            docs: docs::docs(&response.place),
            examples: docs::examples(&self.media),
        }
    }
}

fn value<'d>(scope: &mut Scope<'_, 'd>, schema: Option<&Cursor<'d>>, name_parts: &[&str]) -> Type {
    schema.map_or(Type::Any, |schema| scope.schemas.lower(schema, name_parts, scope.diagnostics))
}
