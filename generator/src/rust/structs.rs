//! Structs: what progenitor leaves open.
//!
//! In goes a struct item of progenitor's with the right fields and types, out
//! comes the file's content: documentation, derives and serde's attributes on
//! the item, and `new` and the setters beside it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::Plan;
use crate::ir::{Scalar, Shape, Type, TypeId};
use crate::names::MemberNames;
use crate::rust::field::{Field, Presence, fields};
use crate::rust::ident;
use crate::rust::rustdoc::Rustdoc;
use crate::rust::spelling::{Conversion, Imports, argument, spell};
use crate::rust::tokens::spelled;
use crate::rust::{models, words};

/// The struct `id` with its methods, made of `item`, and what it imports.
pub(super) fn emit(id: TypeId, item: &syn::ItemStruct, plan: &Plan) -> (TokenStream, Imports) {
    let object = Object::of(id, plan);
    let mut imports = Imports::default();
    object.fields.iter().for_each(|field| field.import(&mut imports, plan));
    if let Some((map, _)) = &object.rest {
        imports.add(map, plan);
    }
    imports.models.remove(plan.names.ty(id).ident.as_str());
    let strukt = object.item(item, plan);
    let default = object.manual_default(&item.ident);
    let new = object.new(plan);
    let setters = object.fields.iter().filter(|field| is_settable(field)).map(|field| setter(field, plan));
    let rest_setter = object.rest.as_ref().map(|(map, names)| rest_setter(map, names, plan));
    let name = &item.ident;
    let tokens = quote! {
        #strukt
        impl #name { #new #(#setters)* #rest_setter }
        #default
    };
    (tokens, imports)
}

/// A struct as its emitter sees it.
struct Object<'a> {
    id: TypeId,
    fields: Vec<Field<'a>>,
    /// The map that keeps the members that are not listed.
    rest: Option<(Type, &'a MemberNames)>,
}

impl<'a> Object<'a> {
    fn of(id: TypeId, plan: &'a Plan) -> Self {
        let names = &plan.names.ty(id).rest;
        let rest = match &plan.api.type_def(id).shape {
            Shape::Struct(object) => object.rest.clone().zip(names.as_ref()),
            _ => None,
        };
        let rest = rest.map(|(value, names)| (Type::Map(Box::new(value)), names));
        Self { id, fields: fields(id, plan), rest }
    }

    /// Whether `new` asks for nothing.
    fn is_free(&self) -> bool {
        !self.fields.iter().any(Field::is_argument)
    }

    fn has_constants(&self) -> bool {
        self.fields.iter().any(Field::is_filled_in)
    }

    fn item(&self, item: &syn::ItemStruct, plan: &Plan) -> TokenStream {
        let doc = models::type_doc(self.id, plan).outer();
        let default = (self.is_free() && !self.has_constants()).then(|| quote! { Default, });
        let named = self.fields.iter().zip(&item.fields);
        let fields = named.map(|(field, item)| {
            let attributes = field_attributes(field);
            let (name, ty) = (&item.ident, &item.ty);
            quote! { #attributes pub #name: #ty }
        });
        let rest = self.rest.as_ref().zip(item.fields.iter().next_back()).map(|(_, item)| {
            let (name, ty) = (&item.ident, &item.ty);
            quote! {
                #[doc = " The members that are not listed above, by their names."]
                #[serde(flatten)]
                pub #name: #ty
            }
        });
        let (name, fields) = (&item.ident, fields.chain(rest));
        quote! {
            #doc
            #[derive(Clone, Debug, #default PartialEq, serde::Serialize, serde::Deserialize)]
            #[non_exhaustive]
            pub struct #name { #(#fields),* }
        }
    }

    fn new(&self, plan: &Plan) -> TokenStream {
        let arguments: Vec<&Field<'_>> = self.fields.iter().filter(|field| field.is_argument()).collect();
        let doc = match arguments.as_slice() {
            [] => Rustdoc::new("Makes one with nothing set."),
            [_] => Rustdoc::new("Makes one with what it has to have."),
            _ => Rustdoc::new("Makes one with what it has to have; the rest is not set."),
        };
        let doc = doc.outer();
        if self.is_free() && !self.has_constants() {
            return quote! {
                #doc
                #[must_use]
                pub fn new() -> Self { Self::default() }
            };
        }
        let parameters = arguments.iter().map(|field| {
            let (name, ty) = (ident(&field.names.field), spelled(&parameter(field, plan)));
            quote! { #name: #ty }
        });
        let values = self.fields.iter().map(|field| {
            let (name, value) = (ident(&field.names.field), initial(field, plan));
            if value.to_string() == name.to_string() {
                quote! { #name }
            } else {
                quote! { #name: #value }
            }
        });
        let rest = self.rest.iter().map(|(_, names)| {
            let name = ident(&names.field);
            quote! { #name: BTreeMap::new() }
        });
        let values = values.chain(rest);
        let deprecated = self.fields.iter().any(|field| field.member.docs.deprecated).then(|| {
            quote! { #[allow(deprecated, reason = "every field gets a value")] }
        });
        quote! {
            #doc
            #deprecated
            #[must_use]
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values),* }
            }
        }
    }

    /// `Default` where `new` asks for nothing and yet fills something in.
    fn manual_default(&self, name: &syn::Ident) -> Option<TokenStream> {
        (self.is_free() && self.has_constants()).then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self { Self::new() }
                }
            }
        })
    }
}

