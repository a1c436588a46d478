//! The index: every method with its route, and the types.

use serde::Serialize;

use super::{Pages, resource, site_map};
use crate::prose::Prose;
use crate::render;
use crate::sdk::{Model, Resource, Sdk};

/// The index as the template lays it out.
#[derive(Debug, Serialize)]
struct View {
    title: Prose,
    usage: String,
    call_options: String,
    blocking: String,
    testing: String,
    /// Empty when the API sends nothing by itself.
    webhooks: String,
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
    let Pages { sdk, .. } = pages;
    let here = site_map::INDEX;
    let resources = sdk.resources.iter().filter(|resource| !resource.operations.is_empty());
    let view = View {
        title: sdk.title.first_sentence().settled(),
        usage: site_map::relative(here, site_map::USAGE),
        call_options: site_map::relative(here, site_map::CALL_OPTIONS),
        blocking: site_map::relative(here, site_map::BLOCKING),
        testing: site_map::relative(here, site_map::TESTING),
        webhooks: site_map::webhooks(here, sdk),
        error: site_map::relative(here, site_map::ERROR),
        resources: resources.map(|resource| resource_view(resource, sdk)).collect(),
        models: links(sdk, |model| model.error_variant.is_none()),
        errors: links(sdk, |model| model.error_variant.is_some()),
    };
    render::template("docs/README.md", &view)
}

fn resource_view(resource: &Resource, sdk: &Sdk) -> ResourceView {
    let page = site_map::relative(site_map::INDEX, &site_map::resource(resource));
    let anchors = resource::anchors(resource, sdk);
    let links = sdk.operations_of(resource).zip(anchors).map(|(operation, anchor)| {
        let name = Prose::name(&operation.method);
        let link = Prose::link(&name, &format!("{page}#{anchor}"));
        Prose::join(" - ", [link, operation.route(), operation.docs.summary.clone()])
    });
    let operations = links.collect();
    // The whole path tells groups of the same name apart.
    let title = Prose::code(&format!("client.{}", resource.accessor_path()));
    ResourceView { title, target: page, operations }
}

/// Links to the models that are `wanted`, by their names.
fn links(sdk: &Sdk, wanted: impl Fn(&Model) -> bool) -> Vec<Prose> {
    let mut models: Vec<&Model> = sdk.models.iter().filter(|model| wanted(model)).collect();
    models.sort_by_key(|model| &model.name);
    let link = |model: &Model| site_map::link(model.name.as_str(), &site_map::model(model), site_map::INDEX);
    models.into_iter().map(link).collect()
}
