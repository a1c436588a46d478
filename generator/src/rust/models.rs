//! `src/models`: the models, in files that nest as the resources do.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::progenitor::FieldTypes;
use super::rustdoc::Rustdoc;
use super::{alias, format, newtype, open_enum, progenitor, structs, union};
use crate::prose::Prose;
use crate::sdk::{DEPRECATION, Model, ModelFile, ModelId, ModelKind, ResourceId, Sdk};
use crate::tree::FileTree;

/// Adds `src/models/**.rs` to `files`.
pub(super) fn emit(sdk: &Sdk, files: &mut FileTree) {
    let field_types = progenitor::field_types(sdk);
    for file in &sdk.model_files {
        let path = match file.resource {
            None => "src/models/mod.rs".to_owned(),
            Some(id) => format!("src/models/{}.rs", sdk.resource(id).module_path),
        };
        let head = match file.resource {
            None => root_head(),
            Some(id) => head(id, sdk),
        };
        let modules = file.children.iter().map(|child| module(*child, sdk));
        let exports = file.children.iter().map(|child| exports(*child, sdk));
        let models = models(file, &field_types, sdk);
        let items = quote! { #head #(#modules)* #(#exports)* #models };
        files.add(path, format::file(sdk.title.as_str(), items));
    }
}

/// The models of a file, and what they import.
fn models(file: &ModelFile, field_types: &BTreeMap<ModelId, FieldTypes>, sdk: &Sdk) -> TokenStream {
    let mut imports = Imports::default();
    let models: Vec<TokenStream> = file
        .models
        .iter()
        .map(|id| {
            let model = sdk.model(*id);
            match &model.kind {
                ModelKind::Struct(object) => structs::emit(model, object, &field_types[id], &mut imports),
                ModelKind::Enum(values) => open_enum::emit(model, values, &mut imports),
                ModelKind::Union(union) => union::emit(model, union, &mut imports),
                ModelKind::Alias(target) => alias::emit(model, target, &mut imports),
                ModelKind::Newtype(target) => newtype::emit(model, target, &mut imports),
            }
        })
        .collect();
    for id in &file.models {
        imports.remove_model(&sdk.model(*id).name);
    }
    let uses = imports.uses(&quote! { crate::models });
    quote! { #uses #(#models)* }
}

/// What the file of the whole crate begins with.
fn root_head() -> TokenStream {
    quote! {
        //! The types of the values that the API receives and returns.
        #![allow(
            clippy::doc_markdown,
            clippy::enum_variant_names,
            clippy::fn_params_excessive_bools,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_arguments,
            clippy::too_many_lines,
            clippy::unreadable_literal,
            reason = "the names, sizes and texts are those of the API's description"
        )]
        #![allow(missing_docs, reason = "nothing is said of what the API's description says nothing about")]
    }
}

/// What the file of a resource begins with.
fn head(id: ResourceId, sdk: &Sdk) -> TokenStream {
    let accessor = Prose::code(&format!("client.{}", sdk.resource(id).accessor_path()));
    Rustdoc::new(Prose::fill("The models of {}.", &[&accessor])).inner()
}

/// The module with the models of a resource. It is private: its models are exported by the modules around it.
fn module(id: ResourceId, sdk: &Sdk) -> TokenStream {
    let (gate, module) = (gate(id, sdk), &sdk.resource(id).module);
    quote! { #gate mod #module; }
}

fn exports(id: ResourceId, sdk: &Sdk) -> TokenStream {
    let (gate, module) = (gate(id, sdk), &sdk.resource(id).module);
    quote! { #gate pub use #module::*; }
}

/// The features are those of the resources at the top.
fn gate(id: ResourceId, sdk: &Sdk) -> Option<TokenStream> {
    let resource = sdk.resource(id);
    let feature = &resource.feature;
    resource.parent.is_none().then(|| quote! { #[cfg(feature = #feature)] })
}

/// The documentation of a model.
pub(super) fn docs(model: &Model) -> Rustdoc {
    let docs = Rustdoc::of(&model.docs).text(&model.docs.facts);
    if !model.docs.is_deprecated {
        return docs;
    }
    docs.text(Prose::fill("Deprecated: {}.", &[&Prose::from(DEPRECATION)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdk::sample;

    #[test]
    fn one_of_each_kind() {
        let mut files = FileTree::default();
        emit(&sample::sdk(sample::types()), &mut files);
        let texts: Vec<String> = files.iter().map(|(path, text)| format!("==> {path}\n{text}")).collect();
        insta::assert_snapshot!(texts.join("\n"));
    }
}
