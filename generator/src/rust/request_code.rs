//! What a value that the caller passes does to a request: the statements for it.
//!
//! In goes an [`Input`] and the name of the call, out come tokens such as
//! `call.query("page", Style::Form, &page);`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use serde_json::Value;

use super::imports::Imports;
use crate::names::REQUIRED_ARGUMENT;
use crate::sdk::{
    BodyFormat, ConstantInput, Conversion, Input, InputValue, JSON_MEDIA_TYPE, ObjectBody, ParameterLocation,
    PartFormat, Target, Type,
};
use crate::tokens::parsed;

/// The statement that puts `input` into `call`.
pub(super) fn emit(input: &Input, call: &TokenStream, imports: &mut Imports) -> TokenStream {
    let name = &input.name;
    match &input.target {
        Target::Parameter { .. } | Target::FormField { .. } => {
            let converted = converted(input, imports);
            let statement = parameter(&input.target, &input.wire_name, call, &quote! { &#name }, imports);
            quote! { #converted #statement }
        }
        Target::Part { format, media_type } => part(input, *format, media_type.as_deref(), call, imports),
        Target::Body { format, media_type } => body(input, *format, media_type, call, imports),
        Target::Property => {
            let converted = converted(input, imports);
            let wire_name = &input.wire_name;
            quote! { #converted #call.property(#wire_name, &#name); }
        }
        Target::Properties => {
            let converted = converted(input, imports);
            quote! { #converted #call.properties(&#name); }
        }
    }
}

/// The statement that sends a property that was given as a field of a struct.
pub(super) fn required_field(input: &Input) -> TokenStream {
    let Input { name, wire_name, .. } = input;
    let argument: TokenStream = parsed(REQUIRED_ARGUMENT);
    quote! { call.property(#wire_name, &#argument.#name); }
}

/// The statement that sends null as a property.
pub(super) fn null(input: &Input) -> TokenStream {
    let name = &input.wire_name;
    quote! { self.call.property(#name, &()); }
}

/// The statement that sends a value with every call.
pub(super) fn constant(constant: &ConstantInput, call: &TokenStream, imports: &mut Imports) -> TokenStream {
    let ConstantInput { wire_name, target, value } = constant;
    let value = scalar(value);
    match target {
        Target::Property => quote! { #call.property(#wire_name, #value); },
        Target::Part { .. } => quote! { #call.part_text(#wire_name, #value); },
        _ => parameter(target, wire_name, call, &value, imports),
    }
}

/// The statement that sends the object that is the body, even if no property is set.
pub(super) fn object(body: &ObjectBody, call: &TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    quote! { #call.object(#media_type); }
}

/// The statement that sends a whole object in place of its properties.
pub(super) fn whole_object(body: &ObjectBody) -> TokenStream {
    json(&body.media_type, &quote! { self.call }, &quote! { &body })
}

/// A reference to the scalar, as an expression.
fn scalar(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote! { &#value },
        Value::Number(number) => {
            let number = parsed(&number.to_string());
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
/// Nothing when it is one already. Serialization borrows the value, so no `Box` is needed.
fn converted(input: &Input, imports: &mut Imports) -> Option<TokenStream> {
    let InputValue::Typed(ty) = &input.value else { return None };
    imports.add(ty);
    let name = &input.name;
    match input.argument.conversion {
        Conversion::None | Conversion::Box => None,
        Conversion::Into | Conversion::IntoBox | Conversion::IntoOption | Conversion::IntoOptionOfBox => {
            let ty = match ty {
                Type::Option(inner) => {
                    imports.add_path("crate::runtime::Nullable");
                    let inner = inner.unboxed();
                    quote! { Nullable<#inner> }
                }
                other => other.unboxed().to_token_stream(),
            };
            Some(quote! { let #name: #ty = #name.into(); })
        }
        Conversion::Collect => Some(quote! { let #name: #ty = #name.into_iter().collect(); }),
        Conversion::CollectInto => {
            Some(quote! { let #name: #ty = #name.into_iter().map(Into::into).collect(); })
        }
    }
}

/// `call.query("page", Style::Form, &page);`
fn parameter(
    target: &Target,
    wire_name: &str,
    call: &TokenStream,
    value: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    imports.add_path("crate::runtime::Style");
    let (method, style) = match target {
        Target::Parameter { location, style } => (location_method(*location), style),
        Target::FormField { style } => (quote! { form_field }, style),
        Target::Part { .. } | Target::Property | Target::Properties | Target::Body { .. } => {
            unreachable!("only parameters and form fields are written in a style")
        }
    };
    let style = parsed(&style.variant());
    quote! { #call.#method(#wire_name, Style::#style, #value); }
}

fn location_method(location: ParameterLocation) -> TokenStream {
    match location {
        ParameterLocation::Path => quote! { path },
        ParameterLocation::Query => quote! { query },
        ParameterLocation::Header => quote! { header },
        ParameterLocation::Cookie => quote! { cookie },
    }
}

fn part(
    input: &Input,
    format: PartFormat,
    media_type: Option<&str>,
    call: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let Input { name, wire_name, .. } = input;
    let converted = converted(input, imports);
    let statement = match format {
        PartFormat::File => {
            imports.add_path("crate::runtime::FileUpload");
            quote! { #call.part_file(#wire_name, #name.into()); }
        }
        PartFormat::Files => {
            imports.add_path("crate::runtime::FileUpload");
            quote! { #call.part_files(#wire_name, #name.into()); }
        }
        PartFormat::Text => quote! { #call.part_text(#wire_name, &#name); },
        PartFormat::Json => quote! { #call.part_json(#wire_name, &#name); },
        PartFormat::Styled(style) => {
            imports.add_path("crate::runtime::Style");
            let style = parsed(&style.variant());
            quote! { #call.part_styled(#wire_name, Style::#style, &#name); }
        }
    };
    let media_type = media_type.iter().map(|media_type| {
        quote! { #call.part_media_type(#wire_name, #media_type); }
    });
    quote! { #converted #statement #(#media_type)* }
}

fn body(
    input: &Input,
    format: BodyFormat,
    media_type: &str,
    call: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let name = &input.name;
    match format {
        BodyFormat::Json => {
            let converted = converted(input, imports);
            let statement = json(media_type, call, &quote! { &#name });
            quote! { #converted #statement }
        }
        BodyFormat::JsonLines => {
            let converted = converted(input, imports);
            quote! { #converted #call.json_lines(&#name); }
        }
        BodyFormat::Text => quote! { #call.text(#media_type, #name); },
        BodyFormat::Bytes => {
            imports.add_path("crate::runtime::FileUpload");
            quote! { #call.bytes(#media_type, #name); }
        }
    }
}

/// The statement that sends `value`, a reference, as JSON.
fn json(media_type: &str, call: &TokenStream, value: &TokenStream) -> TokenStream {
    if media_type == JSON_MEDIA_TYPE {
        quote! { #call.json(#value); }
    } else {
        quote! { #call.json_as(#media_type, #value); }
    }
}
