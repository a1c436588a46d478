//! The crate's `README.md`.

use serde::Serialize;

use super::place::{self, relative};
use super::usage::{self, CredentialRow};
use super::{Pages, resource};
use crate::ir::ResourceId;
use crate::prose::Prose;
use crate::render;
use crate::rust::accessor_path;
use crate::snippet::library;

/// The README as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    package: String,
    library: String,
    version: String,
    description: Prose,
    paragraphs: Vec<Prose>,
    example: String,
    credentials: Vec<CredentialRow>,
    usage: String,
    index: String,
    resources: Vec<Prose>,
    features: Vec<Prose>,
    license: Prose,
}

/// The text of the README.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let plan = pages.plan;
    let package = &plan.config.package;
    let title = plan.api.info.title.first_sentence().settled();
    let description = package.description.as_deref().map(Prose::plain);
    let mut paragraphs = vec![plan.api.info.description.settled()];
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let example = pages.snippets.shown().map(|id| pages.snippets.call(id).program());
    let view = View {
        package: package.name.clone(),
        library: library(plan),
        version: package.version.clone(),
        description: description.unwrap_or_else(|| Prose::fill("A client for {}.", &[&title])),
        paragraphs,
        example: example.unwrap_or_default(),
        credentials: usage::credentials(pages),
        usage: relative("README.md", place::USAGE),
        index: relative("README.md", place::INDEX),
        resources: pages.plan.api.children_of(None).filter_map(|id| link(id, pages)).collect(),
        features: features(pages),
        license: package.license.as_deref().map(Prose::plain).unwrap_or_default(),
    };
    render::template("README.md", &view)
}

fn link(id: ResourceId, pages: &Pages<'_>) -> Option<Prose> {
    let api = &pages.plan.api;
    if !api.has_operations(id) {
        return None;
    }
    let resource = api.resource(id);
    let said = [&resource.summary, &resource.description].map(|said| said.first_sentence().settled());
    let said = said.into_iter().find(|line| !line.is_empty());
    let said = said.unwrap_or_else(|| Prose::code(&format!("client.{}", accessor_path(id, pages.plan))));
    let title = Prose::plain(&resource::title(id, pages));
    let link = Prose::link(&title, &relative("README.md", &pages.places.of_resource(id)));
    Some(Prose::join(" - ", [link, said]))
}

fn features(pages: &Pages<'_>) -> Vec<Prose> {
    let api = &pages.plan.api;
    let tops = api.children_of(None).filter(|id| api.has_operations(*id));
    tops.map(|id| Prose::code(&pages.plan.names.resource(id).feature)).collect()
}
