//! Retry and streaming settings: whether the request of an operation is idempotent, and how its event
//! stream ends. OpenAPI can express neither.
//!
//! In go the lowered operations and the settings; the operations are completed in place.

use crate::config::{self, Config, EventsConfig, OperationConfig};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, EventRules, Idempotency, Operation, ResponseContent};

/// Completes the operations of `api`.
pub(super) fn apply(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    api.idempotency_header = header(config, diagnostics);
    for operation in &mut api.operations {
        let own = config.operations.get(&operation.id);
        operation.idempotency = idempotency(operation, own, config);
        operation.events = events(operation, own, config, diagnostics);
    }
}

/// The header of idempotency keys, when it is not the usual one. Its name is a token (RFC 9110, section 5.1).
fn header(config: &Config, diagnostics: &mut Diagnostics) -> Option<String> {
    let name = config.idempotency.header.as_ref()?;
    let is_token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    if !name.is_empty() && name.chars().all(is_token) {
        return Some(name.to_ascii_lowercase());
    }
    diagnostics.error(
        "config-header-invalid",
        config.location(&["idempotency", "header"]),
        format!("`{name}` cannot be the name of a header"),
        "use letters, digits and hyphens",
    );
    None
}

fn idempotency(operation: &Operation, own: Option<&OperationConfig>, config: &Config) -> Idempotency {
    let is_idempotent = operation.method.is_idempotent();
    match own.and_then(|own| own.idempotency) {
        Some(config::Idempotency::Idempotent) => Idempotency::Idempotent,
        Some(config::Idempotency::NotIdempotent) => Idempotency::NotIdempotent,
        Some(config::Idempotency::WithKey) => Idempotency::WithKey,
        None if config.idempotency.all && !is_idempotent => Idempotency::WithKey,
        Some(config::Idempotency::ByMethod) | None => Idempotency::ByMethod,
    }
}

fn events(
    operation: &Operation,
    own: Option<&OperationConfig>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<EventRules> {
    let is_events = |content: &ResponseContent| matches!(content, ResponseContent::Events(_));
    let has_events = operation.responses.iter().any(|response| is_events(&response.content));
    let own = own.and_then(|own| own.events.as_ref());
    if own.is_some() && !has_events {
        diagnostics.error(
            "config-events-unused",
            config.location(&["operations", &operation.id, "events"]),
            format!("the operation `{}` has no event stream", operation.id),
            "remove the entry",
        );
    }
    let EventsConfig { end, errors } = own.or(config.events.as_ref()).filter(|_| has_events)?.clone();
    Some(EventRules { end, errors })
}
