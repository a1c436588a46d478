//! The page of a resource: its operations, one section each.

use serde::Serialize;

use super::anchors::Anchors;
use super::operation::{self, OperationView};
use super::{Pages, site_map};
use crate::prose::Prose;
use crate::render;
use crate::sdk::{Operation, Resource, Sdk};

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
pub(super) fn page(resource: &Resource, pages: &Pages<'_>) -> String {
    let Pages { sdk, .. } = pages;
    let page = site_map::resource(resource);
    let anchors = anchors(resource, sdk);
    let operations: Vec<&Operation> = sdk.operations_of(resource).collect();
    let links = operations.iter().zip(anchors).map(|(operation, anchor)| {
        let link = Prose::link(&Prose::name(&operation.method), &format!("#{anchor}"));
        Prose::join(" - ", [link, operation.docs.summary.clone()])
    });
    let view = View {
        title: Prose::plain(&resource.title),
        accessor: accessor(resource),
        overview: vec![overview(resource)],
        children: children(resource, &page, sdk),
        links: links.collect(),
        operations: operations.iter().map(|operation| operation::view(operation, &page, pages)).collect(),
    };
    render::template("docs/sdks/RESOURCE/README.md", &view)
}

/// `client.beta().libraries()`
fn accessor(resource: &Resource) -> Prose {
    Prose::code(&format!("client.{}", resource.accessor_path()))
}

fn overview(resource: &Resource) -> Prose {
    let Resource { summary, description, .. } = resource;
    // A summary is mostly the title once more.
    let overview = if description.is_empty() { summary } else { description };
    if overview.is_empty() {
        return Prose::fill("The operations of {}.", &[&accessor(resource)]);
    }
    overview.settled()
}

fn children(resource: &Resource, page: &str, sdk: &Sdk) -> Vec<Prose> {
    let children = resource.children.iter().map(|child| sdk.resource(*child));
    let link = |child: &Resource| {
        let target = site_map::relative(page, &site_map::resource(child));
        let link = Prose::link(&Prose::name(&child.accessor), &target);
        Prose::join(" - ", [link, child.description.first_sentence().settled()])
    };
    children.map(link).collect()
}

/// The anchors of the operations, in the order of the page.
pub(super) fn anchors(resource: &Resource, sdk: &Sdk) -> Vec<String> {
    let mut anchors = Anchors::default();
    // These are the headings of the template.
    anchors.next(&resource.title);
    anchors.next("Overview");
    anchors.next("Available Operations");
    let anchor = |operation: &Operation| {
        let anchor = anchors.next(operation.method.as_str());
        for heading in ["Example Usage", "Parameters", "Response", "Errors"] {
            anchors.next(heading);
        }
        anchor
    };
    sdk.operations_of(resource).map(anchor).collect()
}
