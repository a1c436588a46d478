//! Emits the Rust files of the crate.
//!
//! In goes the [`Sdk`], out come finished texts. One module emits one kind of file; this one knows
//! only which there are. Nothing here decides what a page would have to know, and nothing here can fail.

mod client;
mod crate_root;
mod errors;
mod example_tests;
mod models;
mod newtype;
mod request_tests;
mod resource;
mod runtime_files;
mod webhooks;

mod alias;
mod constructors;
mod descriptor;
mod open_enum;
mod operation;
mod output;
mod pages;
mod progenitor;
mod request_code;
mod send_methods;
mod servers;
mod structs;
mod union;

mod format;
mod imports;
mod macro_calls;
mod rustdoc;

use proc_macro2::TokenStream;

use crate::sdk::Sdk;
use crate::snippet::Snippets;
use crate::tree::FileTree;

/// Adds the Rust files to `files`.
pub(crate) fn emit(sdk: &Sdk, files: &mut FileTree) {
    let origin = sdk.title.as_str();
    let snippets = Snippets::new(sdk);
    let mut add = |path: String, items: TokenStream| files.add(path, format::file(origin, items));
    add("src/lib.rs".to_owned(), crate_root::emit(&snippets, sdk));
    add("src/client.rs".to_owned(), client::emit(sdk));
    add("src/errors.rs".to_owned(), errors::emit(sdk));
    add("src/resources/mod.rs".to_owned(), crate_root::emit_resources(sdk));
    for resource in &sdk.resources {
        add(format!("src/resources/{}.rs", resource.module_path), resource::emit(resource, &snippets, sdk));
    }
    if let Some(tests) = request_tests::emit(sdk) {
        add("tests/generated_requests.rs".to_owned(), tests);
    }
    if let Some(tests) = example_tests::emit(sdk) {
        add("tests/generated_examples.rs".to_owned(), tests);
    }
    if !sdk.webhooks.is_empty() {
        add("src/webhooks.rs".to_owned(), webhooks::emit(sdk));
    }
    models::emit(sdk, files);
    runtime_files::emit(sdk, files);
}

#[cfg(test)]
mod tests {
    use crate::sdk::sample_calls;
    use crate::tree::FileTree;

    #[test]
    fn the_sample() {
        let mut files = FileTree::default();
        super::emit(&sample_calls::sdk(), &mut files);
        let text = |path| files.get(path).unwrap_or_default();
        insta::assert_snapshot!("sample_resource", text("src/resources/files.rs"));
        insta::assert_snapshot!("sample_client", text("src/client.rs"));
        insta::assert_snapshot!("sample_errors", text("src/errors.rs"));
        insta::assert_snapshot!("sample_crate_root", text("src/lib.rs"));
    }
}
