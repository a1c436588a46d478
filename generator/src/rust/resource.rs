//! Emits one resource: a file with the resource itself and all of its operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::operation;
use super::rustdoc::Rustdoc;
use crate::prose::Prose;
use crate::sdk::{Resource, ResourceId, Sdk};
use crate::snippet::Snippets;

/// The items of the file of `resource`.
pub(super) fn emit(resource: &Resource, snippets: &Snippets<'_>, sdk: &Sdk) -> TokenStream {
    let mut imports = Imports::default();
    imports.add_path("crate::Client");
    let operations = sdk.operations_of(resource);
    let emitted: Vec<_> =
        operations.map(|operation| operation::emit(operation, snippets, sdk, &mut imports)).collect();
    let name = &resource.name;
    let methods = emitted.iter().map(|operation| &operation.method);
    let items = emitted.iter().map(|operation| &operation.items);
    let children = resource.children.iter().map(|child| accessor(*child, sdk));
    let modules = resource.children.iter().map(|child| &sdk.resource(*child).module);
    let module_docs = module_docs(resource).inner();
    let docs = Rustdoc::of(&resource.docs).outer();
    let uses = imports.uses(&quote! { crate::models });
    quote! {
        #module_docs
        #(pub mod #modules;)*
        #uses
        #docs
        #[derive(Clone, Copy, Debug)]
        #[must_use = "a resource does nothing by itself"]
        pub struct #name<'c> {
            client: &'c Client,
        }
        impl<'c> #name<'c> {
            pub(crate) fn new(client: &'c Client) -> Self {
                Self { client }
            }
            #(#children)*
            #(#methods)*
        }
        #(#items)*
    }
}

/// The method of a resource that returns one below it.
fn accessor(child: ResourceId, sdk: &Sdk) -> TokenStream {
    let child = sdk.resource(child);
    let Resource { accessor, name, .. } = child;
    let module = &child.module;
    let docs = Rustdoc::of(&child.docs).outer();
    quote! {
        #docs
        pub fn #accessor(self) -> #module::#name<'c> {
            #module::#name::new(self.client)
        }
    }
}

fn module_docs(resource: &Resource) -> Rustdoc {
    let accessor = Prose::code(&format!("client.{}", resource.accessor_path()));
    Rustdoc::new(Prose::fill("[`{}`]: the operations of {}.", &[&resource.name, &accessor]))
}