fn field_attributes(field: &Field<'_>) -> TokenStream {
    let member = field.member;
    let otherwise = format!("The {} member.", words::code(&member.name));
    let facts = words::facts(member);
    let doc = match words::one_line(&member.docs, &facts) {
        Some(line) => Rustdoc::new(line),
        None => Rustdoc::of(&member.docs, &otherwise).text(facts),
    };
    let doc = doc.outer();
    let deprecated = deprecated(field);
    let serde = serde_attribute(field);
    quote! { #doc #deprecated #serde }
}

fn deprecated(field: &Field<'_>) -> Option<TokenStream> {
    field.member.docs.deprecated.then(|| quote! { #[deprecated] })
}

fn serde_attribute(field: &Field<'_>) -> Option<TokenStream> {
    let name = &field.member.name;
    let rename = (name != field.names.field.as_str()).then(|| quote! { rename = #name });
    let absent = match field.presence {
        Presence::Required => None,
        // With a function of its own, serde does not take an absent member for null.
        Presence::RequiredNullable => Some(quote! { deserialize_with = "serde::Deserialize::deserialize" }),
        Presence::Optional => Some(quote! { skip_serializing_if = "Option::is_none" }),
        Presence::OptionalNullable => Some(quote! {
            default,
            deserialize_with = "crate::runtime::nullable::deserialize",
            skip_serializing_if = "Option::is_none"
        }),
    };
    let options: Vec<TokenStream> = rename.into_iter().chain(absent).collect();
    (!options.is_empty()).then(|| quote! { #[serde(#(#options),*)] })
}

/// Whether there is a setter: for all that `new` leaves open.
fn is_settable(field: &Field<'_>) -> bool {
    !field.is_argument() && !field.is_filled_in()
}

fn setter(field: &Field<'_>, plan: &Plan) -> TokenStream {
    let (name, setter) = (ident(&field.names.field), ident(&field.names.setter));
    let ty = spelled(&parameter(field, plan));
    let value = given(field, plan);
    let doc = match field.presence {
        Presence::OptionalNullable => format!("Sets [`Self::{name}`], which can be null."),
        _ => format!("Sets [`Self::{name}`]."),
    };
    let (doc, deprecated) = (Rustdoc::new(doc).outer(), deprecated(field));
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

fn rest_setter(map: &Type, names: &MemberNames, plan: &Plan) -> TokenStream {
    let (name, setter) = (ident(&names.field), ident(&names.setter));
    let ty = spelled(&argument(map, plan).text);
    let doc = Rustdoc::new(format!("Sets [`Self::{name}`].")).outer();
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
    match resolved(ty, plan) {
        Type::Scalar(Scalar::String) => {
            let text = constant.as_str().unwrap_or_default();
            quote! { #text.to_owned() }
        }
        Type::Scalar(Scalar::Float | Scalar::Double) => {
            let number = Literal::f64_unsuffixed(constant.as_f64().unwrap_or_default());
            quote! { #number }
        }
        Type::Scalar(_) => spelled(&constant.to_string()),
        enumeration => {
            let (ty, value) = (spelled(&spell(enumeration, plan)), constant_tokens(constant));
            quote! { #ty::from(#value) }
        }
    }
}

fn constant_tokens(constant: &Value) -> TokenStream {
    match constant {
        Value::String(text) => quote! { #text },
        other => spelled(&other.to_string()),
    }
}

/// The type that aliases lead to.
fn resolved<'a>(ty: &'a Type, plan: &'a Plan) -> &'a Type {
    match ty {
        Type::Named(id) => match &plan.api.type_def(*id).shape {
            Shape::Alias(alias) => resolved(&alias.target, plan),
            _ => ty,
        },
        _ => ty,
    }
}
