//! Emits the crate's `Cargo.toml`.
//!
//! What does not vary with the document is in a skeleton. Dependencies and their features are those of
//! the runtime, so that versions are kept in one place. All of it is put together by a TOML library,
//! which quotes what has to be quoted.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use crate::runtime;
use crate::sdk::{Feature, HandwrittenExample, Package, Sdk};
use crate::tree::FileTree;

const SKELETON: &str = include_str!("../templates/Cargo.skeleton.toml");

/// What the manifest says of the features of the runtime's parts, whose names begin with an underscore.
const OF_PARTS: &str =
    "# Those with an underscore are turned on by others, and may change with any version.\n";

/// Adds the manifest to `files`.
pub(crate) fn emit(sdk: &Sdk, files: &mut FileTree) {
    let mut manifest = parse(SKELETON);
    set_package(&sdk.package, table(&mut manifest, "package"));
    add_features(sdk, table(&mut manifest, "features"));
    add_dependencies(sdk, table(&mut manifest, "dependencies"));
    add_dev_dependencies(&sdk.package, table(&mut manifest, "dev-dependencies"));
    if !sdk.package.examples.is_empty() {
        let examples: ArrayOfTables = sdk.package.examples.iter().map(example).collect();
        manifest.insert("example", Item::ArrayOfTables(examples));
    }
    files.add("Cargo.toml", manifest.to_string());
}

fn parse(manifest: &str) -> DocumentMut {
    manifest.parse().expect("the manifests beside the source are TOML")
}

fn table<'m>(manifest: &'m mut DocumentMut, key: &str) -> &'m mut Table {
    manifest[key].as_table_mut().expect("the skeleton has a table for everything that is added")
}

fn set_package(package: &Package, table: &mut Table) {
    table["name"] = value(&package.name);
    table["version"] = value(&package.version);
    table["description"] = value(&package.description);
    let optional = [
        ("license", package.license.as_ref().map(value)),
        ("repository", package.repository.as_ref().map(value)),
        ("keywords", (!package.keywords.is_empty()).then(|| value(array(&package.keywords)))),
    ];
    for (key, item) in optional {
        match item {
            Some(item) => table[key] = item,
            None => drop(table.remove(key)),
        }
    }
}

/// The features with what they turn on: parts of the runtime for those of resources, what the runtime's
/// manifest says for its own and for its parts.
fn add_features(sdk: &Sdk, features: &mut Table) {
    for feature in runtime::features() {
        features.insert(feature.name, value(feature.enables));
    }
    let (resources, others): (Vec<&Feature>, Vec<&Feature>) =
        sdk.features.iter().partition(|feature| feature.resource.is_some());
    for feature in &resources {
        features.insert(&feature.name, value(array(&sdk.runtime_groups.features_of(&feature.name))));
    }
    for (group, feature) in sdk.runtime_groups.with_feature() {
        features.insert(&feature, value(array(&sdk.runtime_groups.turned_on_by(group))));
    }
    let defaults = others.into_iter().chain(resources).filter(|feature| feature.is_default);
    features.insert("default", value(defaults.map(|feature| &feature.name).collect::<Array>()));
    features.sort_values();
    let mut parts = features.iter_mut().skip_while(|(name, _)| !name.starts_with('_'));
    if let Some((mut first, _)) = parts.next() {
        first.leaf_decor_mut().set_prefix(OF_PARTS);
    }
}

fn add_dependencies(sdk: &Sdk, dependencies: &mut Table) {
    for (name, dependency) in runtime::dependencies(&sdk.runtime_groups) {
        dependencies.insert(name, value(dependency));
    }
    dependencies.sort_values();
}

/// What the settings add, for tests and examples written by hand, to what the skeleton has.
fn add_dev_dependencies(package: &Package, dependencies: &mut Table) {
    for (name, configured) in &package.dev_dependencies {
        dependencies.insert(name, value(inline(&configured.to_string())));
    }
    dependencies.sort_values();
}

fn example(example: &HandwrittenExample) -> Table {
    let mut table = Table::new();
    table["name"] = value(&example.name);
    table["required-features"] = value(array(&example.required_features));
    table
}

/// A value on one line.
fn inline(toml: &str) -> Value {
    toml.parse().expect("what one TOML library writes, another one reads")
}

fn array(texts: &[String]) -> Array {
    texts.iter().collect()
}
