//! `src/models`: a file for each named type, and the module that lists them.

use proc_macro2::TokenStream;
use quote::quote;

use super::rustdoc::Rustdoc;
use super::{alias, format, open_enum, progenitor, structs, union};
use crate::sdk::{Constructor, Model, ModelKind, Sdk, Struct};
use crate::tree::FileTree;

/// Adds `src/models/*.rs` to `files`.
pub(super) fn emit(sdk: &Sdk, files: &mut FileTree) {
    let origin = sdk.title.as_str();
    let field_types = progenitor::field_types(sdk);
    for (id, model) in sdk.models_by_id() {
        let (tokens, imports) = match &model.kind {
            ModelKind::Struct(object) => structs::emit(model, object, &field_types[&id]),
            ModelKind::Enum(values) => open_enum::emit(model, values),
            ModelKind::Union(union) => union::emit(model, union),
            ModelKind::Alias(target) => alias::emit(model, target),
        };
        let uses = imports.uses(&quote! { super });
        let path = format!("src/models/{}.rs", model.module);
        files.add(path, format::file(origin, quote! { #uses #tokens }));
    }
    files.add("src/models/mod.rs", format::file(origin, module(sdk)));
}

fn module(sdk: &Sdk) -> TokenStream {
    let mut models: Vec<&Model> = sdk.models.iter().collect();
    models.sort_by_key(|model| &model.module);
    let modules: Vec<_> = models.iter().map(|model| &model.module).collect();
    let types = models.iter().map(|model| {
        let name = &model.name;
        if let ModelKind::Struct(Struct { constructor: Constructor::Required(required), .. }) = &model.kind {
            quote! { {#name, #required} }
        } else {
            quote! { #name }
        }
    });
    quote! {
        //! The types of the values that the API receives and returns.
        #![allow(
            clippy::doc_markdown,
            clippy::enum_variant_names,
            clippy::fn_params_excessive_bools,
            clippy::large_enum_variant,
            clippy::struct_excessive_bools,
            clippy::struct_field_names,
            clippy::too_many_arguments,
            clippy::too_many_lines,
            clippy::unreadable_literal,
            reason = "the names, sizes and texts are those of the API's description"
        )]
        #![allow(missing_docs, reason = "nothing is said of what the API's description says nothing about")]
        #(mod #modules;)*
        #(pub use #modules::#types;)*
    }
}

/// The documentation of a model.
pub(super) fn docs(model: &Model) -> Rustdoc {
    let docs = Rustdoc::of(&model.docs).text(&model.docs.facts);
    if model.docs.is_deprecated { docs.text("Deprecated: the API advises against using it.") } else { docs }
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
