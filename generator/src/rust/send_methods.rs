//! Emits how a request is sent: `send` and `send_with_response`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use super::{output, request_code};
use crate::prose::Prose;
use crate::sdk::{Content, Operation, Output, Returned, StatusPattern};

/// The send methods of an operation: one returns the value, the other the response around it.
pub(super) fn emit(operation: &Operation, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Response");
    imports.add_path("crate::Error");
    let (ty, sent) = match &operation.returned.output {
        Output::One(content) => {
            output::import(content, imports);
            (content.to_token_stream(), output::send(content))
        }
        Output::Several(several) => (several.name.to_token_stream(), output::send_several(several, imports)),
    };
    let value = if ty.to_string() == "()" {
        quote! { self.send_with_response().await?; Ok(()) }
    } else {
        quote! { Ok(self.send_with_response().await?.into_value()) }
    };
    let body = operation.held_body.as_ref().map(request_code::held_body);
    let flag = operation.returned.flag.as_ref().map(request_code::flag);
    let this = if body.is_some() || flag.is_some() {
        quote! { mut self }
    } else {
        quote! { self }
    };
    let docs =
        Rustdoc::new(summary(&operation.returned)).text("# Errors").text(errors_text(operation)).outer();
    let with_response = Rustdoc::new(
        "Like [`send`](Self::send), but returns the status, headers and request id with the value.",
    )
    .text("# Errors")
    .text("The same as for [`send`](Self::send).")
    .outer();
    quote! {
        #docs
        pub async fn send(self) -> Result<#ty, Error> {
            #value
        }
        #with_response
        pub async fn send_with_response(#this) -> Result<Response<#ty>, Error> {
            #body
            #flag
            #sent
        }
    }
}

fn summary(returned: &Returned) -> &'static str {
    if returned.output.content().is_some_and(Content::is_stream) {
        "Sends the request and returns the response as a stream, which yields values as they arrive."
    } else {
        "Sends the request and returns the decoded response."
    }
}

/// Which errors to expect.
fn errors_text(operation: &Operation) -> Prose {
    let mut statuses: Vec<StatusPattern> = operation.errors.iter().map(|error| error.status).collect();
    statuses.retain(|status| *status != StatusPattern::Default);
    statuses.dedup();
    let statuses = statuses.into_iter().map(|status| Prose::plain(&status.to_string()));
    let statuses = Prose::join(", ", statuses);
    if statuses.is_empty() {
        return "[`Error::Api`] for an error response, or another [`Error`] when there is no usable response.".into();
    }
    Prose::fill(
        "[`Error::Api`] for an error response (documented: {}), or another [`Error`] when there is no usable \
         response.",
        &[&statuses],
    )
}
