//! Turns a resolved document into the version-neutral [`Api`].
//!
//! Each part of a document has a module of its own, which takes a cursor and returns plain
//! data. Whatever is unsupported is reported where it stands, and something sensible takes
//! its place, so that one run reports everything and a diagnostic can be waived.

mod check;
mod cycles;
mod deduplicate;
mod docs;
mod operation;
mod pagination;
mod reachability;
mod resource;
mod schema;
mod security;
mod server;
mod settings;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Document};
use crate::ir::{Api, Info};
use crate::prose::Prose;
use resource::Resources;
use schema::Schemas;
use security::SecuritySchemes;

/// What the parts of lowering share.
struct Scope<'a, 'd> {
    schemas: Schemas<'d>,
    security: &'a SecuritySchemes,
    /// The headers that the success responses of each operation declare.
    success_headers: BTreeMap<String, Vec<String>>,
    diagnostics: &'a mut Diagnostics,
}

/// Lowers `document`. What is unsupported is reported to `diagnostics`.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let root = document.root();
    // Settings may be for an item that could not be resolved.
    let is_resolved = !diagnostics.has_errors();
    check::parts(&root, diagnostics);
    let info = info(&root);
    let servers = server::servers(&root, diagnostics);
    let security = SecuritySchemes::lower(&root, diagnostics);
    let mut resources = Resources::declared(&root, diagnostics);
    let schemas = Schemas::new(&root, diagnostics);

    let mut scope = Scope { schemas, security: &security, success_headers: BTreeMap::new(), diagnostics };
    let mut operations = operation::lower(&mut scope, &root, config, &mut resources);
    let Scope { schemas, success_headers, diagnostics, .. } = scope;

    let resources = resources.finish(&mut operations);
    let types = schemas.finish(diagnostics);
    check::unsupported(&root, diagnostics);
    let mut discarded = Diagnostics::default();
    let settings_diagnostics = if is_resolved { &mut *diagnostics } else { &mut discarded };
    let security_schemes = security.schemes().to_vec();
    let mut api =
        Api { info, servers, security_schemes, idempotency_header: None, resources, operations, types };
    check::config(config, &api, settings_diagnostics);
    reachability::prune(&mut api, &[]);
    pagination::recognize(&mut api, config, &success_headers, settings_diagnostics);
    settings::apply(&mut api, config, settings_diagnostics);
    api
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
