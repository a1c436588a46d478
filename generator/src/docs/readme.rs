//! The crate's `README.md`.

use serde::Serialize;

use super::guide::{self, CredentialRow};
use super::{Pages, site_map};
use crate::prose::Prose;
use crate::render;
use crate::sdk::{Feature, Package, Resource};

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
    features: Vec<FeatureRow>,
    license: Prose,
}

/// A row of the table of features.
#[derive(Debug, Serialize)]
struct FeatureRow {
    name: Prose,
    is_default: &'static str,
    description: &'static str,
}

/// The text of the README.
pub(super) fn page(pages: &Pages<'_>) -> String {
    let Pages { sdk, snippets } = pages;
    let Package { name, library, version, tagline, license, .. } = &sdk.package;
    let mut paragraphs = vec![sdk.description.settled()];
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let example = sdk.featured.front.map(|id| snippets.call(sdk.operation(id)).program());
    let view = View {
        package: name.clone(),
        library: library.clone(),
        version: version.clone(),
        description: tagline.clone(),
        paragraphs,
        example: example.unwrap_or_default(),
        credentials: guide::credentials(sdk),
        usage: site_map::relative("README.md", site_map::USAGE),
        index: site_map::relative("README.md", site_map::INDEX),
        resources: sdk.top_resources().map(link).collect(),
        features: sdk.features.iter().map(feature).collect(),
        license: license.as_deref().map(Prose::plain).unwrap_or_default(),
    };
    render::template("README.md", &view)
}

fn link(resource: &Resource) -> Prose {
    let texts = [&resource.summary, &resource.description].map(|text| text.first_sentence().settled());
    let text = texts.into_iter().find(|line| !line.is_empty());
    let text = text.unwrap_or_else(|| Prose::code(&format!("client.{}", resource.accessor_path())));
    let target = site_map::relative("README.md", &site_map::resource(resource));
    Prose::join(" - ", [Prose::link(&Prose::plain(&resource.title), &target), text])
}

fn feature(feature: &Feature) -> FeatureRow {
    FeatureRow {
        name: Prose::code(&feature.name),
        is_default: if feature.is_default { "yes" } else { "no" },
        description: feature.description,
    }
}
