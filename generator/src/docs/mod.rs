//! Emits the Markdown pages.
//!
//! In goes the [`Sdk`], out come pages in the layout of `docs/sdks/<resource>/README.md`. Each module
//! computes the view of one kind of page, down to the last word and link; the templates only lay it out.
//! Knows nothing of tokens.

mod anchors;
mod doctests;
mod guide;
mod index;
mod model;
mod operation;
mod readme;
mod resource;
mod responses;
mod site_map;
mod tables;
mod webhooks;

use crate::sdk::Sdk;
use crate::snippet::Snippets;
use crate::tree::FileTree;

/// What every page is made from.
struct Pages<'a> {
    sdk: &'a Sdk,
    snippets: &'a Snippets<'a>,
}

/// Adds the Markdown pages, and the module that compiles their examples, to `files`.
pub(crate) fn emit(sdk: &Sdk, files: &mut FileTree) {
    let snippets = Snippets::new(sdk);
    let pages = Pages { sdk, snippets: &snippets };
    files.add("README.md", readme::page(&pages));
    files.add(site_map::USAGE, guide::usage(&pages, guide::Links::to_pages(sdk)));
    files.add("src/guide.md", guide::usage(&pages, guide::Links::to_rustdoc(sdk)));
    files.add(site_map::INDEX, index::page(&pages));
    files.add(site_map::CALL_OPTIONS, guide::call_options(&pages));
    files.add(site_map::BLOCKING, guide::blocking(&pages));
    files.add(site_map::TESTING, guide::testing(&pages));
    files.add(site_map::ERROR, guide::error(&pages));
    if !sdk.webhooks.is_empty() {
        files.add(site_map::WEBHOOKS, webhooks::page(&pages));
    }
    for resource in &sdk.resources {
        files.add(site_map::resource(resource), resource::page(resource, &pages));
    }
    for (id, model) in sdk.models_by_id() {
        files.add(site_map::model(model), model::page(id, model, &pages));
    }
    files.add("src/doctests.rs", doctests::module(sdk));
}
