//! Webhooks (OpenAPI 3.1, section 4.8.1) and callbacks (section 4.8.18): the type of what the API sends.
//!
//! Of each only the JSON of its body matters to a client, and the texts about it.

use crate::document::Cursor;
use crate::ir::{Type, Webhook};
use crate::lower::Scope;
use crate::lower::selection::Candidate;

use super::media::{self, ContentKind, schema_kind};
use super::{component, methods, operation_docs};

/// The keys of webhooks: before OpenAPI 3.1 there was only an extension.
const KEYS: [&str; 2] = ["webhooks", "x-webhooks"];

/// The webhooks of the document at `root`.
pub(in crate::lower) fn webhooks<'d>(scope: &mut Scope<'_, 'd>, root: &Cursor<'d>) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    let declared: Vec<_> = KEYS.iter().filter_map(|key| root.get(key)).collect();
    for (name, place) in declared.iter().flat_map(Cursor::members) {
        let item = place.follow();
        for (_, _, operation) in methods(scope, &item) {
            let id = operation.str("operationId").unwrap_or(name);
            let candidate = Candidate { id, path: name, place: &place, item: &item, operation: &operation };
            if scope.selection.keeps(&candidate) {
                webhooks.push(webhook(scope, &item, &operation, name, &[name, "webhook"]));
            }
        }
    }
    webhooks
}

/// The callbacks of the operation with this `id`. One that several operations refer to is that of the first: with
/// each of many operations, many of them would be too many.
pub(super) fn callbacks<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>, id: &str) -> Vec<Webhook> {
    let mut callbacks = Vec::new();
    let declared = operation.get("callbacks");
    for (name, callback) in declared.iter().flat_map(Cursor::members) {
        // Each property is a path item, under the expression for its URL.
        let callback = callback.follow();
        if !scope.seen_callbacks.insert(callback.address()) {
            continue;
        }
        for (_, place) in callback.members().filter(|(expression, _)| !expression.starts_with("x-")) {
            let item = place.follow();
            for (_, _, request) in methods(scope, &item) {
                let callback = webhook(scope, &item, &request, name, &[id, name]);
                callbacks.push(Webhook { callback_of: Some(id.to_owned()), ..callback });
            }
        }
    }
    callbacks
}

fn webhook<'d>(
    scope: &mut Scope<'_, 'd>,
    item: &Cursor<'d>,
    operation: &Cursor<'d>,
    name: &str,
    name_parts: &[&str],
) -> Webhook {
    Webhook {
        name: name.to_owned(),
        callback_of: None,
        location: operation.location(),
        docs: operation_docs(item, operation),
        payload: payload(scope, operation, name_parts),
    }
}

/// The type of the JSON in the body of a request.
fn payload<'d>(scope: &mut Scope<'_, 'd>, operation: &Cursor<'d>, name_parts: &[&str]) -> Option<Type> {
    let body = operation.get("requestBody")?.follow();
    let shared = component(&body, "requestBodies");
    let content = body.get("content")?;
    let schema = content.members().find_map(|(name, media)| {
        let (media, schema) = (media.follow(), media.follow().get("schema")?);
        let media_type = media::read(name, &media, scope.diagnostics);
        (media::kind(&media_type, schema_kind(Some(&schema))) == ContentKind::Json).then_some(schema)
    })?;
    let name_parts = shared.as_deref().map_or_else(|| name_parts.to_vec(), |shared| vec![shared]);
    match scope.schemas.lower(&schema, &name_parts, scope.diagnostics) {
        Type::Nullable(inner) => Some(*inner),
        ty => Some(ty),
    }
}
