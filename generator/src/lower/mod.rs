//! Turns a resolved document into the version-neutral [`Api`].
//!
//! Each part of a document has a module of its own, which takes a cursor and gives plain
//! data. Whatever cannot be carried is reported where it is found, and something sensible is
//! put in its place: so one run finds everything, and a finding can be waived.

mod check;
mod conduct;
mod cycles;
mod docs;
mod fold;
mod operation;
mod pagination;
mod reach;
mod resource;
mod schema;
mod security;
mod server;

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
    /// The headers that the answers of each operation declare.
    answer_headers: BTreeMap<String, Vec<String>>,
    found: &'a mut Diagnostics,
}

/// Lowers `document`. What cannot be carried is in `found`.
pub fn lower(document: &Document, config: &Config, found: &mut Diagnostics) -> Api {
    let root = document.root();
    // What settings are for may be in what cannot be made out.
    let is_whole = !found.has_errors();
    check::parts(&root, found);
    let info = info(&root);
    let servers = server::servers(&root, found);
    let security = SecuritySchemes::lower(&root, found);
    let mut resources = Resources::declared(&root, found);
    let schemas = Schemas::new(&root, found);

    let mut scope = Scope { schemas, security: &security, answer_headers: BTreeMap::new(), found };
    let mut operations = operation::lower(&mut scope, &root, config, &mut resources);
    let Scope { schemas, answer_headers, found, .. } = scope;

    let resources = resources.finish(&mut operations);
    let types = schemas.finish(found);
    check::not_carried(&root, found);
    let mut unsure = Diagnostics::default();
    let of_settings = if is_whole { &mut *found } else { &mut unsure };
    let security_schemes = security.schemes().to_vec();
    let mut api =
        Api { info, servers, security_schemes, idempotency_header: None, resources, operations, types };
    check::config(config, &api, of_settings);
    reach::prune(&mut api, &[]);
    pagination::recognize(&mut api, config, &answer_headers, of_settings);
    conduct::settle(&mut api, config, of_settings);
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
