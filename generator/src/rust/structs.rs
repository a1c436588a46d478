//! Structs: what progenitor leaves open.
//!
//! In goes a struct with the types of its fields, which are progenitor's; out comes the file's content:
//! the item with documentation, derives and serde's attributes, and the methods of
//! [`super::constructors`] beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::progenitor::FieldTypes;
use super::rustdoc::Rustdoc;
use super::{constructors, models};
use crate::prose::Prose;
use crate::sdk::{ADDITIONAL_PROPERTIES, Constructor, Field, Initial, Model, Presence, Struct, Type};
use crate::tokens::parsed;

/// The struct with its methods; adds what they import.
pub(super) fn emit(model: &Model, object: &Struct, types: &FieldTypes, imports: &mut Imports) -> TokenStream {
    object.fields.iter().for_each(|field| import(field, object, imports));
    if let Some(additional) = &object.additional_properties {
        imports.add(&additional.ty);
    }
    let strukt = declaration(model, object, types);
    let methods = constructors::emit(&model.name, object);
    quote! { #strukt #methods }
}

/// Adds what the type of a field needs.
fn import(field: &Field, object: &Struct, imports: &mut Imports) {
    imports.add(&field.value);
    let is_argument = match field.initial {
        Initial::Argument => object.constructor == Constructor::Arguments,
        Initial::Constant(_) => false,
        Initial::Unset => object.settable().any(|other| other.name == field.name),
    };
    let takes_null = field.presence == Presence::RequiredNullable && is_argument;
    if takes_null || field.presence == Presence::OptionalNullable {
        imports.add_path("crate::runtime::Nullable");
    }
}

/// Adds what a parameter needs that takes a value for the field.
pub(super) fn import_argument(field: &Field, imports: &mut Imports) {
    imports.add(&field.value);
    if field.presence == Presence::RequiredNullable {
        imports.add_path("crate::runtime::Nullable");
    }
}

fn declaration(model: &Model, object: &Struct, types: &FieldTypes) -> TokenStream {
    let docs = models::docs(model).outer();
    let default = (object.constructor == Constructor::Empty).then(|| quote! { Default, });
    let additional = object.additional_properties.iter().map(|_| additional_attributes());
    let attributes = object.fields.iter().map(field_attributes).chain(additional);
    let names = object.fields.iter().map(|field| &field.name);
    let names = names.chain(object.additional_properties.iter().map(|additional| &additional.name));
    let types = types.iter().map(|ty| parsed(ty));
    let visibilities = object.fields.iter().map(|field| field.is_public).chain([true]);
    let visibilities = visibilities.map(|is_public| is_public.then(|| quote! { pub }));
    let fields = names.zip(types).zip(attributes).zip(visibilities);
    let fields = fields.map(|(((name, ty), attributes), visibility)| {
        quote! { #attributes #visibility #name: #ty }
    });
    let name = &model.name;
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    }
}

fn field_attributes(field: &Field) -> TokenStream {
    let docs = field_docs(field).outer();
    let deprecated = field.docs.is_deprecated.then(|| quote! { #[deprecated] });
    let serde = serde_attribute(field);
    quote! { #docs #deprecated #serde }
}

pub(super) fn field_docs(field: &Field) -> Rustdoc {
    let docs = &field.docs;
    if docs.paragraphs.is_empty() {
        return Rustdoc::new(Prose::join(" ", [docs.fallback.clone(), docs.facts.clone()]));
    }
    match docs.line() {
        Some(line) => Rustdoc::new(line),
        None => Rustdoc::of(docs).text(&docs.facts),
    }
}

fn serde_attribute(field: &Field) -> Option<TokenStream> {
    let property = &field.property;
    let rename = (property != field.name.as_str()).then(|| quote! { rename = #property });
    let presence = match field.presence {
        Presence::Required => None,
        // With a function of its own, serde does not take an absent property for null.
        Presence::RequiredNullable => Some(quote! { deserialize_with = "serde::Deserialize::deserialize" }),
        Presence::Optional if field.value != Type::Any => {
            Some(quote! { skip_serializing_if = "Option::is_none" })
        }
        Presence::Optional | Presence::OptionalNullable => Some(quote! {
            default,
            deserialize_with = "crate::runtime::nullable::deserialize",
            skip_serializing_if = "Option::is_none"
        }),
    };
    let options: Vec<TokenStream> = rename.into_iter().chain(presence).collect();
    (!options.is_empty()).then(|| quote! { #[serde(#(#options),*)] })
}

fn additional_attributes() -> TokenStream {
    let docs = Rustdoc::new(ADDITIONAL_PROPERTIES).outer();
    quote! {
        #docs
        #[serde(flatten)]
    }
}
