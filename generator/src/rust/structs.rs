//! Structs: what progenitor leaves open.
//!
//! In goes a struct item of progenitor's with the right fields and types, out
//! comes the file's content: documentation, derives and serde's attributes on
//! the item, and the methods of [`super::constructors`] beside it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Plan;
use crate::ir::{Property, Shape, Type, TypeId};
use crate::names::MemberNames;
use crate::prose::Prose;
use crate::rust::field::{Field, Presence, fields};
use crate::rust::rustdoc::Rustdoc;
use crate::rust::spelling::Imports;
use crate::rust::{constructors, models, words};

/// A struct as its emitters see it.
pub(super) struct Object<'a> {
    /// The fields, in the order of the document.
    pub(super) fields: Vec<Field<'a>>,
    /// The map that keeps the members that are not listed.
    pub(super) rest: Option<Rest<'a>>,
}

/// The field that keeps the members that are not listed.
pub(super) struct Rest<'a> {
    /// Its type, which is a map.
    pub(super) ty: Type,
    /// Its names.
    pub(super) names: &'a MemberNames,
}

/// The struct `id` with its methods, made of `item`, and what it imports.
pub(super) fn emit(id: TypeId, item: &syn::ItemStruct, plan: &Plan) -> (TokenStream, Imports) {
    let object = Object::of(id, plan);
    let mut imports = Imports::default();
    object.fields.iter().for_each(|field| field.import(&mut imports, plan));
    if let Some(rest) = &object.rest {
        imports.add(&rest.ty, plan);
    }
    imports.models.remove(plan.names.ty(id).ident.as_str());
    let doc = models::type_doc(id, plan).outer();
    let strukt = object.item(&doc, item, plan);
    let methods = constructors::emit(&item.ident, &object, plan);
    (quote! { #strukt #methods }, imports)
}

impl<'a> Object<'a> {
    fn of(id: TypeId, plan: &'a Plan) -> Self {
        let rest = match &plan.api.type_def(id).shape {
            Shape::Struct(object) => {
                object.additional_properties.as_ref().zip(plan.names.ty(id).rest.as_ref())
            }
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => None,
        };
        let rest = rest.map(|(value, names)| Rest { ty: Type::Map(Box::new(value.clone())), names });
        Self { fields: fields(id, plan), rest }
    }

    /// Whether there is a value of it that `Default` can be derived to give.
    pub(super) fn is_empty_by_default(&self) -> bool {
        !self.fields.iter().any(|field| field.is_argument() || field.is_filled_in())
    }

    fn item(&self, doc: &TokenStream, item: &syn::ItemStruct, plan: &Plan) -> TokenStream {
        let default = self.is_empty_by_default().then(|| quote! { Default, });
        let attributes = self
            .fields
            .iter()
            .map(|field| field_attributes(field, plan))
            .chain(self.rest.iter().map(rest_attributes));
        let fields = item.fields.iter().zip(attributes).map(|(field, attributes)| {
            let (name, ty) = (&field.ident, &field.ty);
            quote! { #attributes pub #name: #ty }
        });
        let name = &item.ident;
        quote! {
            #doc
            #[derive(Clone, Debug, #default PartialEq, serde::Serialize, serde::Deserialize)]
            #[non_exhaustive]
            pub struct #name { #(#fields),* }
        }
    }
}

fn field_attributes(field: &Field<'_>, plan: &Plan) -> TokenStream {
    let doc = field_doc(field, plan).outer();
    let deprecated = field.member.docs.deprecated.then(|| quote! { #[deprecated] });
    let serde = serde_attribute(field);
    quote! { #doc #deprecated #serde }
}

fn field_doc(field: &Field<'_>, plan: &Plan) -> Rustdoc {
    let Property { docs, name, .. } = field.member;
    let facts = words::of_member(field.member);
    if docs.paragraphs(name).is_empty() {
        let kind = words::of_type(&field.inner, plan);
        let member = Prose::fill("The {} member.", &[&Prose::code(name)]);
        return Rustdoc::new(Prose::join(" ", [if kind.is_empty() { member } else { kind }, facts]));
    }
    match words::one_line(docs, name, &facts) {
        Some(line) => Rustdoc::new(line),
        None => Rustdoc::of(docs, name, "").text(facts),
    }
}

fn serde_attribute(field: &Field<'_>) -> Option<TokenStream> {
    let name = &field.member.name;
    let rename = (name != field.names.field.as_str()).then(|| quote! { rename = #name });
    let presence = match field.presence {
        Presence::Required => None,
        // With a function of its own, serde does not take an absent member for null.
        Presence::RequiredNullable => Some(quote! { deserialize_with = "serde::Deserialize::deserialize" }),
        Presence::Optional if field.inner != Type::Any => {
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

fn rest_attributes(_: &Rest<'_>) -> TokenStream {
    quote! {
        #[doc = " The members that are not listed above, by their names."]
        #[serde(flatten)]
    }
}
