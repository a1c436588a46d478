//! Emits `src/errors.rs`: the enum over the bodies that the document gives to errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::rustdoc::Rustdoc;
use super::tokens::uses;
use crate::Plan;
use crate::ir::{ErrorResponse, Type, TypeId};
use crate::prose::Prose;
use crate::rust::spelling::Imports;

/// The items of the file.
pub(super) fn emit(plan: &Plan) -> TokenStream {
    let mut imported = Imports::default();
    let bodies = plan.api.error_types();
    for id in &bodies {
        imported.add(&Type::Named(*id), plan);
    }
    let uses = uses(&imported, &quote! { crate::models });
    let variants = bodies.iter().map(|id| variant(*id, plan));
    let decoders = bodies.iter().map(|id| decode(*id, plan));
    let methods = (!bodies.is_empty()).then(|| quote! { impl ErrorBody { #(#decoders)* } });
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

fn variant(id: TypeId, plan: &Plan) -> TokenStream {
    let Some(names) = plan.names.error(id) else { return TokenStream::new() };
    let ty = &plan.names.ty(id).ident;
    let docs = Rustdoc::of(&plan.api.type_def(id).docs, ty.as_str(), Prose::fill("[`{}`]", &[ty])).outer();
    let (variant, ty) = (ident(&names.variant), ident(ty));
    quote! { #docs #variant(#ty) }
}

fn decode(id: TypeId, plan: &Plan) -> TokenStream {
    let Some(names) = plan.names.error(id) else { return TokenStream::new() };
    let (variant, decoder) = (ident(&names.variant), ident(&names.decoder));
    quote! {
        pub(crate) fn #decoder(json: &[u8]) -> Result<Self, serde_json::Error> {
            serde_json::from_slice(json).map(Self::#variant)
        }
    }
}

/// The function of `ErrorBody` that reads the body of `error`, when it has one with a name.
pub(super) fn decoder(error: &ErrorResponse, plan: &Plan) -> Option<proc_macro2::Ident> {
    match error.body {
        Some(Type::Named(id)) => plan.names.error(id).map(|names| ident(&names.decoder)),
        _ => None,
    }
}
