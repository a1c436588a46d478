//! How structs are made: `new`, which takes what a value has to have, and a
//! setter for everything else.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::rustdoc::Rustdoc;
use crate::names::Ident;
use crate::prose::Prose;
use crate::sdk::{AdditionalProperties, Constant, Constructor, Conversion, Field, Initial, Presence, Struct};
use crate::tokens::parsed;

/// The methods of the struct `name`, and its `Default` where `new` asks for nothing.
pub(super) fn emit(name: &Ident, object: &Struct) -> TokenStream {
    let new = match object.constructor {
        Constructor::Empty => empty(name),
        Constructor::Constants | Constructor::Arguments => constructor(name, object),
    };
    let setters = object.settable().map(setter);
    let additional = object.additional_properties.as_ref().map(additional_setter);
    let default = (object.constructor == Constructor::Constants).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self { Self::new() }
            }
        }
    });
    quote! {
        impl #name { #new #(#setters)* #additional }
        #default
    }
}

fn empty(name: &Ident) -> TokenStream {
    let docs = Rustdoc::new(Prose::fill("Creates a new `{}` with no fields set.", &[name])).outer();
    quote! {
        #docs
        #[must_use]
        pub fn new() -> Self { Self::default() }
    }
}

fn constructor(name: &Ident, object: &Struct) -> TokenStream {
    let docs = match object.constructor {
        Constructor::Arguments => "Creates a new `{}` from its required fields.",
        Constructor::Constants | Constructor::Empty => "Creates a new `{}` with its constant fields.",
    };
    let docs = Rustdoc::new(Prose::fill(docs, &[name])).outer();
    let parameters = object.arguments().map(|Field { name, argument, .. }| {
        let ty = parsed(&argument.ty);
        quote! { #name: #ty }
    });
    let values = object.fields.iter().map(initial);
    let additional = object.additional_properties.iter().map(|AdditionalProperties { name, .. }| {
        quote! { #name: BTreeMap::new() }
    });
    let values = values.chain(additional);
    let has_deprecated = object.fields.iter().any(|field| field.docs.is_deprecated);
    let allowed = has_deprecated.then(|| {
        quote! { #[allow(deprecated, reason = "every field gets a value")] }
    });
    quote! {
        #docs
        #allowed
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let Field { name, setter, argument, .. } = field;
    let ty = parsed(&argument.ty);
    let value = given(field);
    let words = match field.presence {
        Presence::OptionalNullable => "Sets [`Self::{}`], which can be null.",
        _ => "Sets [`Self::{}`].",
    };
    let docs = Rustdoc::new(Prose::fill(words, &[name])).outer();
    let deprecated = field.docs.is_deprecated.then(|| {
        quote! {
            #[deprecated]
            #[allow(deprecated, reason = "it sets what is deprecated")]
        }
    });
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn additional_setter(additional: &AdditionalProperties) -> TokenStream {
    let AdditionalProperties { name, setter, argument, .. } = additional;
    let ty = parsed(&argument.ty);
    let docs = Rustdoc::new(Prose::fill("Sets [`Self::{}`].", &[name])).outer();
    quote! {
        #docs
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = #name.into();
            self
        }
    }
}

/// The field's value, made of what was given for it.
fn given(field: &Field) -> TokenStream {
    let name = &field.name;
    let converted = match field.argument.conversion {
        Conversion::None => quote! { #name },
        Conversion::Into => quote! { #name.into() },
        Conversion::Box => quote! { Box::new(#name) },
        Conversion::IntoBox => quote! { Box::new(#name.into()) },
        Conversion::IntoOptionOfBox => quote! { #name.into().map(Box::new) },
    };
    match field.presence {
        Presence::Required | Presence::RequiredNullable => converted,
        Presence::Optional | Presence::OptionalNullable => quote! { Some(#converted) },
    }
}

/// The field with its value in `new`.
fn initial(field: &Field) -> TokenStream {
    let name = &field.name;
    let value = match &field.initial {
        Initial::Argument => given(field),
        Initial::Constant(constant) => {
            let value = literal(constant);
            match field.presence {
                Presence::Required => value,
                Presence::RequiredNullable | Presence::Optional => quote! { Some(#value) },
                Presence::OptionalNullable => quote! { Some(Nullable::Value(#value)) },
            }
        }
        Initial::Unset => quote! { None },
    };
    if value.to_string() == name.as_str() {
        quote! { #name }
    } else {
        quote! { #name: #value }
    }
}

/// A constant as a value of its field's type.
fn literal(constant: &Constant) -> TokenStream {
    match constant {
        Constant::String(text) => quote! { #text.to_owned() },
        Constant::Literal(value) => parsed(&value.to_string()),
        Constant::Float(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote! { #number }
        }
        Constant::Known(model, value) => {
            let name = &model.name;
            let value = match value {
                Value::String(text) => quote! { #text },
                other => parsed(&other.to_string()),
            };
            quote! { #name::from(#value) }
        }
    }
}
