//! Emits the crate's `Cargo.toml`.
//!
//! Dependencies and their features are those of the runtime, which is a crate of its own
//! here: its manifest is read, so that versions are kept in one place.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use crate::Plan;
use crate::config::Example;
use crate::ir::{Api, ResourceId, Scalar, Type};
use crate::render;
use crate::tree::FileTree;

const RUNTIME: &str = include_str!("../runtime/manifest.toml");

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
pub(crate) fn emit(plan: &Plan, files: &mut FileTree) {
    let runtime: Table = toml::from_str(RUNTIME).expect("the runtime's manifest is TOML");
    let view = View {
        package: package(plan),
        features: features(plan, &runtime),
        dependencies: dependencies(&plan.api, &runtime),
        dev_dependencies: dev_dependencies(plan),
        examples: examples(plan),
    };
    files.add("Cargo.toml", render::template("Cargo.toml", &view));
}

fn package(plan: &Plan) -> Vec<(&'static str, String)> {
    let package = &plan.config.package;
    let title = plan.api.info.title.as_str();
    let description = package.description.clone().unwrap_or_else(|| format!("A client for {title}."));
    let mut lines = vec![
        ("name", string(&package.name)),
        ("version", string(&package.version)),
        ("description", string(&description)),
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

/// One feature for each resource at the top, all on by default, and those of the runtime.
fn features(plan: &Plan, runtime: &Table) -> BTreeMap<String, String> {
    let mut defaults = runtime_defaults(runtime);
    let mut features: BTreeMap<String, String> = table(runtime, "features")
        .filter(|(name, _)| name.as_str() != "default")
        .map(|(name, value)| (name.clone(), value.to_string()))
        .collect();
    for id in plan.api.children_of(None).filter(|id| !is_empty(&plan.api, *id)) {
        let feature = &plan.names.resource(id).feature;
        features.insert(feature.clone(), "[]".to_owned());
        defaults.push(feature.clone());
    }
    features.insert("default".to_owned(), strings(&defaults));
    features
}

fn runtime_defaults(runtime: &Table) -> Vec<String> {
    let defaults = table(runtime, "features").find(|(name, _)| name.as_str() == "default");
    let defaults = defaults.and_then(|(_, value)| value.as_array()).into_iter().flatten();
    defaults.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn is_empty(api: &Api, id: ResourceId) -> bool {
    api.operations_of(id).next().is_none() && api.children_of(Some(id)).all(|child| is_empty(api, child))
}

fn dependencies(api: &Api, runtime: &Table) -> BTreeMap<String, String> {
    let mut dependencies: BTreeMap<String, String> =
        table(runtime, "dependencies").map(|(name, value)| (name.clone(), value.to_string())).collect();
    if api.uses(|ty| matches!(ty, Type::Scalar(Scalar::Date | Scalar::DateTime))) {
        let chrono = r#"{ version = "0.4.45", default-features = false, features = ["serde", "std"] }"#;
        dependencies.insert("chrono".to_owned(), chrono.to_owned());
    }
    dependencies
}

/// What examples and tests need: an executor, and what the settings add for those written by hand.
fn dev_dependencies(plan: &Plan) -> BTreeMap<String, String> {
    let tokio = r#"{ version = "1.54.1", features = ["macros", "rt-multi-thread"] }"#;
    let mut dependencies = BTreeMap::from([("tokio".to_owned(), tokio.to_owned())]);
    let configured = plan.config.dev_dependencies.iter();
    dependencies.extend(configured.map(|(name, value)| (name.clone(), value.to_string())));
    dependencies
}

fn examples(plan: &Plan) -> Vec<ExampleView> {
    let view = |example: &Example| ExampleView {
        name: string(&example.name),
        required_features: strings(&example.required_features),
    };
    plan.config.examples.iter().map(view).collect()
}

fn table<'t>(manifest: &'t Table, key: &str) -> impl Iterator<Item = (&'t String, &'t Value)> {
    manifest.get(key).and_then(Value::as_table).into_iter().flatten()
}

fn string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn strings(texts: &[String]) -> String {
    Value::Array(texts.iter().cloned().map(Value::String).collect()).to_string()
}
