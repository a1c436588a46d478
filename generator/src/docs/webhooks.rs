//! The page of what the API sends by itself: webhooks, and callbacks of operations.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Pages, resource, site_map, tables};
use crate::prose::Prose;
use crate::render;
use crate::sdk::{ModelKind, OperationId, ResourceId, Sdk, Webhook};

/// The page as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    library: String,
    /// The variant of a webhook, to show; empty without webhooks that have a payload.
    variant: String,
    webhooks: Vec<WebhookRow>,
    callbacks: Vec<CallbackRow>,
    /// The type of a callback, to show; empty without one.
    callback: String,
}

/// A row of the table of webhooks.
#[derive(Debug, Serialize)]
struct WebhookRow {
    name: Prose,
    payload: Prose,
    description: Prose,
}

/// A row of the table of callbacks.
#[derive(Debug, Serialize)]
struct CallbackRow {
    name: Prose,
    operation: Prose,
    payload: Prose,
    description: Prose,
}

/// The text of the page.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let sdk = pages.sdk;
    let callbacks = &sdk.webhooks.callbacks;
    let models = callbacks.iter().filter_map(|(_, callback)| callback.payload.as_ref()?.model());
    let view = View {
        library: sdk.package.library.clone(),
        variant: variant(sdk).unwrap_or_default(),
        webhooks: sdk.webhooks.webhooks.iter().map(|webhook| webhook_row(webhook, sdk)).collect(),
        callbacks: callback_rows(sdk),
        callback: models.map(|model| model.name.to_string()).next().unwrap_or_default(),
    };
    render::template("docs/webhooks.md", &view)
}

/// The first variant of the event.
fn variant(sdk: &Sdk) -> Option<String> {
    match &sdk.model(sdk.webhooks.event?).kind {
        ModelKind::Union(union) => union.variants.first().map(|variant| variant.name.to_string()),
        _ => None,
    }
}

fn webhook_row(webhook: &Webhook, sdk: &Sdk) -> WebhookRow {
    WebhookRow {
        name: Prose::code(&webhook.name).in_cell(),
        payload: payload(webhook, sdk),
        description: tables::description(&webhook.docs),
    }
}

fn callback_rows(sdk: &Sdk) -> Vec<CallbackRow> {
    let mut anchors: BTreeMap<ResourceId, BTreeMap<OperationId, String>> = BTreeMap::new();
    let rows = sdk.webhooks.callbacks.iter().map(|(id, callback)| {
        let of_resource = anchors.entry(sdk.operation(*id).resource).or_insert_with_key(|resource| {
            let resource = sdk.resource(*resource);
            resource.operations.iter().copied().zip(resource::anchors(resource, sdk)).collect()
        });
        callback_row(*id, &of_resource[id], callback, sdk)
    });
    rows.collect()
}

fn callback_row(id: OperationId, anchor: &str, callback: &Webhook, sdk: &Sdk) -> CallbackRow {
    let operation = sdk.operation(id);
    let resource = sdk.resource(operation.resource);
    let page = site_map::relative(site_map::WEBHOOKS, &site_map::resource(resource));
    CallbackRow {
        name: Prose::code(&callback.name).in_cell(),
        operation: Prose::link(&Prose::name(&operation.method), &format!("{page}#{anchor}")),
        payload: payload(callback, sdk),
        description: tables::description(&callback.docs),
    }
}

fn payload(webhook: &Webhook, sdk: &Sdk) -> Prose {
    match &webhook.payload {
        Some(ty) => site_map::link_type(ty, site_map::WEBHOOKS, sdk),
        None => "none".into(),
    }
}
