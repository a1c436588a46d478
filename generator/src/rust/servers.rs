//! Emits the `Server` enum: where the API is served, to choose from.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use super::rustdoc::Rustdoc;
use crate::Plan;
use crate::ir::{Server, ServerVariable};
use crate::names::ServerNames;
use crate::prose::Prose;

/// Whether there is anything to choose: several servers, or variables in the URL of one.
pub(super) fn is_choice(plan: &Plan) -> bool {
    let servers = &plan.api.servers;
    servers.len() > 1 || servers.iter().any(|server| !server.variables.is_empty())
}

/// The enum, and how a URL is made of it.
pub(super) fn emit(plan: &Plan) -> TokenStream {
    let servers = plan.api.servers.iter().enumerate();
    let servers: Vec<(&Server, &ServerNames)> =
        servers.map(|(index, server)| (server, plan.names.server(index))).collect();
    let variants = servers.iter().map(|(server, names)| variant(server, names));
    let arms = servers.iter().enumerate().map(|(index, (server, names))| arm(index, server, names));
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

fn variant(server: &Server, names: &ServerNames) -> TokenStream {
    let docs = Rustdoc::new(server.description.sentence()).text(Prose::code(&server.url)).outer();
    let name = ident(&names.variant);
    if server.variables.is_empty() {
        return quote! { #docs #name };
    }
    let fields = server.variables.iter().zip(&names.variables).map(|(variable, field)| {
        let docs = variable_docs(variable).outer();
        let field = ident(field);
        quote! { #docs #field: String }
    });
    quote! { #docs #name { #(#fields),* } }
}

fn variable_docs(variable: &ServerVariable) -> Rustdoc {
    let ServerVariable { name, default, values, description } = variable;
    let in_url = Prose::code(&format!("{{{name}}}"));
    let values = Prose::join(", ", values.iter().map(|value| Prose::code(value)));
    let known = if values.is_empty() { values } else { Prose::fill("One of {}.", &[&values]) };
    Rustdoc::new(description.sentence())
        .or(Prose::fill("The value of {} in the URL.", &[&in_url]))
        .text(known)
        .text(Prose::fill("Default: {}.", &[&Prose::code(default)]))
}

fn arm(index: usize, server: &Server, names: &ServerNames) -> TokenStream {
    let (index, name) = (Literal::usize_unsuffixed(index), ident(&names.variant));
    let fields: Vec<_> = names.variables.iter().map(ident).collect();
    let keys = server.variables.iter().map(|variable| &variable.name);
    let values = keys.zip(&fields).map(|(key, field)| quote! { (#key, #field.clone()) });
    let pattern = (!fields.is_empty()).then(|| quote! { { #(#fields),* } });
    quote! { Self::#name #pattern => SDK.servers[#index].fill(&[#(#values),*]) }
}
