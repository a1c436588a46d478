//! How large a crate is, and how much of it the document says nothing about.

use std::path::Path;

use sdk_generator::sdk::{Constructor, DocText, ModelKind, Sdk};
use sdk_generator::tree::FileTree;
use serde_json::{Value, json};

/// What can be counted in a crate.
pub(crate) fn measure(sdk: &Sdk, files: &FileTree) -> Value {
    let items: Vec<&DocText> = documented(sdk);
    json!({
        "files": rust(files, "").count(),
        "model_lines": lines(files, "src/models/"),
        "resource_lines": lines(files, "src/resources/"),
        "runtime_lines": lines(files, "src/runtime/"),
        "items": items.len(),
        "undocumented_items": items.iter().filter(|docs| docs.paragraphs.is_empty()).count(),
        "longest_constructor": longest_constructor(sdk),
    })
}

/// How many lines of Rust there are below a folder.
pub(crate) fn lines(files: &FileTree, folder: &str) -> usize {
    rust(files, folder).map(|text| text.lines().count()).sum()
}

fn rust<'f>(files: &'f FileTree, folder: &'f str) -> impl Iterator<Item = &'f str> {
    let is_rust = |path: &str| Path::new(path).extension().is_some_and(|end| end == "rs");
    files.iter().filter(move |(path, _)| path.starts_with(folder) && is_rust(path)).map(|(_, text)| text)
}

/// The documentation of the items that come from the document: models and their fields, operations and what
/// they take.
fn documented(sdk: &Sdk) -> Vec<&DocText> {
    let models = sdk.models.iter().map(|model| &model.docs);
    let fields = sdk.models_by_id().flat_map(|(id, _)| sdk.fields(id)).map(|field| &field.docs);
    let operations = sdk.operations.iter().map(|operation| &operation.docs.text);
    let inputs = sdk.operations.iter().flat_map(|operation| &operation.inputs).map(|input| &input.docs);
    models.chain(fields).chain(operations).chain(inputs).collect()
}

/// The most arguments that a constructor or a method takes.
fn longest_constructor(sdk: &Sdk) -> usize {
    let constructors = sdk.models.iter().filter_map(|model| match &model.kind {
        ModelKind::Struct(object) if object.constructor == Constructor::Arguments => {
            Some(object.arguments().count())
        }
        _ => None,
    });
    let methods = sdk.operations.iter().map(|operation| operation.arguments().count());
    constructors.chain(methods).max().unwrap_or(0)
}
