//! Emits one resource: a file with the resource itself and all of its operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::rustdoc::Rustdoc;
use super::tokens::uses;
use super::{ident, operation};
use crate::Plan;
use crate::ir::{Docs, ResourceId};
use crate::prose::Prose;
use crate::rust::spelling::Imports;
use crate::snippet::Snippets;

/// The items of the file of the resource `id`.
pub(super) fn emit(id: ResourceId, snippets: &Snippets<'_>, plan: &Plan) -> TokenStream {
    let mut imported = Imports::default();
    imported.add_path("crate::Client");
    let emitted: Vec<_> = plan
        .api
        .operations_of(id)
        .map(|operation| operation::emit(operation, snippets, plan, &mut imported))
        .collect();
    let name = ident(&plan.names.resource(id).ident);
    let methods = emitted.iter().map(|operation| &operation.method);
    let items = emitted.iter().map(|operation| &operation.items);
    let children = plan.api.children_of(Some(id)).filter(|child| plan.api.has_operations(*child));
    let children = children.map(|child| accessor(child, plan));
    let module_docs = module_docs(id, plan).inner();
    let docs = docs(id, plan).outer();
    let uses = uses(&imported, &quote! { crate::models });
    quote! {
        #module_docs
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

/// The method of a resource that gives one below it.
fn accessor(child: ResourceId, plan: &Plan) -> TokenStream {
    let names = plan.names.resource(child);
    let (method, name, module) = (ident(&names.accessor), ident(&names.ident), ident(&names.module));
    let docs = docs(child, plan).outer();
    quote! {
        #docs
        pub fn #method(self) -> super::#module::#name<'c> {
            super::#module::#name::new(self.client)
        }
    }
}

/// What a resource is for.
pub(super) fn docs(id: ResourceId, plan: &Plan) -> Rustdoc {
    let resource = plan.api.resource(id);
    let otherwise = if resource.tag.is_empty() {
        "The operations that belong to no group.".into()
    } else {
        Prose::fill("The operations of {}.", &[&Prose::code(&resource.tag)])
    };
    let (summary, description) = (resource.summary.clone(), resource.description.clone());
    let docs = Docs { summary, description, ..Docs::default() };
    Rustdoc::of(&docs, &resource.label, otherwise)
}

fn module_docs(id: ResourceId, plan: &Plan) -> Rustdoc {
    let names = plan.names.resource(id);
    let path = super::accessor_path(id, plan);
    let accessor = Prose::code(&format!("client.{path}"));
    Rustdoc::new(Prose::fill("[`{}`]: the operations of {}.", &[&names.ident, &accessor]))
}
