//! The module that makes a doctest of every example on a page.

use serde::Serialize;

use super::site_map;
use crate::render;
use crate::sdk::{OperationId, Sdk};

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
pub(super) fn module(sdk: &Sdk) -> String {
    // The general pages show one operation or a few of any resource.
    let general = ["README.md", site_map::USAGE, site_map::CALL_OPTIONS, site_map::ERROR];
    let featured = features(sdk.featured.all(), sdk);
    let mut views: Vec<PageView> = general.iter().map(|path| view(path, &featured)).collect();
    if !sdk.webhooks.is_empty() {
        views.push(view(site_map::WEBHOOKS, &[]));
    }
    let without_async = features(sdk.featured.call.into_iter(), sdk);
    views.push(view(site_map::BLOCKING, &[vec!["blocking".to_owned()], without_async].concat()));
    let in_tests = features(sdk.featured.front.into_iter().chain(sdk.featured.call), sdk);
    views.push(view(site_map::TESTING, &[vec!["test".to_owned()], in_tests].concat()));
    let resources = sdk.resources.iter();
    views.extend(
        resources
            .map(|resource| view(&site_map::resource(resource), std::slice::from_ref(&resource.feature))),
    );
    let of_models = sdk.model_features();
    views.extend(sdk.models_by_id().map(|(id, model)| {
        let feature: Vec<String> =
            of_models.get(&id).map(|feature| (*feature).to_owned()).into_iter().collect();
        view(&site_map::model(model), &feature)
    }));
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

fn features(operations: impl Iterator<Item = OperationId>, sdk: &Sdk) -> Vec<String> {
    let resources = operations.map(|id| sdk.resource(sdk.operation(id).resource));
    let mut features: Vec<String> = resources.map(|resource| resource.feature.clone()).collect();
    features.sort();
    features.dedup();
    features
}
