//! Emits how a request is sent: a macro call for what all requests have in common, and what is different for
//! an operation whose responses differ.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::output;
use crate::prose::Prose;
use crate::sdk::{Operation, Output, OutputEnum, StatusPattern};
use crate::tokens::parsed;

/// The methods that send the request of an operation.
pub(super) fn emit(operation: &Operation, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::request_builder");
    let builder = &operation.builder;
    match &operation.returned.output {
        Output::One(content) => {
            if let Some(ty) = content.ty() {
                imports.add(ty);
            }
            let kind: TokenStream = parsed(output::kind(content));
            let ty = content.ty();
            quote! { request_builder!(#builder -> #kind #ty); }
        }
        Output::Several(several) => {
            let name = &several.name;
            let method = send_several(several, imports);
            quote! {
                impl #builder { #method }
                request_builder!(#builder -> several #name);
            }
        }
    }
}

fn send_several(several: &OutputEnum, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Response");
    imports.add_path("crate::Error");
    let name = &several.name;
    let sent = output::send_several(several, imports);
    quote! {
        /// Like [`send`](Self::send), but returns the status, headers and request id with the value.
        ///
        /// # Errors
        ///
        /// The same as for [`send`](Self::send).
        pub async fn send_with_response(self) -> Result<Response<#name>, Error> {
            #sent
        }
    }
}

/// Which error responses the document lists; empty when it lists none.
pub(super) fn documented_errors(operation: &Operation) -> Prose {
    let mut statuses: Vec<StatusPattern> = operation.errors.iter().map(|error| error.status).collect();
    statuses.retain(|status| *status != StatusPattern::Default);
    statuses.dedup();
    let statuses = statuses.into_iter().map(|status| Prose::plain(&status.to_string()));
    let statuses = Prose::join(", ", statuses);
    if statuses.is_empty() { statuses } else { Prose::fill("Documented error statuses: {}.", &[&statuses]) }
}
