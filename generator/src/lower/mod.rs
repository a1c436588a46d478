//! Turns a resolved document into the version-neutral [`Api`].
//!
//! Each part of a document has a module of its own, which takes a cursor and returns plain
//! data; passes over the whole tree follow, which [`lower`] lists. Whatever is wrong or unsupported is
//! reported where it stands, and the closest valid interpretation takes its place, so that one run reports
//! everything and the crate can be generated.

mod check;
mod docs;
mod labels;
mod operation;
mod pagination;
mod passes;
mod schema;
mod security;
mod selection;
mod server;
mod settings;
mod tag;
mod unreached;

use std::collections::{BTreeMap, HashSet};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Document};
use crate::ir::{Api, Info, TypeId, Webhook, Webhooks};
use crate::prose::Prose;
use passes::{cycles, discriminate, endless, reachability, union_variants, webhook_event};
use schema::defaults::{self, DefaultSource};
use schema::{SchemaTypes, Schemas, UnionSource};
use security::SecuritySchemes;
use selection::Selection;

/// What the parts of lowering share.
struct Scope<'a, 'd> {
    schemas: Schemas<'d>,
    security: &'a SecuritySchemes,
    selection: Selection,
    /// The headers that the success responses of each operation declare.
    success_headers: BTreeMap<String, Vec<String>>,
    /// The callbacks of the operations so far, and where they stand.
    callbacks: Vec<Webhook>,
    seen_callbacks: HashSet<usize>,
    diagnostics: &'a mut Diagnostics,
}

/// The parts of a document, lowered one by one, and what the passes need to know of them.
struct LoweredParts<'d> {
    api: Api,
    selection: Selection,
    unions: BTreeMap<TypeId, UnionSource<'d>>,
    defaults: Vec<DefaultSource<'d>>,
    success_headers: BTreeMap<String, Vec<String>>,
}

/// Lowers `document`. What is unsupported is reported to `diagnostics`.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let root = document.root();
    let LoweredParts { mut api, selection, mut unions, defaults, success_headers } =
        lower_parts(&root, config, diagnostics);

    // The passes. Duplicates go first, because each of the others compares, follows or counts types.
    union_variants::merge(&mut api.types, &mut unions);
    // A union more, before unions are finished.
    webhook_event::add(&mut api, &mut unions, &root);
    let types = &mut api.types;
    // Without cycles, the passes below can follow aliases to the end.
    cycles::break_all(types, diagnostics);
    endless::report(types, diagnostics);
    // The variants of a union are discriminated by their types, which are final only now.
    discriminate::unions(types, &unions, diagnostics);
    // A default may be of a type that was lowered after its property.
    defaults::check_all(types, &defaults, diagnostics);
    // Settings may name a type that no operation uses, so they are checked before such types are dropped.
    let mut about_items = Diagnostics::default();
    check::config(config, &api, &selection, &mut about_items);
    // Pruning renumbers the types, so nothing before it may keep an id of one, and nothing after it may add one.
    reachability::prune(&mut api);
    if !selection.left_out.is_empty() {
        unreached::drop_security_schemes(&mut api);
        unreached::drop_diagnostics(&root, &selection, &api, diagnostics);
    }
    // Pages are recognized by the final types of requests and responses.
    pagination::recognize(&mut api, config, &success_headers, &mut about_items);
    // An item that settings name may be behind a dangling reference, which was reported.
    if document.has_dangling_references() {
        about_items.errors_mut().for_each(|error| error.accept("the setting is ignored"));
    }
    diagnostics.extend(about_items);
    // Settings have the last word on retries and streams.
    settings::apply(&mut api, config, diagnostics);
    api
}

/// Lowers each part of the document at `root`.
fn lower_parts<'d>(root: &Cursor<'d>, config: &Config, diagnostics: &mut Diagnostics) -> LoweredParts<'d> {
    check::missing_parts(root, diagnostics);
    let servers = server::servers(root, diagnostics);
    let security = SecuritySchemes::lower(root, diagnostics);
    let tags = tag::declared(root, diagnostics);
    let schemas = Schemas::new(root, diagnostics);

    let selection = Selection::new(config, &tags);
    let mut scope = Scope {
        schemas,
        security: &security,
        selection,
        success_headers: BTreeMap::new(),
        callbacks: Vec::new(),
        seen_callbacks: HashSet::new(),
        diagnostics,
    };
    let operations = operation::lower(&mut scope, root);
    let webhooks = operation::webhook::webhooks(&mut scope, root);
    let Scope { schemas, selection, success_headers, callbacks, .. } = scope;

    let SchemaTypes { types, unions, defaults } = schemas.finish();
    let api = Api {
        info: info(root),
        servers,
        security_schemes: security.schemes().to_vec(),
        // Set by `settings::apply`.
        idempotency_header: None,
        tags,
        operations,
        webhooks: Webhooks { event: None, all: webhooks.into_iter().chain(callbacks).collect() },
        types,
    };
    LoweredParts { api, selection, unions, defaults, success_headers }
}

fn info(root: &Cursor<'_>) -> Info {
    let info = root.get("info");
    let text = |key: &str| info.as_ref().and_then(|info| info.str(key)).unwrap_or_default();
    Info {
        openapi: root.str("openapi").unwrap_or_default().to_owned(),
        title: Prose::new(text("title")),
        version: text("version").to_owned(),
        description: Prose::new(if text("description").is_empty() {
            text("summary")
        } else {
            text("description")
        }),
    }
}
