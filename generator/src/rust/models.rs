//! `src/models`: a file for each named type, and the module that lists them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Plan;
use crate::ir::{Shape, TypeId};
use crate::rust::ident;
use crate::rust::rustdoc::Rustdoc;
use crate::rust::tokens::uses;
use crate::rust::{alias, format, open_enum, progenitor, structs, union, words};
use crate::tree::FileTree;

/// Adds `src/models/*.rs` to `files`.
pub(super) fn emit(plan: &Plan, files: &mut FileTree) {
    let origin = plan.api.info.title.as_str();
    let items = progenitor::structs(plan);
    let ids = || (0..plan.api.types.len()).map(TypeId);
    for id in ids() {
        let (tokens, imports) = match &plan.api.type_def(id).shape {
            Shape::Struct(_) => structs::emit(id, &items[&id], plan),
            Shape::Enum(values) => open_enum::emit(id, values, plan),
            Shape::Union(types) => union::emit(id, types, plan),
            Shape::Alias(target) => alias::emit(id, target, plan),
        };
        let uses = uses(&imports, &quote! { super });
        let path = format!("src/models/{}.rs", plan.names.ty(id).module);
        files.add(path, format::file(origin, quote! { #uses #tokens }));
    }
    files.add("src/models/mod.rs", format::file(origin, module(ids(), plan)));
}

fn module(ids: impl Iterator<Item = TypeId>, plan: &Plan) -> TokenStream {
    let mut names: Vec<_> = ids.map(|id| plan.names.ty(id)).collect();
    names.sort_by(|one, other| one.module.cmp(&other.module));
    let modules: Vec<_> = names.iter().map(|names| ident(&names.module)).collect();
    let types = names.iter().map(|names| ident(&names.ident));
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
        #(mod #modules;)*
        #(pub use #modules::#types;)*
    }
}

/// The documentation of a type.
pub(super) fn type_doc(id: TypeId, plan: &Plan) -> Rustdoc {
    let ty = plan.api.type_def(id);
    let doc = Rustdoc::of(&ty.docs, plan.names.ty(id).ident.as_str(), words::of_silent_type(id, plan));
    let doc = doc.text(words::limits(&ty.docs));
    if ty.docs.deprecated { doc.text("Deprecated: the API advises against using it.") } else { doc }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::sample;

    #[test]
    fn one_of_each_kind() {
        let mut files = FileTree::default();
        emit(&sample::plan(sample::types()), &mut files);
        let texts: Vec<String> = files.iter().map(|(path, text)| format!("==> {path}\n{text}")).collect();
        insta::assert_snapshot!(texts.join("\n"));
    }
}
