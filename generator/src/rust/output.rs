//! What a call answers: the type it gives, and how the runtime is asked for it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rustdoc::Rustdoc;
use super::tokens::spelled;
use super::{facts, ident};
use crate::Plan;
use crate::ir::{OperationId, Response, ResponseContent, Status, Success, Type};
use crate::names::Ident;
use crate::prose::Prose;
use crate::rust::spelling::{Imports, spell};

/// What a content is in Rust.
pub(super) struct Output {
    /// Its type.
    pub(super) ty: TokenStream,
    /// What the methods of the runtime that read it end in: `json` of `send_json`.
    kind: &'static str,
}

impl Output {
    /// The expression that sends the call of a builder and reads the answer.
    pub(super) fn send(&self) -> TokenStream {
        if matches!(self.kind, "events" | "json_lines") {
            return self.read(&quote! { self.call.send_raw().await? });
        }
        let send = format_ident!("send_{}", self.kind);
        quote! { self.call.#send().await }
    }

    /// The expression that reads `raw`, an answer whose head has been read.
    fn read(&self, raw: &TokenStream) -> TokenStream {
        let read = format_ident!("{}", self.kind);
        quote! { #raw.#read().await }
    }
}

/// What an operation answers when its answers do not differ.
pub(super) fn of_success(success: Success<'_>, plan: &Plan, imports: &mut Imports) -> Option<Output> {
    match success {
        Success::Nothing => Some(of_content(&ResponseContent::Empty, plan, imports)),
        Success::One(content) => Some(of_content(content, plan, imports)),
        Success::JsonOrStream { json, .. } => Some(typed("json", "", json, plan, imports)),
        Success::Several => None,
    }
}

/// What a content is in Rust.
pub(super) fn of_content(content: &ResponseContent, plan: &Plan, imports: &mut Imports) -> Output {
    match content {
        ResponseContent::Empty => Output { ty: quote! { () }, kind: "empty" },
        ResponseContent::Text => Output { ty: quote! { String }, kind: "text" },
        ResponseContent::Binary => {
            imports.add_path("crate::runtime::Download");
            Output { ty: quote! { Download }, kind: "download" }
        }
        ResponseContent::Json(ty) => typed("json", "", ty, plan, imports),
        ResponseContent::Events(ty) => {
            imports.add_path("crate::runtime::EventStream");
            typed("events", "EventStream", ty, plan, imports)
        }
        ResponseContent::JsonLines(ty) => {
            imports.add_path("crate::runtime::JsonLines");
            typed("json_lines", "JsonLines", ty, plan, imports)
        }
    }
}

fn typed(kind: &'static str, around: &str, ty: &Type, plan: &Plan, imports: &mut Imports) -> Output {
    imports.add(ty, plan);
    let inner = spell(ty, plan);
    let text = if around.is_empty() { inner } else { format!("{around}<{inner}>") };
    Output { ty: spelled(&text), kind }
}

/// The enum of an operation whose answers differ.
pub(super) fn emit_enum(id: OperationId, name: &Ident, plan: &Plan, imports: &mut Imports) -> TokenStream {
    let names = plan.names.operation(id);
    let responses = &plan.api.operation(id).responses;
    let builder = &names.builder;
    let docs = Rustdoc::new(Prose::fill("The response of [`{}::send`].", &[builder])).outer();
    let name = ident(name);
    let variants = responses.iter().zip(&names.outputs).map(|(response, variant)| {
        let docs = variant_docs(response).outer();
        let variant = ident(variant);
        let output = of_content(&response.content, plan, imports);
        let ty = &output.ty;
        let content = (response.content != ResponseContent::Empty).then(|| quote! { (#ty) });
        quote! { #docs #variant #content }
    });
    quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}

fn variant_docs(response: &Response) -> Rustdoc {
    let status = match response.status {
        Status::Default => "any other status".into(),
        status => Prose::code(&status.to_string()),
    };
    let line = match &response.media_type {
        Some(media_type) => Prose::fill("Status: {}, {}.", &[&status, &Prose::code(media_type)]),
        None => Prose::fill("Status: {}.", &[&status]),
    };
    Rustdoc::of(&response.docs, "", "").text(line)
}

/// The statements that send the call of a builder and put the answer into the enum `name`.
pub(super) fn send_several(id: OperationId, name: &Ident, plan: &Plan, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::StatusPattern");
    let responses = &plan.api.operation(id).responses;
    let name = ident(name);
    let cases = responses.iter().map(|response| {
        let status = facts::status(response.status);
        let media_type = response.media_type.as_deref().unwrap_or("");
        quote! { (#status, #media_type) }
    });
    let variants = responses.iter().zip(&plan.names.operation(id).outputs).enumerate();
    let arms = variants.map(|(index, (response, variant))| {
        let variant = ident(variant);
        let read = of_content(&response.content, plan, imports).read(&quote! { raw });
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        if response.content == ResponseContent::Empty {
            quote! { Some(#index) => Ok(#read?.map(|()| #name::#variant)) }
        } else {
            quote! { Some(#index) => Ok(#read?.map(#name::#variant)) }
        }
    });
    quote! {
        let raw = self.call.send_raw().await?;
        match raw.pick(&[#(#cases),*]) {
            #(#arms,)*
            _ => Err(raw.unexpected()),
        }
    }
}
