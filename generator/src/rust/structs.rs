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
use crate::sdk::{Constructor, Field, Model, Presence, Struct, Type};
use crate::tokens::parsed;

/// The struct with its methods, and what it imports.
pub(super) fn emit(model: &Model, object: &Struct, types: &FieldTypes) -> (TokenStream, Imports) {
    let mut imports = Imports::default();
    object.fields.iter().for_each(|field| import(field, &mut imports));
    if let Some(additional) = &object.additional_properties {
        imports.add(&additional.ty);
    }
    imports.remove_model(&model.name);
    let strukt = declaration(model, object, types);
    let methods = constructors::emit(&model.name, object);
    (quote! { #strukt #methods }, imports)
}

/// Adds what the type of a field needs.
fn import(field: &Field, imports: &mut Imports) {
    imports.add(&field.value);
    if field.presence == Presence::OptionalNullable {
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
    let fields = names.zip(types).zip(attributes).map(|((name, ty), attributes)| {
        quote! { #attributes pub #name: #ty }
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

fn field_docs(field: &Field) -> Rustdoc {
    let Field { docs, property, .. } = field;
    if docs.paragraphs.is_empty() {
        let silent = || Prose::fill("The {} property.", &[&Prose::code(property)]);
        let text = if docs.fallback.is_empty() { silent() } else { docs.fallback.clone() };
        return Rustdoc::new(Prose::join(" ", [text, docs.facts.clone()]));
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
    quote! {
        #[doc = " The properties that are not listed above, by name."]
        #[serde(flatten)]
    }
}
