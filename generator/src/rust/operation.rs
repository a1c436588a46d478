//! Emits one operation: the method of its resource, and the request builder that it returns.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use super::{descriptor, output, pages, request_code, send_methods};
use crate::prose::Prose;
use crate::sdk::{Input, InputValue, Operation, Output, Sdk, Target};
use crate::snippet::Snippets;
use crate::tokens::parsed;

/// The parts of an operation that stand in different places of its file.
pub(super) struct Emitted {
    /// The method of the resource.
    pub(super) method: TokenStream,
    /// The items below the resource: the operation descriptor, and the request builder.
    pub(super) items: TokenStream,
}

/// Emits `operation`.
pub(super) fn emit(
    operation: &Operation,
    snippets: &Snippets<'_>,
    sdk: &Sdk,
    imports: &mut Imports,
) -> Emitted {
    imports.add_path("crate::runtime::Call");
    let descriptor = descriptor::emit(operation, imports);
    let pages = operation.pages.as_ref().map(|pages| pages::descriptor(pages, imports));
    let builder = builder(operation, snippets, sdk, imports);
    let output = match &operation.returned.output {
        Output::One(_) => None,
        Output::Several(output) => Some(output::emit_enum(output, &operation.builder, imports)),
    };
    Emitted {
        method: method(operation, snippets, imports),
        items: quote! { #descriptor #pages #builder #output },
    }
}

/// The method of the resource, which takes what is required and returns the request builder.
fn method(operation: &Operation, snippets: &Snippets<'_>, imports: &mut Imports) -> TokenStream {
    let Operation { method, builder, constant, .. } = operation;
    let docs = Rustdoc::of(&operation.docs.text).text(operation.docs.note.clone().unwrap_or_default());
    let docs = docs.text(operation.route()).example(&snippets.call(operation));
    let docs = docs.outer();
    let deprecated = deprecated(operation.docs.text.is_deprecated);
    let parameters: Vec<TokenStream> = operation.arguments().map(|input| parameter(input, imports)).collect();
    let call = quote! { call };
    let constants = operation.constants.iter();
    let mut statements: Vec<TokenStream> =
        constants.map(|constant| request_code::constant(constant, &call, imports)).collect();
    let arguments = operation.arguments().filter(|input| !is_property(input));
    statements.extend(arguments.map(|input| request_code::emit(input, &call, imports)));
    let body = operation.held_body.as_ref().map(|body| {
        let model = &body.model.name;
        imports.add_model(model);
        let properties = operation.arguments().filter(|input| is_property(input)).map(|input| &input.name);
        quote! { , body: #model::new(#(#properties),*) }
    });
    let new_call = quote! { Call::new(self.client, &#constant) };
    let made = if statements.is_empty() {
        quote! { #builder { call: #new_call #body } }
    } else {
        quote! {
            let mut call = #new_call;
            #(#statements)*
            #builder { call #body }
        }
    };
    quote! {
        #docs
        #deprecated
        pub fn #method(self, #(#parameters),*) -> #builder<'c> {
            #made
        }
    }
}

/// Whether the input goes into the struct that the request builder holds.
fn is_property(input: &Input) -> bool {
    matches!(input.target, Target::Property { .. })
}

/// `name: impl Into<String>`
fn parameter(input: &Input, imports: &mut Imports) -> TokenStream {
    if let InputValue::Typed(ty) = &input.value {
        imports.add(ty);
    }
    let name = &input.name;
    let ty = parsed(&input.argument.ty);
    quote! { #name: #ty }
}

/// The request builder with its setters and send methods.
fn builder(operation: &Operation, snippets: &Snippets<'_>, sdk: &Sdk, imports: &mut Imports) -> TokenStream {
    let Operation { builder, method, held_body, .. } = operation;
    let resource = &sdk.resource(operation.resource).name;
    let docs = Prose::fill("Request builder for [`{}::{}`].", &[resource, method]);
    let docs = Rustdoc::new(docs).outer();
    let body = held_body.as_ref().map(|body| {
        let model = &body.model.name;
        quote! { body: #model, }
    });
    let setters: Vec<TokenStream> = operation.setters().map(|input| setter(input, imports)).collect();
    let send_methods = send_methods::emit(operation, imports);
    let pages = operation
        .pages
        .as_ref()
        .map(|pages| pages::methods(pages, held_body.as_ref(), &snippets.items(operation), imports));
    imports.add_path("crate::runtime::call_options");
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "nothing is sent before `send`"]
        pub struct #builder<'c> {
            call: Call<'c>,
            #body
        }
        impl #builder<'_> {
            #(#setters)*
            #send_methods
            #pages
        }
        call_options!(#builder);
    }
}

fn setter(input: &Input, imports: &mut Imports) -> TokenStream {
    let docs = setter_docs(input).outer();
    let is_deprecated = input.docs.is_deprecated;
    let deprecated = deprecated(is_deprecated);
    let name = &input.name;
    let parameter = parameter(input, imports);
    // Rust warns of what is deprecated even where something deprecated uses it.
    let allowed = (is_deprecated && is_property(input)).then(|| {
        quote! { #[allow(deprecated, reason = "it sets what is deprecated")] }
    });
    let statement = request_code::emit(input, &quote! { self.call }, imports);
    quote! {
        #docs
        #deprecated
        #allowed
        pub fn #name(mut self, #parameter) -> Self {
            #statement
            self
        }
    }
}

fn setter_docs(input: &Input) -> Rustdoc {
    if let Some(line) = input.docs.line() {
        return Rustdoc::new(line);
    }
    let otherwise = match input.wire_name.as_str() {
        "" => "The body.".into(),
        name => Prose::fill("Sets {}.", &[&Prose::code(name)]),
    };
    Rustdoc::of(&input.docs).or(otherwise).text(&input.docs.facts)
}

fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote! { #[deprecated = "the API advises against using it"] })
}
