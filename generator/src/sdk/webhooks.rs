//! Webhooks and callbacks: what the API sends, and the types to read it as.

use std::collections::HashMap;

use super::{Context, DocText, ModelId, OperationId, Type};
use crate::ir::{self, Shape, TypeId};

/// What the API sends to servers of its users.
#[derive(Clone, Debug, Default)]
pub struct Webhooks {
    /// The union of all payloads; `None` without webhooks that have one.
    pub event: Option<ModelId>,
    /// The webhooks, in the order of the document.
    pub webhooks: Vec<Webhook>,
    /// The callbacks, in the order of the operations that ask for them.
    pub callbacks: Vec<(OperationId, Webhook)>,
}

/// A request that the API sends.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name in the document.
    pub name: String,
    /// The type of its body, when that is JSON.
    pub payload: Option<Type>,
    /// Its documentation.
    pub docs: DocText,
}

impl Webhooks {
    /// Whether the API sends nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.webhooks.is_empty() && self.callbacks.is_empty()
    }
}

/// The webhooks and callbacks of the document.
pub(super) fn plan(context: &Context<'_>) -> Webhooks {
    let api = context.api;
    // A union that is too large is any value, which has no functions.
    let is_union = |id: &TypeId| matches!(api.type_def(*id).shape, Shape::Union(_));
    let event = api.webhooks.event.iter().flat_map(ir::Type::named).find(is_union);
    let mut planned = Webhooks { event: event.map(|id| ModelId(id.0)), ..Webhooks::default() };
    let places: HashMap<&str, usize> =
        api.operations.iter().enumerate().map(|(index, operation)| (operation.id.as_str(), index)).collect();
    for sent in &api.webhooks.all {
        let webhook = Webhook {
            name: sent.name.clone(),
            payload: sent.payload.as_ref().map(|ty| context.ty(ty)),
            docs: DocText::new(&sent.docs, ""),
        };
        match &sent.callback_of {
            None => planned.webhooks.push(webhook),
            Some(id) => {
                let operation = places.get(id.as_str());
                planned.callbacks.extend(operation.map(|index| (OperationId(*index), webhook)));
            }
        }
    }
    planned
}
