//! Webhooks and callbacks: requests that the API sends to servers of its users.

use super::{Docs, Type};
use crate::diagnostic::Location;

/// The requests that the API sends.
#[derive(Clone, Debug, Default)]
pub struct Webhooks {
    /// What the body of a webhook is: a union with a variant for each payload. `None` without webhooks that have one.
    pub event: Option<Type>,
    /// The webhooks in the order of the document, and the callbacks behind them.
    pub all: Vec<Webhook>,
}

/// A request that the API sends.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name in the document.
    pub name: String,
    /// The id of the operation that it is a callback of; `None` for a webhook.
    pub callback_of: Option<String>,
    /// Where the document describes it.
    pub location: Location,
    /// What it is for.
    pub docs: Docs,
    /// The type of its body, when that is JSON.
    pub payload: Option<Type>,
}

impl Webhooks {
    /// The webhooks, without the callbacks.
    pub(crate) fn webhooks(&self) -> impl Iterator<Item = &Webhook> {
        self.all.iter().filter(|webhook| webhook.callback_of.is_none())
    }

    /// The types of the payloads and of what they are variants of.
    pub(crate) fn uses(&self) -> impl Iterator<Item = &Type> {
        self.all.iter().filter_map(|webhook| webhook.payload.as_ref()).chain(&self.event)
    }

    /// Likewise, to change them.
    pub(crate) fn uses_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.all.iter_mut().filter_map(|webhook| webhook.payload.as_mut()).chain(&mut self.event)
    }
}
