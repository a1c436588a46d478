//! Emits `src/errors.rs`: the enum over the bodies that the document gives to errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use crate::prose::Prose;
use crate::sdk::{ErrorBody, Sdk};

/// The items of the file.
pub(super) fn emit(sdk: &Sdk) -> TokenStream {
    let mut imports = Imports::default();
    for body in &sdk.error_bodies {
        imports.add_model(&body.model.name);
    }
    let uses = imports.uses(&quote! { crate::models });
    let variants = sdk.error_bodies.iter().map(|body| variant(body, sdk));
    let decoders = sdk.error_bodies.iter().map(decoder);
    let methods = (!sdk.error_bodies.is_empty()).then(|| quote! { impl ErrorBody { #(#decoders)* } });
    quote! {
        //! The bodies of error responses.

        #uses

        /// The body of an error response.
        #[allow(clippy::large_enum_variant, reason = "the error that it is part of is boxed")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ErrorBody {
            #(#variants,)*
            /// JSON without a schema, or JSON that does not match its schema.
            Json(serde_json::Value),
            /// Text that is not JSON.
            Text(String),
            /// No body.
            Empty,
        }
        #methods
    }
}

fn variant(body: &ErrorBody, sdk: &Sdk) -> TokenStream {
    let ErrorBody { model, variant, .. } = body;
    let paragraphs = &sdk.model(model.id).docs.paragraphs;
    let docs = paragraphs.iter().fold(Rustdoc::default(), Rustdoc::text);
    let name = &model.name;
    let docs = docs.or(Prose::fill("[`{}`]", &[name])).outer();
    quote! { #docs #variant(#name) }
}

fn decoder(body: &ErrorBody) -> TokenStream {
    let ErrorBody { variant, decoder, .. } = body;
    quote! {
        pub(crate) fn #decoder(json: &[u8]) -> Result<Self, serde_json::Error> {
            crate::runtime::value::reader::from_slice(json).map(Self::#variant)
        }
    }
}
