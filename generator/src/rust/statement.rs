//! What a value that was given does to a call: one statement.
//!
//! In goes an [`Input`] and the name of the call, out come tokens such as
//! `call.query("page", Style::Form, &page);`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::arguments::{Input, InputValue, Place};
use super::ident;
use super::tokens::spelled;
use crate::Plan;
use crate::ir::{Body, BodyContent, Parameter, ParameterLocation, Part, PartContent, Style, Type};
use crate::rust::spelling::{Conversion, Imports, argument, spell};

/// The statement that puts `input` into `call`.
pub(super) fn emit(input: &Input<'_>, call: &TokenStream, plan: &Plan, imports: &mut Imports) -> TokenStream {
    let name = ident(input.name);
    match (&input.place, &input.value) {
        (Place::Parameter(parameter), InputValue::Typed(ty)) => {
            let converted = converted(ty, &name, plan, imports);
            let (method, key, style) = parameter_parts(parameter, imports);
            quote! { #converted #call.#method(#key, Style::#style, &#name); }
        }
        (Place::FormField(parameter), InputValue::Typed(ty)) => {
            let converted = converted(ty, &name, plan, imports);
            let (_, key, style) = parameter_parts(parameter, imports);
            quote! { #converted #call.form_field(#key, Style::#style, &#name); }
        }
        (Place::Part(part), _) => part_statement(part, &name, call, plan, imports),
        (Place::Body(body), _) => body_statement(body, &name, call, plan, imports),
        // A member goes into the struct that the builder holds.
        (Place::Member(field), _) => {
            let setter = ident(&field.names.setter);
            quote! { self.body = self.body.#setter(#name); }
        }
        (_, InputValue::File | InputValue::Files | InputValue::Bytes) => {
            unreachable!("only bodies and their parts hold files and bytes")
        }
    }
}

/// The statement that sends the one value of a parameter.
pub(super) fn emit_constant(
    parameter: &Parameter,
    value: &Value,
    is_form: bool,
    call: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let (method, key, style) = parameter_parts(parameter, imports);
    let method = if is_form { format_ident!("form_field") } else { method };
    let value = constant(value);
    quote! { #call.#method(#key, Style::#style, #value); }
}

/// The statement that sets the member of the body that chooses between one answer and a stream.
pub(super) fn emit_switch(member: &str, value: &Value) -> TokenStream {
    let value = constant(value);
    quote! { self.call.json_member(#member, #value); }
}

/// A reference to the scalar, as an expression.
fn constant(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote! { &#value },
        Value::Number(number) => {
            let number = spelled(&number.to_string());
            quote! { &#number }
        }
        Value::String(text) => quote! { #text },
        other => {
            let text = other.to_string();
            quote! { #text }
        }
    }
}

/// What makes a value of its type from what the method takes: `let page: Page = page.into();`.
/// Nothing when it is one already.
fn converted(
    ty: &Type,
    name: &proc_macro2::Ident,
    plan: &Plan,
    imports: &mut Imports,
) -> Option<TokenStream> {
    imports.add(ty, plan);
    match argument(ty, plan).conversion {
        Conversion::None | Conversion::Box => None,
        Conversion::Into | Conversion::IntoBox => {
            let unboxed = match ty {
                Type::Boxed(id) => Type::Named(*id),
                other => other.clone(),
            };
            let ty = spelled(&spell(&unboxed, plan));
            Some(quote! { let #name: #ty = #name.into(); })
        }
    }
}

/// The method of the call, the name on the wire, and the style.
fn parameter_parts<'a>(
    parameter: &'a Parameter,
    imports: &mut Imports,
) -> (proc_macro2::Ident, &'a str, proc_macro2::Ident) {
    imports.add_path("crate::runtime::Style");
    let method = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    (format_ident!("{method}"), &parameter.name, style(parameter))
}

fn style(parameter: &Parameter) -> proc_macro2::Ident {
    let style = match (parameter.style, parameter.explode) {
        (Style::Form, true) => "FormExploded",
        (Style::Form, false) => "Form",
        (Style::Simple, true) => "SimpleExploded",
        (Style::Simple, false) => "Simple",
        (Style::Label, true) => "LabelExploded",
        (Style::Label, false) => "Label",
        (Style::Matrix, true) => "MatrixExploded",
        (Style::Matrix, false) => "Matrix",
        (Style::SpaceDelimited, _) => "SpaceDelimited",
        (Style::PipeDelimited, _) => "PipeDelimited",
        (Style::DeepObject, _) => "DeepObject",
        (Style::Json, _) => "Json",
    };
    let reserved = if parameter.allow_reserved && parameter.style == Style::Form { "Reserved" } else { "" };
    format_ident!("{style}{reserved}")
}

fn part_statement(
    part: &Part,
    name: &proc_macro2::Ident,
    call: &TokenStream,
    plan: &Plan,
    imports: &mut Imports,
) -> TokenStream {
    let key = &part.name;
    let media_type = part.media_type.iter().map(|media_type| {
        quote! { #call.part_media_type(#key, #media_type); }
    });
    let statement = match &part.content {
        PartContent::File => {
            imports.add_path("crate::runtime::FileUpload");
            quote! { #call.part_file(#key, #name.into()); }
        }
        PartContent::Files => {
            imports.add_path("crate::runtime::FileUpload");
            quote! { #call.part_files(#key, #name.into()); }
        }
        PartContent::Text(ty) => {
            let converted = converted(ty, name, plan, imports);
            quote! { #converted #call.part_text(#key, &#name); }
        }
        PartContent::Json(ty) => {
            let converted = converted(ty, name, plan, imports);
            quote! { #converted #call.part_json(#key, &#name); }
        }
    };
    quote! { #statement #(#media_type)* }
}

/// The statement that sends `value`, a reference, as JSON.
pub(super) fn json(media_type: &str, call: &TokenStream, value: &TokenStream) -> TokenStream {
    if media_type == "application/json" {
        quote! { #call.json(#value); }
    } else {
        quote! { #call.json_as(#media_type, #value); }
    }
}

fn body_statement(
    body: &Body,
    name: &proc_macro2::Ident,
    call: &TokenStream,
    plan: &Plan,
    imports: &mut Imports,
) -> TokenStream {
    let media_type = &body.media_type;
    match &body.content {
        BodyContent::Json(ty) => {
            let converted = converted(ty, name, plan, imports);
            let statement = json(&body.media_type, call, &quote! { &#name });
            quote! { #converted #statement }
        }
        BodyContent::JsonLines(ty) => {
            imports.add(ty, plan);
            let ty = spelled(&spell(ty, plan));
            quote! {
                let #name: Vec<#ty> = #name.into();
                #call.json_lines(&#name);
            }
        }
        BodyContent::Text => quote! { #call.text(#media_type, #name); },
        BodyContent::Binary => {
            imports.add_path("crate::runtime::FileUpload");
            quote! { #call.bytes(#media_type, #name); }
        }
        BodyContent::Form(_) | BodyContent::Multipart(_) => {
            unreachable!("forms and multipart bodies are taken part by part")
        }
    }
}
