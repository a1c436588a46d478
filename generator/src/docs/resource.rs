//! The page of a resource: its operations, one section each.

use serde::Serialize;

use super::Pages;
use super::anchors::Anchors;
use super::operation::{self, OperationView};
use super::place::relative;
use crate::ir::{OperationId, Resource, ResourceId};
use crate::prose::Prose;
use crate::render;
use crate::rust::accessor_path;

/// A page as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    title: Prose,
    accessor: Prose,
    overview: Vec<Prose>,
    children: Vec<Prose>,
    links: Vec<Prose>,
    operations: Vec<OperationView>,
}

/// The text of the page.
pub(super) fn page(id: ResourceId, pages: &Pages<'_>) -> String {
    let plan = pages.plan;
    let page = pages.places.of_resource(id);
    let operations: Vec<OperationId> = plan.api.operations_of(id).collect();
    let title = title(id, pages);
    let anchors = anchors(id, &operations, pages);
    let links = operations.iter().zip(anchors).map(|(id, anchor)| {
        let name = Prose::name(&plan.names.operation(*id).method);
        let link = Prose::link(&name, &format!("#{anchor}"));
        Prose::join(" - ", [link, operation::summary(plan.api.operation(*id))])
    });
    let view = View {
        title: Prose::plain(&title),
        accessor: Prose::code(&format!("client.{}", accessor_path(id, plan))),
        overview: overview(id, pages),
        children: children(id, &page, pages),
        links: links.collect(),
        operations: operations.iter().map(|id| operation::view(*id, &page, pages)).collect(),
    };
    render::template("docs/sdks/RESOURCE/README.md", &view)
}

/// What the resource is called: the last part of its tag.
pub(super) fn title(id: ResourceId, pages: &Pages<'_>) -> String {
    let Resource { label, .. } = pages.plan.api.resource(id);
    let title = crate::diagnostic::clean(label);
    let mut letters = title.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => pages.plan.names.resource(id).ident.to_string(),
    }
}

fn overview(id: ResourceId, pages: &Pages<'_>) -> Vec<Prose> {
    let Resource { summary, description, .. } = pages.plan.api.resource(id);
    // A summary is mostly the title once more.
    let overview = if description.is_empty() { summary } else { description };
    if overview.is_empty() {
        let accessor = Prose::code(&format!("client.{}", accessor_path(id, pages.plan)));
        return vec![Prose::fill("The operations of {}.", &[&accessor])];
    }
    vec![overview.settled()]
}

fn children(id: ResourceId, page: &str, pages: &Pages<'_>) -> Vec<Prose> {
    let api = &pages.plan.api;
    let children = api.children_of(Some(id)).filter(|child| api.has_operations(*child));
    let link = |child: ResourceId| {
        let name = Prose::name(&pages.plan.names.resource(child).accessor);
        let link = Prose::link(&name, &relative(page, &pages.places.of_resource(child)));
        Prose::join(" - ", [link, api.resource(child).description.first_sentence().settled()])
    };
    children.map(link).collect()
}

/// The anchors of the operations, in the order of the page.
pub(super) fn anchors(id: ResourceId, operations: &[OperationId], pages: &Pages<'_>) -> Vec<String> {
    let mut anchors = Anchors::default();
    // These are the headings of the template.
    anchors.next(&title(id, pages));
    anchors.next("Overview");
    anchors.next("Available Operations");
    let anchor = |id: &OperationId| {
        let anchor = anchors.next(pages.plan.names.operation(*id).method.as_str());
        for heading in ["Example Usage", "Parameters", "Response", "Errors"] {
            anchors.next(heading);
        }
        anchor
    };
    operations.iter().map(anchor).collect()
}
