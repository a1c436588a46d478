//! Emits `src/webhooks.rs`: how the bodies of webhooks and callbacks are read.

use proc_macro2::TokenStream;
use quote::quote;

use super::rustdoc::Rustdoc;
use crate::prose::Prose;
use crate::sdk::{Sdk, Type, Webhook};

/// The items of the file.
pub(super) fn emit(sdk: &Sdk) -> TokenStream {
    let docs = docs(sdk).inner();
    let event = sdk.webhooks.event.map(|id| &sdk.model(id).name).into_iter();
    let verifier = (!sdk.webhooks.webhooks.is_empty())
        .then(|| quote! { pub use crate::runtime::webhook::{SignatureError, Verifier}; });
    let parse_event = sdk.webhooks.event.map(|_| parse_event());
    let parse_callback = (!sdk.webhooks.callbacks.is_empty()).then(parse_callback);
    quote! {
        #docs

        #(pub use crate::models::#event as Event;)*
        #verifier
        #parse_event
        #parse_callback
    }
}

fn parse_event() -> TokenStream {
    quote! {
        impl Event {
            /// Reads the body of a webhook. [`Verifier::verify`] says whether it comes from the API.
            ///
            /// # Errors
            ///
            /// When it is not JSON, or not what its variant holds. JSON that is of no known variant is
            /// [`Event::Unknown`].
            pub fn parse(body: &[u8]) -> Result<Self, serde_json::Error> {
                crate::runtime::value::reader::from_slice(body)
            }
        }
    }
}

fn parse_callback() -> TokenStream {
    quote! {
        /// Reads the body of a callback as the type of its payload. Nothing says who has sent it.
        ///
        /// # Errors
        ///
        /// When it is not JSON of this type.
        pub fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
            crate::runtime::value::reader::from_slice(body)
        }
    }
}

/// What there is to be received, with links to the types of payloads.
fn docs(sdk: &Sdk) -> Rustdoc {
    let docs = Rustdoc::new("What the API sends to servers of its users.");
    let webhooks = sdk.webhooks.webhooks.iter().map(item);
    let callbacks = sdk.webhooks.callbacks.iter().map(|(_, callback)| item(callback));
    docs.text(Prose::join("\n", webhooks)).text(Prose::join("\n", callbacks))
}

/// The item of a list: `newPet`: [`Pet`](crate::models::Pet).
fn item(webhook: &Webhook) -> Prose {
    let name = Prose::code(&webhook.name);
    match webhook.payload.as_ref().and_then(Type::model) {
        Some(model) => Prose::fill("- {}: [`{}`](crate::models::{})", &[&name, &model.name, &model.name]),
        None => Prose::fill("- {}", &[&name]),
    }
}
