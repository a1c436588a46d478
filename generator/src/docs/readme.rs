//! The crate's `README.md`.

use serde::Serialize;

use super::place::{self, relative};
use super::resource::Link;
use super::usage::{self, CredentialRow};
use super::{Pages, markdown, resource};
use crate::ir::ResourceId;
use crate::render;
use crate::rust::accessor_path;
use crate::snippet::library;

/// The README as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    package: String,
    library: String,
    version: String,
    description: String,
    paragraphs: Vec<String>,
    example: String,
    credentials: Vec<CredentialRow>,
    usage: String,
    index: String,
    resources: Vec<Link>,
    features: Vec<String>,
    license: String,
}

/// The text of the README.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let plan = pages.plan;
    let package = &plan.config.package;
    let title = markdown::settled(plan.api.info.title.first_sentence().as_str());
    let description = package.description.as_deref().map(markdown::escape);
    let mut paragraphs = vec![markdown::settled(plan.api.info.description.as_str())];
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let example = pages.snippets.shown().map(|id| pages.snippets.call(id).program());
    let view = View {
        package: package.name.clone(),
        library: library(plan),
        version: package.version.clone(),
        description: description.unwrap_or_else(|| format!("A client of {title}.")),
        paragraphs,
        example: example.unwrap_or_default(),
        credentials: usage::credentials(pages),
        usage: relative("README.md", place::USAGE),
        index: relative("README.md", place::INDEX),
        resources: pages.plan.api.children_of(None).filter_map(|id| link(id, pages)).collect(),
        features: features(pages),
        license: package.license.as_deref().map_or(String::new(), markdown::escape),
    };
    render::template("README.md", &view)
}

fn link(id: ResourceId, pages: &Pages<'_>) -> Option<Link> {
    let api = &pages.plan.api;
    if !api.has_operations(id) {
        return None;
    }
    let resource = api.resource(id);
    let line = resource.summary.first_sentence().to_string();
    let line = if line.is_empty() { resource.description.first_sentence().to_string() } else { line };
    Some(Link {
        name: markdown::escape(&resource::title(id, pages)),
        target: relative("README.md", &pages.places.of_resource(id)),
        rest: match line {
            line if line.is_empty() => format!(" - `client.{}`", accessor_path(id, pages.plan)),
            line => format!(" - {}", markdown::settled(&line)),
        },
    })
}

fn features(pages: &Pages<'_>) -> Vec<String> {
    let api = &pages.plan.api;
    let tops = api.children_of(None).filter(|id| api.has_operations(*id));
    tops.map(|id| format!("`{}`", pages.plan.names.resource(id).feature)).collect()
}
