//! How values of structs are made in examples: by their constructors and setters, or from JSON when they are
//! only received.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::value::{DEEPEST_FILLER, Writer, fits};
use super::{Errors, json, literal};
use crate::names::Ident;
use crate::sdk::{Constructor, Field, ModelRef, Presence, Sdk, Struct};

impl Writer<'_, '_> {
    pub(super) fn object(
        &mut self,
        model: &ModelRef,
        object: &Struct,
        example: Option<&Value>,
        depth: usize,
    ) -> TokenStream {
        if object.constructor == Constructor::None {
            return self.received(model, example);
        }
        let sizes = &self.snippets.sizes;
        self.budget.promise(object.arguments().filter_map(|field| sizes.of_field(field)).sum());
        let of = |field: &Field| example.and_then(|example| example.get(&field.property));
        let sdk = self.sdk;
        let arguments: Vec<TokenStream> = match &object.constructor {
            Constructor::Required(required) => vec![self.required(required, object, example, depth)],
            _ => object
                .arguments()
                .map(|field| self.field(field, given(field, example, depth, sdk), depth))
                .collect(),
        };
        self.use_model(model);
        self.budget.spend_brackets();
        let name = &model.name;
        let mut tokens = quote! { #name::new(#(#arguments),*) };
        for field in object.settable().filter(|field| !field.docs.is_deprecated && !field.is_read_only) {
            let example = of(field).filter(|value| fits(&field.value, value, self.sdk));
            if let Some(example) = example
                && self.budget.offer(sizes.of_field(field))
            {
                let value = self.field(field, Some(example), depth);
                let setter = &field.setter;
                tokens = quote! { #tokens.#setter(#value) };
            }
        }
        tokens
    }

    /// What the constructor or the setter of the field is passed.
    fn field(&mut self, field: &Field, example: Option<&Value>, depth: usize) -> TokenStream {
        match field.presence {
            Presence::Required | Presence::Optional => {
                self.passed(&field.value, &field.property, example, depth + 1)
            }
            Presence::RequiredNullable | Presence::OptionalNullable => {
                self.budget.redeem(1);
                self.nullable(&field.value, &field.property, example, depth + 1)
            }
        }
    }

    /// The struct with the required fields.
    fn required(
        &mut self,
        name: &Ident,
        object: &Struct,
        example: Option<&Value>,
        depth: usize,
    ) -> TokenStream {
        let sdk = self.sdk;
        let mut fields = Vec::new();
        for field in object.arguments() {
            let example = given(field, example, depth, sdk);
            let value = match field.presence {
                Presence::RequiredNullable => {
                    self.budget.redeem(1);
                    self.option(&field.value, example, depth + 1)
                }
                _ => self.exact(&field.value, example, depth + 1),
            };
            let name = &field.name;
            fields.push(quote! { #name: #value });
        }
        self.use_from_crate(&format!("models::{name}"));
        self.budget.spend_brackets();
        quote! { #name { #(#fields),* } }
    }

    /// Reads a value that is only received, and so has no constructor.
    fn received(&mut self, model: &ModelRef, example: Option<&Value>) -> TokenStream {
        let Some((value, parts)) = json::of_model(model, example, self.budget.spare(), self.snippets) else {
            return self.read(model);
        };
        self.budget.spend(parts);
        self.requirements.errors = Errors::Boxed;
        self.use_model(model);
        let name = &model.name;
        let value = literal::whole_json(&value);
        quote! { serde_json::from_value::<#name>(#value)? }
    }
}

/// What an example gives for a field, or the document for the field by itself.
fn given<'v>(field: &'v Field, example: Option<&'v Value>, depth: usize, sdk: &Sdk) -> Option<&'v Value> {
    let own = || if depth <= DEEPEST_FILLER { own_example(field, sdk) } else { None };
    example.and_then(|example| example.get(&field.property)).or_else(own)
}

/// What the document gives for a field by itself.
fn own_example<'a>(field: &'a Field, sdk: &Sdk) -> Option<&'a Value> {
    field.examples.iter().find(|value| fits(&field.value, value, sdk))
}
