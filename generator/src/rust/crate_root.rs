//! Emits `src/lib.rs` and the lists of modules.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rustdoc::Rustdoc;
use crate::runtime::{Group, Groups};
use crate::sdk::Sdk;
use crate::snippet::Snippets;
use crate::tokens::parsed;

/// The items of `src/lib.rs`.
pub(super) fn emit(snippets: &Snippets<'_>, sdk: &Sdk) -> TokenStream {
    let docs = docs(sdk).inner();
    let example = example(snippets, sdk);
    let of_runtime = exports(&sdk.runtime_groups);
    let server = sdk.has_server_choice().then(|| quote! { , Server });
    let dates = sdk.has_dates.then(|| {
        quote! {
            /// The types of dates, in the version that this crate has.
            pub use chrono;
        }
    });
    let auth = auth(&sdk.runtime_groups);
    let errors = errors(&sdk.runtime_groups);
    let secrets = (!sdk.auth.is_empty()).then(|| {
        quote! {
            /// The types of secrets, in the version that this crate has.
            pub use secrecy;
        }
    });
    let letters = sdk.has_letters_beyond_ascii.then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                uncommon_codepoints,
                reason = "names are those of the API's description"
            )]
        }
    });
    let webhooks = (!sdk.webhooks.is_empty()).then(|| quote! { #[rustfmt::skip] pub mod webhooks; });
    quote! {
        #docs
        #example
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![cfg_attr(
            not(feature = "default"),
            allow(dead_code, unused_imports, unused_macros, reason = "the operations of a feature use them")
        )]
        #![allow(clippy::doc_markdown, reason = "the texts are those of the API's description")]
        #letters

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
        #[allow(unreachable_pub, reason = "it is a crate of its own where it is tested")]
        mod runtime;
        #webhooks

        #[doc = include_str!("guide.md")]
        #[cfg(all(doc, not(doctest)))]
        pub mod guide {}
        #auth
        /// What went wrong in a call: the kinds of [`Error`].
        pub mod error {
            pub use crate::runtime::{
                ApiError, BoxError, ConnectError, DecodeError, InterruptedError, InvalidRequestError,
                TimeoutError, TimeoutKind,
            };
            #errors
        }
        /// Code of yours that sees every attempt of every call.
        pub mod hook {
            pub use crate::runtime::{Attempt, Hook, RequestHead, ResponseHead};
        }
        /// Time, for code of yours that sets it.
        pub mod clock {
            pub use crate::runtime::{Clock, Sleep, SystemClock};
        }

        pub use client::{Client, ClientBuilder #server};
        pub use errors::ErrorBody;
        #of_runtime
        #[cfg(feature = "blocking")]
        pub use runtime::blocking;
        pub use runtime::transport;
        /// The bytes of bodies, in the version that this crate has.
        pub use bytes;
        #dates
        /// The types of statuses and headers, in the version that this crate has.
        pub use http;
        /// The HTTP client below this one, in the version that this crate has.
        pub use reqwest;
        #secrets
        /// JSON of any kind, in the version that this crate has.
        pub use serde_json;
        /// The type of URLs, in the version that this crate has.
        pub use url;
    }
}

/// The module with the types of credentials, when there are any.
fn auth(groups: &Groups) -> Option<TokenStream> {
    let oauth = groups.contains(Group::OAuth).then(|| quote! { ClientCredentials, });
    groups.contains(Group::Auth).then(|| {
        quote! {
            /// Credentials, and where they come from.
            pub mod auth {
                pub use crate::runtime::{#oauth Credential, CredentialProvider, ProvidedCredential};
            }
        }
    })
}

/// The kinds of errors that only calls with a group of the runtime have.
fn errors(groups: &Groups) -> TokenStream {
    let of_groups = [(Group::Auth, quote! { CredentialError }), (Group::BodyErrors, quote! { BodyError })];
    let present = of_groups.into_iter().filter(|(group, _)| groups.contains(*group));
    let exports = present.map(|(group, error)| {
        let gate = gate(groups, group);
        quote! { #gate pub use crate::runtime::#error; }
    });
    exports.collect()
}

/// The types of the runtime that callers use in every program, in the order of their names, and those of groups
/// that have a feature. The others are in modules of their own.
fn exports(groups: &Groups) -> TokenStream {
    let always = ["CustomRequest", "Error", "Maybe", "Method", "RequestOptions", "Response", "RetryPolicy"];
    let (with_feature, others): (Vec<Group>, Vec<Group>) =
        groups.iter().partition(|group| groups.feature(*group).is_some());
    let of_groups = others.into_iter().flat_map(of_group).copied();
    let names: BTreeSet<&str> = always.into_iter().chain(of_groups).collect();
    let names = names.into_iter().map(parsed);
    let with_feature = with_feature.into_iter().filter(|group| !of_group(*group).is_empty());
    let with_feature = with_feature.map(|group| {
        let (gate, names) = (gate(groups, group), of_group(group).iter().map(|name| parsed(name)));
        quote! { #gate pub use runtime::{#(#names),*}; }
    });
    quote! { pub use runtime::{#(#names),*}; #(#with_feature)* }
}

/// The attribute of what is there with the feature of a group.
fn gate(groups: &Groups, group: Group) -> Option<TokenStream> {
    let feature = groups.feature(group)?;
    Some(quote! { #[cfg(feature = #feature)] })
}

/// The types of a group of the runtime that callers use.
fn of_group(group: Group) -> &'static [&'static str] {
    match group {
        Group::Auth => &["Credential"],
        Group::Uploads => &["FileUpload"],
        Group::Files => &["Progress"],
        Group::Downloads => &["Download", "DownloadReader", "DownloadStream"],
        Group::Events => &["Event", "EventStream"],
        Group::JsonLines => &["JsonLines"],
        Group::Pages => &["Items", "Pages"],
        Group::Base64Values => &["Base64"],
        Group::JsonObjects => &["JsonObject"],
        Group::Nullable => &["Nullable"],
        Group::OAuth
        | Group::Cookies
        | Group::HeaderParameters
        | Group::Styles
        | Group::Bodies
        | Group::BodyErrors
        | Group::Sources
        | Group::Forms
        | Group::Multipart
        | Group::JsonLinesBodies
        | Group::JsonParts
        | Group::Repeats
        | Group::SeveralResponses
        | Group::TextResponses
        | Group::EmptyResponses
        | Group::RawResponses
        | Group::ErrorBodies
        | Group::StatusPatterns
        | Group::Streams
        | Group::Dates
        | Group::Enums
        | Group::Tuples
        | Group::Unions
        | Group::Webhooks => &[],
    }
}

fn docs(sdk: &Sdk) -> Rustdoc {
    Rustdoc::new(&sdk.title).text(&sdk.description).or("A client for an HTTP API.")
}

/// The example at the end of the crate's documentation. It is compiled where the feature of its
/// operation is on, and text where it is not.
fn example(snippets: &Snippets<'_>, sdk: &Sdk) -> Option<TokenStream> {
    let featured = sdk.operation(sdk.featured.front?);
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
        //! The operations of the API, one module per resource.
        #![allow(
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::many_single_char_names,
            clippy::needless_pass_by_value,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::too_many_lines,
            reason = "names, sizes and numbers of arguments are those of the API's description"
        )]
        #![allow(missing_docs, reason = "nothing is said of what the API's description says nothing about")]

        #(#modules)*
    }
}
