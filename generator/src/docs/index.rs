//! The index: every method with its route, and the types.

use serde::Serialize;

use super::operation::{route, summary};
use super::resource;
use super::{Pages, place};
use crate::ir::{ResourceId, TypeId};
use crate::prose::Prose;
use crate::render;

/// The index as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    title: Prose,
    usage: String,
    call_options: String,
    blocking: String,
    error: String,
    resources: Vec<ResourceView>,
    models: Vec<Prose>,
    errors: Vec<Prose>,
}

/// The methods of a resource.
#[derive(Debug, Serialize)]
struct ResourceView {
    title: Prose,
    target: String,
    operations: Vec<Prose>,
}

/// The text of the page.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let here = place::INDEX;
    let resources = pages.resources().filter(|id| pages.plan.api.operations_of(*id).next().is_some());
    let view = View {
        title: pages.plan.api.info.title.first_sentence().settled(),
        usage: place::relative(here, place::USAGE),
        call_options: place::relative(here, place::CALL_OPTIONS),
        blocking: place::relative(here, place::BLOCKING),
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
        let name = Prose::name(&plan.names.operation(*id).method);
        let link = Prose::link(&name, &format!("{page}#{anchor}"));
        Prose::join(" - ", [link, route(operation), summary(operation)])
    });
    let links = links.collect();
    // The whole path tells groups of the same name apart.
    let title = Prose::code(&format!("client.{}", crate::rust::accessor_path(id, plan)));
    ResourceView { title, target: page, operations: links }
}

fn types(pages: &Pages<'_>, are_errors: bool) -> Vec<Prose> {
    let mut ids: Vec<TypeId> = pages.types().filter(|id| pages.places.is_error(*id) == are_errors).collect();
    ids.sort_by_key(|id| pages.plan.names.ty(*id).ident.clone());
    let link = |id: TypeId| {
        let name = pages.plan.names.ty(id).ident.as_str();
        place::link(name, &pages.places.of_type(id), place::INDEX)
    };
    ids.into_iter().map(link).collect()
}
