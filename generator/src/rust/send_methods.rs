//! Emits how a request is sent: `send`, `send_with_response`, and their like for streams.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use super::{output, request_code};
use crate::prose::Prose;
use crate::sdk::{Operation, Output, SendMethod, StatusPattern};

/// The send methods of an operation.
pub(super) fn emit(operation: &Operation, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Response");
    imports.add_path("crate::Error");
    let methods = operation.send_methods.iter().map(|method| pair(method, operation, imports));
    methods.collect()
}

/// A method that returns the value, and one that returns the response around it.
fn pair(method: &SendMethod, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (name, with_response) =
        (format_ident!("{}", method.name), format_ident!("{}_with_response", method.name));
    let (docs, with_response_docs) = docs(method, operation);
    let (ty, sent) = match &method.output {
        Output::One(content) => {
            output::import(content, imports);
            (content.to_token_stream(), output::send(content))
        }
        Output::Several(several) => (several.name.to_token_stream(), output::send_several(several, imports)),
    };
    let value = if ty.to_string() == "()" {
        quote! { self.#with_response().await?; Ok(()) }
    } else {
        quote! { Ok(self.#with_response().await?.into_value()) }
    };
    let body = operation.held_body.as_ref().map(request_code::held_body);
    let accept = method.accept.as_ref().map(|accept| quote! { self.call.accept(#accept); });
    let flag = method.flag.as_ref().map(request_code::flag);
    let this = if body.is_some() || accept.is_some() || flag.is_some() {
        quote! { mut self }
    } else {
        quote! { self }
    };
    quote! {
        #docs
        pub async fn #name(self) -> Result<#ty, Error> {
            #value
        }
        #with_response_docs
        pub async fn #with_response(#this) -> Result<Response<#ty>, Error> {
            #body
            #accept
            #flag
            #sent
        }
    }
}

fn docs(method: &SendMethod, operation: &Operation) -> (TokenStream, TokenStream) {
    let docs = Rustdoc::new(method.summary).text("# Errors").text(errors_text(operation));
    let name = Prose::from(method.name);
    let more = "As [`{}`](Self::{}), with the status, the headers and the request id.";
    let with_response = Rustdoc::new(Prose::fill(more, &[&name, &name]))
        .text("# Errors")
        .text(Prose::fill("As [`{}`](Self::{}).", &[&name, &name]));
    (docs.outer(), with_response.outer())
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
