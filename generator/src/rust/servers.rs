//! Emits the `Server` enum: where the API is served, to choose from.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rustdoc::Rustdoc;
use crate::prose::Prose;
use crate::sdk::{Sdk, Server, ServerVariable};

/// The enum, and how a URL is made of it.
pub(super) fn emit(sdk: &Sdk) -> TokenStream {
    let variants = sdk.servers.iter().map(variant);
    let arms = sdk.servers.iter().enumerate().map(|(index, server)| arm(index, server));
    quote! {
        /// Where the API is served.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Server { #(#variants),* }

        impl Server {
            /// The URL that paths are added to.
            #[must_use]
            pub fn url(&self) -> String {
                match self { #(#arms),* }
            }
        }
    }
}

fn variant(server: &Server) -> TokenStream {
    let Server { name, description, template, variables } = server;
    let docs = Rustdoc::new(description.sentence()).text(Prose::code(&template.url)).outer();
    if variables.is_empty() {
        return quote! { #docs #name };
    }
    let fields = variables.iter().map(|variable| {
        let docs = variable_docs(variable).outer();
        let field = &variable.field;
        quote! { #docs #field: String }
    });
    quote! { #docs #name { #(#fields),* } }
}

fn variable_docs(variable: &ServerVariable) -> Rustdoc {
    let ServerVariable { name, default, values, description, .. } = variable;
    let in_url = Prose::code(&format!("{{{name}}}"));
    let values = Prose::join(", ", values.iter().map(|value| Prose::code(value)));
    let known = if values.is_empty() { values } else { Prose::fill("One of {}.", &[&values]) };
    Rustdoc::new(description.sentence())
        .or(Prose::fill("The value of {} in the URL.", &[&in_url]))
        .text(known)
        .text(Prose::fill("Default: {}.", &[&Prose::code(default)]))
}

fn arm(index: usize, server: &Server) -> TokenStream {
    let Server { name, variables, .. } = server;
    let index = Literal::usize_unsuffixed(index);
    let fields: Vec<_> = variables.iter().map(|variable| &variable.field).collect();
    let keys = variables.iter().map(|variable| &variable.name);
    let values = keys.zip(&fields).map(|(key, field)| quote! { (#key, #field.clone()) });
    let pattern = (!fields.is_empty()).then(|| quote! { { #(#fields),* } });
    quote! { Self::#name #pattern => SDK.servers[#index].fill(&[#(#values),*]) }
}
