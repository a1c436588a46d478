//! Emits the crate's `Cargo.toml`.
//!
//! Dependencies and their features are those of the runtime.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::Value;

use crate::sdk::{Feature, HandwrittenExample, Package, Sdk};
use crate::tree::FileTree;
use crate::{render, runtime};

/// The oldest compiler that the emitted code is written for.
const RUST_VERSION: &str = "1.88";

/// What the template is given. Every value is TOML already.
#[derive(Serialize)]
struct View {
    package: Vec<(&'static str, String)>,
    features: BTreeMap<String, String>,
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
    examples: Vec<ExampleView>,
}

#[derive(Serialize)]
struct ExampleView {
    name: String,
    required_features: String,
}

/// Adds the manifest to `files`.
pub(crate) fn emit(sdk: &Sdk, files: &mut FileTree) {
    let view = View {
        package: package(&sdk.package),
        features: features(sdk),
        dependencies: dependencies(sdk),
        dev_dependencies: dev_dependencies(&sdk.package),
        examples: sdk.package.examples.iter().map(example).collect(),
    };
    files.add("Cargo.toml", render::template("Cargo.toml", &view));
}

fn package(package: &Package) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("name", string(&package.name)),
        ("version", string(&package.version)),
        ("description", string(&package.description)),
        ("edition", string("2024")),
        ("rust-version", string(RUST_VERSION)),
        ("readme", string("README.md")),
    ];
    lines.extend(package.license.as_deref().map(|license| ("license", string(license))));
    lines.extend(package.repository.as_deref().map(|repository| ("repository", string(repository))));
    if !package.keywords.is_empty() {
        lines.push(("keywords", strings(&package.keywords)));
    }
    lines
}

/// The features with what they turn on: nothing for those of groups, what the runtime's manifest says
/// for its own.
fn features(sdk: &Sdk) -> BTreeMap<String, String> {
    let (groups, others): (Vec<&Feature>, Vec<&Feature>) =
        sdk.features.iter().partition(|feature| feature.resource.is_some());
    let defaults = others.into_iter().chain(groups.iter().copied()).filter(|feature| feature.is_default);
    let defaults: Vec<String> = defaults.map(|feature| feature.name.clone()).collect();
    let of_runtime = runtime::features().map(|(name, value)| (name.to_owned(), value.to_string()));
    let of_groups = groups.iter().map(|feature| (feature.name.clone(), "[]".to_owned()));
    let default = ("default".to_owned(), strings(&defaults));
    of_runtime.chain(of_groups).chain([default]).collect()
}

fn dependencies(sdk: &Sdk) -> BTreeMap<String, String> {
    let of_runtime = runtime::dependencies(&sdk.runtime_groups).into_iter();
    let mut dependencies: BTreeMap<String, String> =
        of_runtime.map(|(name, value)| (name.to_owned(), value.to_string())).collect();
    if sdk.has_dates {
        let chrono = r#"{ version = "0.4.45", default-features = false, features = ["serde", "std"] }"#;
        dependencies.insert("chrono".to_owned(), chrono.to_owned());
    }
    dependencies
}

/// What examples and tests need: an executor, and what the settings add for those written by hand.
fn dev_dependencies(package: &Package) -> BTreeMap<String, String> {
    let tokio = r#"{ version = "1.54.1", features = ["macros", "rt-multi-thread"] }"#;
    let mut dependencies = BTreeMap::from([("tokio".to_owned(), tokio.to_owned())]);
    let configured = package.dev_dependencies.iter();
    dependencies.extend(configured.map(|(name, value)| (name.clone(), value.to_string())));
    dependencies
}

fn example(example: &HandwrittenExample) -> ExampleView {
    ExampleView { name: string(&example.name), required_features: strings(&example.required_features) }
}

fn string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn strings(texts: &[String]) -> String {
    Value::Array(texts.iter().cloned().map(Value::String).collect()).to_string()
}
