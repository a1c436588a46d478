//! Emits the Rust files of the crate.
//!
//! In goes the [`Plan`], out come finished texts. One module emits one kind of
//! file; this one knows only which there are. Nothing here reads the document,
//! and nothing here can fail.

mod client;
mod crate_root;
mod errors;
mod example_tests;
mod models;
mod request_tests;
mod resource;
mod runtime_files;

mod alias;
mod constructors;
mod ends;
mod facts;
mod open_enum;
mod operation;
mod output;
mod paging;
mod progenitor;
mod servers;
mod statement;
mod structs;
mod union;

pub(crate) mod arguments;
pub(crate) mod field;
mod format;
mod macro_calls;
mod rustdoc;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
pub(crate) mod sample_calls;
pub(crate) mod spelling;
mod tokens;
pub(crate) mod words;

use proc_macro2::TokenStream;

use crate::Plan;
use crate::ir::ResourceId;
use crate::names;
use crate::snippet::Snippets;
use crate::tree::FileTree;

/// Adds the Rust files to `files`.
pub(crate) fn emit(plan: &Plan, files: &mut FileTree) {
    let origin = plan.api.info.title.as_str();
    let snippets = Snippets::new(plan);
    let mut add = |path: String, items: TokenStream| files.add(path, format::file(origin, items));
    add("src/lib.rs".to_owned(), crate_root::emit(&snippets, plan));
    add("src/client.rs".to_owned(), client::emit(plan));
    add("src/errors.rs".to_owned(), errors::emit(plan));
    add("src/resources/mod.rs".to_owned(), crate_root::emit_resources(plan));
    for id in resources(plan) {
        let module = &plan.names.resource(id).module;
        add(format!("src/resources/{module}.rs"), resource::emit(id, &snippets, plan));
    }
    add("tests/generated_requests.rs".to_owned(), request_tests::emit(plan));
    if let Some(tests) = example_tests::emit(plan) {
        add("tests/generated_examples.rs".to_owned(), tests);
    }
    models::emit(plan, files);
    runtime_files::emit(files);
}

/// The resources that get a file: those that lead to operations.
fn resources(plan: &Plan) -> impl Iterator<Item = ResourceId> {
    (0..plan.api.resources.len()).map(ResourceId).filter(|id| plan.api.has_operations(*id))
}

/// The name as a token: the only way from a decided name into code.
fn ident(name: &names::Ident) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name.as_str(), proc_macro2::Span::call_site())
}

/// `beta().libraries()`: how a resource is reached from a client.
pub(crate) fn accessor_path(id: ResourceId, plan: &Plan) -> String {
    let accessor = &plan.names.resource(id).accessor;
    match plan.api.resource(id).parent {
        Some(parent) => format!("{}.{accessor}()", accessor_path(parent, plan)),
        None => format!("{accessor}()"),
    }
}

#[cfg(test)]
mod tests {
    use crate::tree::FileTree;

    #[test]
    fn the_sample() {
        let mut files = FileTree::default();
        super::emit(&super::sample_calls::plan(), &mut files);
        let text = |path| files.get(path).unwrap_or_default();
        insta::assert_snapshot!("sample_resource", text("src/resources/files.rs"));
        insta::assert_snapshot!("sample_client", text("src/client.rs"));
        insta::assert_snapshot!("sample_errors", text("src/errors.rs"));
        insta::assert_snapshot!("sample_crate_root", text("src/lib.rs"));
    }
}
