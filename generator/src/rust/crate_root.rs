//! Emits `src/lib.rs` and the lists of modules.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rustdoc::Rustdoc;
use crate::sdk::Sdk;
use crate::snippet::Snippets;

/// The items of `src/lib.rs`.
pub(super) fn emit(snippets: &Snippets<'_>, sdk: &Sdk) -> TokenStream {
    let docs = docs(sdk).inner();
    let example = example(snippets, sdk);
    let server = sdk.has_server_choice().then(|| quote! { , Server });
    quote! {
        #docs
        #example
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![cfg_attr(
            not(feature = "default"),
            allow(dead_code, reason = "error bodies are read by the operations of a feature")
        )]
        #![allow(clippy::doc_markdown, reason = "the texts are those of the API's description")]

        #[rustfmt::skip]
        mod client;
        #[rustfmt::skip]
        mod errors;
        #[rustfmt::skip]
        pub mod models;
        #[rustfmt::skip]
        pub mod resources;
        #[cfg(doctest)]
        #[rustfmt::skip]
        mod doctests;
        #[rustfmt::skip]
        #[allow(
            dead_code,
            unreachable_pub,
            unused_imports,
            unused_macros,
            reason = "the same for every document, of which few need all of it"
        )]
        mod runtime;

        pub use client::{Client, ClientBuilder #server};
        pub use errors::ErrorBody;
        pub use runtime::{
            ApiError, Attempt, Base64, BodyError, BoxError, ClientCredentials, Clock, ConnectError, Credential,
            CredentialError, CredentialProvider, DecodeError, Download, DownloadReader, DownloadStream, Error,
            Event, EventStream, FileUpload, Hook, InterruptedError, InvalidRequestError, Items,
            JsonLines, Method, Nullable, Pages, Progress, ProvidedCredential, RequestHead, Response, ResponseHead, RetryPolicy, Sleep,
            SystemClock, TimeoutError, TimeoutKind,
        };
        #[cfg(feature = "blocking")]
        pub use runtime::blocking;
        pub use runtime::transport;
        /// The types of statuses and headers, in the version that this crate has.
        pub use http;
        /// The HTTP client below this one, in the version that this crate has.
        pub use reqwest;
    }
}

fn docs(sdk: &Sdk) -> Rustdoc {
    Rustdoc::new(&sdk.title).text(&sdk.description).or("A client for an HTTP API.")
}

/// The example at the end of the crate's documentation. It is compiled where the feature of its
/// operation is on, and text where it is not.
fn example(snippets: &Snippets<'_>, sdk: &Sdk) -> Option<TokenStream> {
    let featured = sdk.operation(sdk.featured.call?);
    let feature = Literal::string(&sdk.resource(featured.resource).feature);
    let code = Rustdoc::default().rest_of_fence(&snippets.call(featured)).inner();
    Some(quote! {
        #![doc = ""]
        #![cfg_attr(feature = #feature, doc = " ```no_run")]
        #![cfg_attr(not(feature = #feature), doc = " ```text")]
        #code
    })
}

/// The items of `src/resources/mod.rs`.
pub(super) fn emit_resources(sdk: &Sdk) -> TokenStream {
    let modules = sdk.top_resources().map(|resource| {
        let (feature, module) = (&resource.feature, &resource.module);
        quote! { #[cfg(feature = #feature)] pub mod #module; }
    });
    quote! {
        //! The operations of the API, one module per group.
        #![allow(
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::needless_pass_by_value,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::too_many_lines,
            reason = "names, sizes and numbers of arguments are those of the API's description"
        )]

        #(#modules)*
    }
}
