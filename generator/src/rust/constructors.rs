//! How structs are made: `new`, which takes what a value has to have, and a
//! setter for everything else.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::rustdoc::Rustdoc;
use super::structs;
use crate::names::{Ident, REQUIRED_ARGUMENT};
use crate::prose::Prose;
use crate::sdk::{AdditionalProperties, Constant, Constructor, Conversion, Field, Initial, Presence, Struct};
use crate::tokens::parsed;

/// The methods of the struct `name`, and its `Default` where `new` asks for nothing.
pub(super) fn emit(name: &Ident, object: &Struct) -> TokenStream {
    let new = match &object.constructor {
        Constructor::None => return TokenStream::new(),
        Constructor::Empty => empty(name),
        Constructor::Constants | Constructor::Arguments | Constructor::Required(_) => {
            constructor(name, object)
        }
    };
    let setters = object.settable().map(setter);
    let additional =
        object.additional_properties.as_ref().filter(|_| object.has_setters).map(additional_setter);
    let required = match &object.constructor {
        Constructor::Required(required) => Some(required_struct(name, required, object)),
        _ => None,
    };
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
        #required
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

/// A constructor that takes the required fields: one by one, or as a struct when they are many.
fn constructor(name: &Ident, object: &Struct) -> TokenStream {
    let docs = match object.constructor {
        Constructor::Constants => "Creates a new `{}` with its constant fields.",
        _ => "Creates a new `{}` from its required fields.",
    };
    let docs = Rustdoc::new(Prose::fill(docs, &[name])).outer();
    let (parameters, values) = if let Constructor::Required(required) = &object.constructor {
        let argument: TokenStream = parsed(REQUIRED_ARGUMENT);
        (quote! { #argument: #required }, values(object, taken))
    } else {
        let parameters = object.arguments().map(|Field { name, argument, .. }| {
            let ty = parsed(&argument.ty);
            quote! { #name: #ty }
        });
        (quote! { #(#parameters),* }, values(object, initial))
    };
    let has_deprecated = object.fields.iter().any(|field| field.docs.is_deprecated);
    let allowed = has_deprecated.then(|| {
        quote! { #[allow(deprecated, reason = "every field gets a value")] }
    });
    quote! {
        #docs
        #allowed
        #[must_use]
        pub fn new(#parameters) -> Self {
            Self { #(#values),* }
        }
    }
}

/// The struct with the required fields. Further ones may come with a later version of the API, as further
/// arguments may: whoever makes a value has to see them.
fn required_struct(name: &Ident, required: &Ident, object: &Struct) -> TokenStream {
    let docs = Rustdoc::new(Prose::fill("The required fields of [`{}`].", &[name])).outer();
    let fields = object.arguments().map(|field| {
        let (name, ty) = (&field.name, parsed(&field.ty()));
        let docs = structs::field_docs(field).outer();
        quote! { #docs pub #name: #ty }
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #required { #(#fields),* }
    }
}

/// What a constructor sets the fields to.
fn values(object: &Struct, initial: fn(&Field) -> TokenStream) -> Vec<TokenStream> {
    let additional = object.additional_properties.iter().map(|AdditionalProperties { name, .. }| {
        quote! { #name: BTreeMap::new() }
    });
    object.fields.iter().map(initial).chain(additional).collect()
}

fn setter(field: &Field) -> TokenStream {
    let Field { name, setter, argument, .. } = field;
    let ty = parsed(&argument.ty);
    let value = given(field);
    let deprecated = field.docs.is_deprecated.then(|| {
        quote! {
            #[deprecated]
            #[allow(deprecated, reason = "it sets what is deprecated")]
        }
    });
    quote! {
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
    quote! {
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
        Conversion::IntoOption => quote! { #name.into().value() },
        Conversion::IntoOptionOfBox => quote! { #name.into().value().map(Box::new) },
        Conversion::Collect => quote! { #name.into_iter().collect() },
        Conversion::CollectInto => quote! { #name.into_iter().map(Into::into).collect() },
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

/// The same, where the required fields come as a struct.
fn taken(field: &Field) -> TokenStream {
    let name = &field.name;
    match field.initial {
        Initial::Argument => {
            let argument: TokenStream = parsed(REQUIRED_ARGUMENT);
            quote! { #name: #argument.#name }
        }
        Initial::Constant(_) | Initial::Unset => initial(field),
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
