//! What a call returns: how the runtime is asked for it, and the enum of responses that differ.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::descriptor;
use super::imports::Imports;
use super::rustdoc::Rustdoc;
use crate::names::Ident;
use crate::prose::Prose;
use crate::sdk::{ANY_OTHER_STATUS, Content, OutputEnum, OutputVariant, StatusPattern};
use crate::tokens::parsed;

/// Adds what the type of `content` needs.
pub(super) fn import(content: &Content, imports: &mut Imports) {
    match content {
        Content::Download => imports.add_path("crate::runtime::Download"),
        Content::Events(_) => imports.add_path("crate::runtime::EventStream"),
        Content::JsonLines(_) => imports.add_path("crate::runtime::JsonLines"),
        Content::Empty | Content::Text | Content::Json(_) => {}
    }
    if let Some(ty) = content.ty() {
        imports.add(ty);
    }
}

/// What the runtime calls the content: `json` of `send_json`.
pub(super) fn kind(content: &Content) -> &'static str {
    match content {
        Content::Empty => "empty",
        Content::Text => "text",
        Content::Download => "download",
        Content::Json(_) => "json",
        Content::Events(_) => "events",
        Content::JsonLines(_) => "json_lines",
    }
}

/// The expression that reads `raw`, a response whose head has been read.
fn read(content: &Content, raw: &TokenStream) -> TokenStream {
    let read = parsed(kind(content));
    quote! { #raw.#read().await }
}

/// The enum over the responses of the operation with this request builder.
pub(super) fn emit_enum(output: &OutputEnum, builder: &Ident, imports: &mut Imports) -> TokenStream {
    let OutputEnum { name, variants } = output;
    let docs = Rustdoc::new(Prose::fill("The response of [`{}::send`].", &[builder])).outer();
    let variants = variants.iter().map(|variant| {
        let OutputVariant { name, content, .. } = variant;
        let docs = variant_docs(variant).outer();
        import(content, imports);
        let content = (*content != Content::Empty).then(|| quote! { (#content) });
        quote! { #docs #name #content }
    });
    quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}

fn variant_docs(variant: &OutputVariant) -> Rustdoc {
    let status = match variant.status {
        StatusPattern::Default => ANY_OTHER_STATUS.into(),
        status => Prose::code(&status.to_string()),
    };
    let line = match &variant.media_type {
        Some(media_type) => Prose::fill("Status: {}, {}.", &[&status, &Prose::code(media_type)]),
        None => Prose::fill("Status: {}.", &[&status]),
    };
    Rustdoc::of(&variant.docs).text(line)
}

/// The statements that send the call of a request builder and put the response into the enum.
pub(super) fn send_several(output: &OutputEnum, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::StatusPattern");
    let OutputEnum { name, variants } = output;
    let cases = variants.iter().map(|variant| {
        let status = descriptor::status(variant.status);
        let media_type = variant.media_type.as_deref().unwrap_or("");
        quote! { (#status, #media_type) }
    });
    let arms = variants.iter().enumerate().map(|(index, variant)| {
        let OutputVariant { name: variant, content, .. } = variant;
        let read = read(content, &quote! { raw });
        let index = Literal::usize_unsuffixed(index);
        if *content == Content::Empty {
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
