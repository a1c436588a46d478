//! Emits the Markdown pages.
//!
//! In goes the [`Plan`], out come pages in the layout of `docs/sdks/<resource>/README.md`. Each module
//! computes the view of one kind of page, down to the last word and link; the templates only lay it out.
//! Knows nothing of tokens.

mod anchors;
mod doctests;
mod index;
mod model;
mod operation;
mod place;
mod readme;
mod resource;
mod responses;
mod tables;
mod usage;

use crate::Plan;
use crate::ir::{OperationId, ResourceId, TypeId};
use crate::snippet::Snippets;
use crate::tree::FileTree;
use place::Places;

/// What every page is made from.
struct Pages<'a> {
    plan: &'a Plan,
    places: Places<'a>,
    snippets: &'a Snippets<'a>,
}

/// Adds the Markdown pages, and the module that compiles their examples, to `files`.
pub(crate) fn emit(plan: &Plan, files: &mut FileTree) {
    let snippets = Snippets::new(plan);
    let pages = Pages { plan, places: Places::new(plan), snippets: &snippets };
    files.add("README.md", readme::page(&pages));
    files.add(place::USAGE, usage::page(&pages));
    files.add(place::INDEX, index::page(&pages));
    files.add(place::CALL_OPTIONS, usage::call_options(&pages));
    files.add(place::BLOCKING, usage::blocking(&pages));
    files.add(place::ERROR, usage::error(&pages));
    for id in pages.resources() {
        files.add(pages.places.of_resource(id), resource::page(id, &pages));
    }
    for id in pages.types() {
        files.add(pages.places.of_type(id), model::page(id, &pages));
    }
    files.add("src/doctests.rs", doctests::module(&pages));
}

impl<'a> Pages<'a> {
    /// The resources that have a page: those that hold an operation, at any depth.
    fn resources(&self) -> impl Iterator<Item = ResourceId> + use<'a> {
        let api = &self.plan.api;
        (0..api.resources.len()).map(ResourceId).filter(|id| api.has_operations(*id))
    }

    fn types(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.plan.api.types.len()).map(TypeId)
    }

    fn operations(&self) -> impl Iterator<Item = OperationId> + use<> {
        (0..self.plan.api.operations.len()).map(OperationId)
    }
}
