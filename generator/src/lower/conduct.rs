//! What the settings say about how calls behave: whether a request may be sent again, and how a
//! stream of events ends. A document has no words for either.
//!
//! In go the lowered operations and the settings; the operations are completed in place.

use crate::config::{Config, EventsConfig, Idempotency, OperationConfig};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, EventRules, Method, Operation, Repeat, ResponseContent};

/// Completes the operations of `api`.
pub(super) fn settle(api: &mut Api, config: &Config, found: &mut Diagnostics) {
    api.idempotency_header = header(config, found);
    for operation in &mut api.operations {
        let own = config.operations.get(&operation.id);
        operation.repeat = repeat(operation, own, config);
        operation.events = events(operation, own, config, found);
    }
}

/// The header of idempotency keys, when it is not the usual one. Its name is a token (RFC 9110, section 5.1).
fn header(config: &Config, found: &mut Diagnostics) -> Option<String> {
    let name = config.idempotency.header.as_ref()?;
    let is_token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    if !name.is_empty() && name.chars().all(is_token) {
        return Some(name.to_ascii_lowercase());
    }
    found.error(
        "config-header-invalid",
        config.location(&["idempotency", "header"]),
        format!("`{name}` cannot be the name of a header"),
        "use letters, digits and hyphens",
    );
    None
}

fn repeat(operation: &Operation, own: Option<&OperationConfig>, config: &Config) -> Repeat {
    let is_idempotent = !matches!(operation.method, Method::Post | Method::Patch);
    match own.and_then(|own| own.idempotency) {
        Some(Idempotency::Idempotent) => Repeat::Safe,
        Some(Idempotency::NotIdempotent) => Repeat::Unsafe,
        Some(Idempotency::WithKey) => Repeat::Keyed,
        None if config.idempotency.all && !is_idempotent => Repeat::Keyed,
        Some(Idempotency::ByMethod) | None => Repeat::ByMethod,
    }
}

fn events(
    operation: &Operation,
    own: Option<&OperationConfig>,
    config: &Config,
    found: &mut Diagnostics,
) -> Option<EventRules> {
    let is_events = |content: &ResponseContent| matches!(content, ResponseContent::Events(_));
    let has_events = operation.responses.iter().any(|response| is_events(&response.content));
    let own = own.and_then(|own| own.events.as_ref());
    if own.is_some() && !has_events {
        found.error(
            "config-events-unused",
            config.location(&["operations", &operation.id, "events"]),
            format!("the operation `{}` gives no stream of events", operation.id),
            "remove the entry",
        );
    }
    let EventsConfig { end, errors } = own.or(config.events.as_ref()).filter(|_| has_events)?.clone();
    Some(EventRules { end, errors })
}
