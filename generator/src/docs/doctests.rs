//! The module that makes a doctest of every example on a page.

use serde::Serialize;

use super::{Pages, place, usage};
use crate::ir::{OperationId, ResourceId};
use crate::render;

/// The module as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    pages: Vec<PageView>,
}

/// A page whose examples are compiled.
#[derive(Debug, Serialize)]
struct PageView {
    /// Seen from `src`.
    path: String,
    /// The Cargo feature that its examples need; empty for none.
    feature: String,
}

/// The text of `src/doctests.rs`.
pub(super) fn module(pages: &Pages<'_>) -> String {
    // The general pages show one operation or a few of any resource.
    let general = ["README.md", place::USAGE, place::CALL_OPTIONS, place::ERROR];
    let shown = features(&usage::shown(pages), pages);
    let mut views: Vec<PageView> = general.iter().map(|path| view(path, &shown)).collect();
    let without_async = features(&pages.snippets.shown().into_iter().collect::<Vec<_>>(), pages);
    views.push(view(place::BLOCKING, &[vec!["blocking".to_owned()], without_async].concat()));
    views.extend(pages.resources().map(|id| view(&pages.places.of_resource(id), &[feature(id, pages)])));
    views.extend(pages.types().map(|id| view(&pages.places.of_type(id), &[])));
    render::template("src/doctests.rs", View { pages: views })
}

fn view(path: &str, features: &[String]) -> PageView {
    let features: Vec<String> = features.iter().map(|name| format!("feature = \"{name}\"")).collect();
    let feature = match features.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        several => format!("all({})", several.join(", ")),
    };
    PageView { path: format!("../{path}"), feature }
}

fn features(shown: &[OperationId], pages: &Pages<'_>) -> Vec<String> {
    let mut features: Vec<String> =
        shown.iter().map(|id| feature(pages.plan.api.operation(*id).resource, pages)).collect();
    features.sort();
    features.dedup();
    features
}

/// The feature of a resource: that of the one at the top above it.
fn feature(id: ResourceId, pages: &Pages<'_>) -> String {
    match pages.plan.api.resource(id).parent {
        Some(parent) => feature(parent, pages),
        None => pages.plan.names.resource(id).feature.clone(),
    }
}
