//! The index: every method with its route, and the types.

use serde::Serialize;

use super::operation::{route, summary};
use super::resource::{self, Link};
use super::{Pages, markdown, place};
use crate::ir::{ResourceId, TypeId};
use crate::render;

/// The index as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    title: String,
    usage: String,
    call_options: String,
    error: String,
    resources: Vec<ResourceView>,
    models: Vec<Link>,
    errors: Vec<Link>,
}

/// The methods of a resource.
#[derive(Debug, Serialize)]
struct ResourceView {
    title: String,
    target: String,
    operations: Vec<Link>,
}

/// The text of the page.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let here = place::INDEX;
    let resources = pages.resources().filter(|id| pages.plan.api.operations_of(*id).next().is_some());
    let view = View {
        title: markdown::settled(pages.plan.api.info.title.first_sentence().as_str()),
        usage: place::relative(here, place::USAGE),
        call_options: place::relative(here, place::CALL_OPTIONS),
        error: place::relative(here, place::ERROR),
        resources: resources.map(|id| resource_view(id, pages)).collect(),
        models: types(pages, false),
        errors: types(pages, true),
    };
    render::template("docs/README.md", &view)
}

fn resource_view(id: ResourceId, pages: &Pages<'_>) -> ResourceView {
    let plan = pages.plan;
    let page = place::relative(place::INDEX, &pages.places.of_resource(id));
    let operations: Vec<_> = plan.api.operations_of(id).collect();
    let anchors = resource::anchors(id, &operations, pages);
    let links = operations.iter().zip(anchors).map(|(id, anchor)| {
        let operation = plan.api.operation(*id);
        let summary = summary(operation);
        let summary = if summary.is_empty() { summary } else { format!(" - {summary}") };
        Link {
            name: plan.names.operation(*id).method.to_string(),
            target: format!("{page}#{anchor}"),
            rest: format!(" - {}{summary}", route(operation)),
        }
    });
    let links = links.collect();
    // The whole path tells groups of the same name apart.
    let title = format!("client.{}", crate::rust::accessor_path(id, plan));
    ResourceView { title, target: page, operations: links }
}

fn types(pages: &Pages<'_>, are_errors: bool) -> Vec<Link> {
    let mut ids: Vec<TypeId> = pages.types().filter(|id| pages.places.is_error(*id) == are_errors).collect();
    ids.sort_by_key(|id| pages.plan.names.ty(*id).ident.clone());
    let link = |id: TypeId| Link {
        name: format!("`{}`", pages.plan.names.ty(id).ident),
        target: place::relative(place::INDEX, &pages.places.of_type(id)),
        rest: String::new(),
    };
    ids.into_iter().map(link).collect()
}
