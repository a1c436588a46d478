//! What the manifest and the README say about the crate.

use super::Context;
use crate::config::Example;
use crate::prose::Prose;

/// The crate as a package.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name on the registry.
    pub name: String,
    /// Its name in code.
    pub library: String,
    /// Its version.
    pub version: String,
    /// One sentence about it, for the registry.
    pub description: String,
    /// One sentence about it, for the README.
    pub tagline: Prose,
    /// Its license, as an SPDX expression.
    pub license: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The examples that are written by hand and need features.
    pub examples: Vec<HandwrittenExample>,
    /// The dependencies of tests and examples that are written by hand, as in a manifest.
    pub dev_dependencies: toml::Table,
}

/// An example that is written by hand beside the crate.
#[derive(Clone, Debug)]
pub struct HandwrittenExample {
    /// The name of its file, without the extension.
    pub name: String,
    /// The features without which it is not built.
    pub required_features: Vec<String>,
}

/// The package that the settings describe.
pub(super) fn plan(context: &Context<'_>) -> Package {
    let package = &context.config.package;
    let title = &context.api.info.title;
    let tagline = package.description.as_deref().map(Prose::plain);
    Package {
        name: package.name.clone(),
        library: package.name.replace('-', "_"),
        version: package.version.clone(),
        description: package
            .description
            .clone()
            .unwrap_or_else(|| format!("A client for {}.", title.as_str())),
        tagline: tagline
            .unwrap_or_else(|| Prose::fill("A client for {}.", &[&title.first_sentence().settled()])),
        license: package.license.clone(),
        repository: package.repository.clone(),
        keywords: package.keywords.clone(),
        examples: context.config.examples.iter().map(example).collect(),
        dev_dependencies: context.config.dev_dependencies.clone(),
    }
}

fn example(example: &Example) -> HandwrittenExample {
    HandwrittenExample { name: example.name.clone(), required_features: example.required_features.clone() }
}
