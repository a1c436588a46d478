//! How a client is made.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Errors, Requirements, Snippet, Snippets};
use crate::sdk::{AuthKind, Sdk};
use crate::tokens::parsed;

/// A client from the environment when the settings say how, by hand otherwise.
pub(super) fn client(sdk: &Sdk) -> TokenStream {
    if sdk.is_configured_by_environment() {
        return quote! { Client::from_env()? };
    }
    let builder = by_hand(sdk);
    quote! { #builder.build()? }
}

/// A builder of clients, with a credential if there is any.
pub(super) fn by_hand(sdk: &Sdk) -> TokenStream {
    let scheme = sdk.auth.iter().find(|scheme| scheme.kind != AuthKind::MutualTls);
    let Some(scheme) = scheme else { return quote! { Client::builder() } };
    let library = parsed(&sdk.package.library);
    let setter = &scheme.setter;
    let credential = match scheme.kind {
        AuthKind::Basic => quote! { #library::Credential::basic("user", "password") },
        AuthKind::ApiKey { .. } => quote! { "your key" },
        _ => quote! { "your token" },
    };
    quote! { Client::builder().#setter(#credential) }
}

/// A client with settings of its own.
pub(super) fn settings(snippets: &Snippets<'_>) -> Snippet {
    let library = snippets.library();
    let mut requirements = Requirements::default();
    for path in ["Client", "RetryPolicy"] {
        requirements.uses.name(&format!("{library}::{path}"));
    }
    requirements.uses.name("std::time::Duration");
    let builder = by_hand(snippets.sdk);
    let statement = quote! {
        let client = #builder
            .timeout(Duration::from_secs(120))
            .retry(RetryPolicy::default().max_retries(4))
            .default_header("x-request-source", "example")
            .build()?;
    };
    let print = quote! { println!("{client:?}"); };
    snippets.snippet(
        vec![statement, print],
        Requirements { errors: requirements.errors.max(Errors::Crate), ..requirements },
    )
}
