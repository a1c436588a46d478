//! Error responses: the bodies that errors come with.

use crate::document::Cursor;
use crate::ir::{ErrorResponse, MediaType, Status, Type};
use crate::lower::{Scope, docs};

use super::media::{self, ContentKind, schema_kind};
use super::status::DeclaredResponse;

/// The error responses among `responses`, JSON first within a status.
pub(super) fn lower<'d>(
    scope: &mut Scope<'_, 'd>,
    responses: &[DeclaredResponse<'d>],
    id: &str,
) -> Vec<ErrorResponse> {
    let mut errors = Vec::new();
    for response in responses {
        let mut same_status = lower_response(scope, response, id);
        same_status.sort_by_key(|error| error.body.is_none());
        errors.extend(same_status);
    }
    errors
}

fn lower_response<'d>(
    scope: &mut Scope<'_, 'd>,
    response: &DeclaredResponse<'d>,
    id: &str,
) -> Vec<ErrorResponse> {
    let docs = docs::docs(&response.place);
    let content = response.target.get("content");
    let mut errors: Vec<ErrorResponse> = Vec::new();
    for (name, media) in content.iter().flat_map(Cursor::members) {
        let media = media.follow();
        let media_type = media::read(name, &media, scope.diagnostics);
        let error = ErrorResponse {
            status: response.status,
            body: body(scope, response, &media_type, &media, id),
            media_type: Some(media_type),
            docs: docs.clone(),
            examples: docs::examples(&media),
        };
        // `application/json` and `application/problem+json` often are the same.
        if error.body.is_none() || errors.iter().all(|other| other.body != error.body) {
            errors.push(error);
        }
    }
    if errors.is_empty() {
        let status = response.status;
        errors.push(ErrorResponse { status, media_type: None, body: None, docs, examples: Vec::new() });
    }
    errors
}

fn body<'d>(
    scope: &mut Scope<'_, 'd>,
    response: &DeclaredResponse<'d>,
    media_type: &MediaType,
    media: &Cursor<'d>,
    id: &str,
) -> Option<Type> {
    let schema = media.get("schema")?;
    let kind = media::kind(media_type, schema_kind(Some(&schema)));
    if kind != ContentKind::Json {
        return None;
    }
    let status = response.status.to_string();
    let shared = super::component(&response.target, "responses");
    let name_parts = match (shared.as_deref(), response.status) {
        (Some(shared), _) => vec![shared],
        (None, Status::Default) => vec![id, "error"],
        (None, _) => vec![id, &status, "error"],
    };
    Some(scope.schemas.lower(&schema, &name_parts, scope.diagnostics))
}
