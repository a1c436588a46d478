//! How structs are made: `new`, which takes what a value has to have, and a
//! setter for everything else.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::Plan;
use crate::ir::{Scalar, Shape, Type};
use crate::prose::Prose;
use crate::rust::field::{Field, Presence};
use crate::rust::ident;
use crate::rust::rustdoc::Rustdoc;
use crate::rust::spelling::{Conversion, argument, spell};
use crate::rust::structs::{Object, Rest};
use crate::rust::tokens::spelled;

/// The methods of the struct `name`, and its `Default` where `new` asks for nothing.
pub(super) fn emit(name: &syn::Ident, object: &Object<'_>, plan: &Plan) -> TokenStream {
    let new = if object.is_empty_by_default() { empty() } else { constructor(object, plan) };
    let fields = object.fields.iter().filter(|field| is_settable(field));
    let setters = fields.map(|field| setter(field, plan));
    let rest = object.rest.as_ref().map(|rest| rest_setter(rest, plan));
    let is_free = !object.fields.iter().any(Field::is_argument);
    let default = (is_free && !object.is_empty_by_default()).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self { Self::new() }
            }
        }
    });
    quote! {
        impl #name { #new #(#setters)* #rest }
        #default
    }
}

fn empty() -> TokenStream {
    quote! {
        #[doc = " Creates a value without any members."]
        #[must_use]
        pub fn new() -> Self { Self::default() }
    }
}

fn constructor(object: &Object<'_>, plan: &Plan) -> TokenStream {
    let arguments: Vec<&Field<'_>> = object.fields.iter().filter(|field| field.is_argument()).collect();
    let doc = match arguments.as_slice() {
        [] => "Creates a value with only its constant members.",
        _ => "Creates a value with its required members.",
    };
    let doc = Rustdoc::new(doc).outer();
    let parameters = arguments.iter().map(|field| {
        let (name, ty) = (ident(&field.names.field), spelled(&parameter(field, plan)));
        quote! { #name: #ty }
    });
    let values = object.fields.iter().map(|field| {
        let (name, value) = (ident(&field.names.field), initial(field, plan));
        if name == value.to_string() {
            quote! { #name }
        } else {
            quote! { #name: #value }
        }
    });
    let rest = object.rest.iter().map(|rest| {
        let name = ident(&rest.names.field);
        quote! { #name: BTreeMap::new() }
    });
    let values = values.chain(rest);
    let has_deprecated = object.fields.iter().any(|field| field.member.docs.deprecated);
    let allowed = has_deprecated.then(|| {
        quote! { #[allow(deprecated, reason = "every field gets a value")] }
    });
    quote! {
        #doc
        #allowed
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

/// Whether there is a setter: for all that `new` leaves open.
fn is_settable(field: &Field<'_>) -> bool {
    !field.is_argument() && !field.is_filled_in()
}

fn setter(field: &Field<'_>, plan: &Plan) -> TokenStream {
    let (name, setter) = (ident(&field.names.field), ident(&field.names.setter));
    let ty = spelled(&parameter(field, plan));
    let value = given(field, plan);
    let words = match field.presence {
        Presence::OptionalNullable => "Sets [`Self::{}`], which can be null.",
        _ => "Sets [`Self::{}`].",
    };
    let doc = Rustdoc::new(Prose::fill(words, &[&field.names.field])).outer();
    let deprecated = field.member.docs.deprecated.then(|| {
        quote! {
            #[deprecated]
            #[allow(deprecated, reason = "it sets what is deprecated")]
        }
    });
    quote! {
        #doc
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn rest_setter(rest: &Rest<'_>, plan: &Plan) -> TokenStream {
    let (name, setter) = (ident(&rest.names.field), ident(&rest.names.setter));
    let ty = spelled(&argument(&rest.ty, plan).text);
    let doc = Rustdoc::new(Prose::fill("Sets [`Self::{}`].", &[&rest.names.field])).outer();
    quote! {
        #doc
        #[must_use]
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = #name.into();
            self
        }
    }
}

/// The text of the parameter that takes a value for the field.
fn parameter(field: &Field<'_>, plan: &Plan) -> String {
    match (field.presence, &field.inner) {
        (Presence::Required | Presence::Optional, inner) => argument(inner, plan).text,
        (Presence::RequiredNullable, Type::Boxed(id)) => {
            format!("impl Into<Option<{}>>", spell(&Type::Named(*id), plan))
        }
        (Presence::RequiredNullable, inner) => format!("impl Into<Option<{}>>", spell(inner, plan)),
        (Presence::OptionalNullable, inner) => format!("impl Into<Nullable<{}>>", spell(inner, plan)),
    }
}

/// The field's value, made of what was given for it.
fn given(field: &Field<'_>, plan: &Plan) -> TokenStream {
    let name = ident(&field.names.field);
    let converted = match argument(&field.inner, plan).conversion {
        Conversion::None => quote! { #name },
        Conversion::Into => quote! { #name.into() },
        Conversion::Box => quote! { Box::new(#name) },
        Conversion::IntoBox => quote! { Box::new(#name.into()) },
    };
    match (field.presence, &field.inner) {
        (Presence::Required, _) => converted,
        (Presence::RequiredNullable, Type::Boxed(_)) => quote! { #name.into().map(Box::new) },
        (Presence::RequiredNullable, _) => quote! { #name.into() },
        (Presence::Optional, _) => quote! { Some(#converted) },
        (Presence::OptionalNullable, _) => quote! { Some(#name.into()) },
    }
}

/// The field's value in `new`.
fn initial(field: &Field<'_>, plan: &Plan) -> TokenStream {
    if field.is_argument() {
        return given(field, plan);
    }
    let Some(constant) = field.filled_in() else { return quote! { None } };
    let value = literal(constant, &field.inner, plan);
    match field.presence {
        Presence::Required => value,
        Presence::RequiredNullable | Presence::Optional => quote! { Some(#value) },
        Presence::OptionalNullable => quote! { Some(Nullable::Value(#value)) },
    }
}

/// A constant as a value of its field's type.
fn literal(constant: &Value, ty: &Type, plan: &Plan) -> TokenStream {
    let written = match constant {
        Value::String(text) => quote! { #text },
        other => spelled(&other.to_string()),
    };
    match without_alias(ty, plan) {
        Type::Scalar(Scalar::String) => quote! { #written.to_owned() },
        Type::Scalar(Scalar::Float | Scalar::Double) => {
            let number = Literal::f64_unsuffixed(constant.as_f64().unwrap_or_default());
            quote! { #number }
        }
        Type::Scalar(_) => written,
        enumeration => {
            let ty = spelled(&spell(enumeration, plan));
            quote! { #ty::from(#written) }
        }
    }
}

fn without_alias<'a>(ty: &'a Type, plan: &'a Plan) -> &'a Type {
    let Type::Named(id) = ty else { return ty };
    match &plan.api.type_def(*id).shape {
        Shape::Alias(alias) => without_alias(&alias.target, plan),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => ty,
    }
}
