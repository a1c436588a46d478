//! Emits how a call is sent: `send`, `send_with_response`, and their like for streams.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::operation::Context;
use super::rustdoc::Rustdoc;
use super::{facts, ident, output, statement};
use crate::ir::{ResponseContent, Status, Success};
use crate::prose::Prose;
use crate::rust::spelling::Imports;

/// A way to send a call: a method that gives the value, and one that gives the response around it.
struct End {
    name: &'static str,
    purpose: &'static str,
    /// The type of the value.
    ty: TokenStream,
    /// The statements that come before it is sent.
    before: TokenStream,
    /// The expression that sends it.
    sent: TokenStream,
}

/// `send`, `send_with_response`, and their like for streams.
pub(super) fn emit(context: &Context<'_>, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Response");
    imports.add_path("crate::Error");
    let Context { id, plan, operation, names, .. } = context;
    let success = operation.success();
    let switch = operation.stream_flag.as_ref();
    let (ty, sent) = match (output::of_success(success, plan, imports), &names.output) {
        (Some(output), _) => (output.ty.clone(), output.send()),
        (None, Some(name)) => {
            let enumeration = ident(name);
            (quote! { #enumeration }, output::send_several(*id, name, plan, imports))
        }
        (None, None) => unreachable!("an operation whose answers differ has a name for their enum"),
    };
    let purpose = "Sends the request and returns the decoded response.";
    let mut plain = End { name: "send", purpose, ty, before: TokenStream::new(), sent };
    let Success::JsonOrStream { stream, .. } = success else {
        return plain.emit(context);
    };
    let output = output::of_content(stream, plan, imports);
    let accept = facts::media_types(operation, ResponseContent::is_stream);
    let mut before = quote! { self.call.accept(#accept); };
    if let Some(switch) = switch {
        plain.before = statement::emit_switch(&switch.property, &switch.unary);
        before.extend(statement::emit_switch(&switch.property, &switch.stream));
    }
    let purpose =
        "Sends the request and returns the response as a stream, which yields values as they arrive.";
    let (ty, sent) = (output.ty.clone(), output.send());
    let streamed = End { name: "stream", purpose, ty, before, sent }.emit(context);
    let whole = plain.emit(context);
    quote! { #whole #streamed }
}

/// The statement that puts the body that the builder holds into the call.
pub(super) fn put_body(context: &Context<'_>) -> Option<TokenStream> {
    let media_type = &context.operation.bodies.first()?.media_type;
    let statement = statement::json(media_type, &quote! { self.call }, &quote! { &self.body });
    context.body.map(|_| statement)
}

impl End {
    fn emit(&self, context: &Context<'_>) -> TokenStream {
        let Self { name, purpose, ty, before, sent } = self;
        let (plain, with_response) = (format_ident!("{name}"), format_ident!("{name}_with_response"));
        let docs = Rustdoc::new(*purpose).text("# Errors").text(errors_text(context)).outer();
        let shown = Prose::from(*name);
        let more = "As [`{}`](Self::{}), with the status, the headers and the request id.";
        let more = Rustdoc::new(Prose::fill(more, &[&shown, &shown])).text("# Errors");
        let more = more.text(Prose::fill("As [`{}`](Self::{}).", &[&shown, &shown])).outer();
        let put_body = put_body(context);
        let changes = put_body.is_some() || !before.is_empty();
        let value = if ty.to_string() == "()" {
            quote! { self.#with_response().await?; Ok(()) }
        } else {
            quote! { Ok(self.#with_response().await?.into_value()) }
        };
        let this = if changes {
            quote! { mut self }
        } else {
            quote! { self }
        };
        quote! {
            #docs
            pub async fn #plain(self) -> Result<#ty, Error> {
                #value
            }
            #more
            pub async fn #with_response(#this) -> Result<Response<#ty>, Error> {
                #put_body
                #before
                #sent
            }
        }
    }
}

/// Which errors to expect.
fn errors_text(context: &Context<'_>) -> Prose {
    let mut statuses: Vec<Status> = context.operation.errors.iter().map(|error| error.status).collect();
    statuses.retain(|status| *status != Status::Default);
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
