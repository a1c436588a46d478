//! What is passed to functions, which take whatever a value can be made of: text without `to_owned`, arrays of
//! items, and what a union is made of in place of the union.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::literal::{self, MOST_ITEMS};
use super::value::{DEEPEST_FILLER, Writer, scalar_of};
use super::variant_of::variant_of;
use crate::sdk::{ConversionSource, ModelKind, ModelRef, Scalar, Type, Union};
use crate::tokens::parsed;

impl Writer<'_, '_> {
    /// An expression for a parameter that takes a `ty` in the usual way.
    pub(super) fn passed(
        &mut self,
        ty: &Type,
        name: &str,
        example: Option<&Value>,
        depth: usize,
    ) -> TokenStream {
        if let Some(Scalar::String) = scalar_of(ty, self.sdk) {
            self.begin(ty);
            let text = literal::text(example.and_then(Value::as_str).unwrap_or(name));
            return quote! { #text };
        }
        match ty.unboxed() {
            Type::List(item) => {
                self.begin(ty);
                self.items(&item, name, example, depth)
            }
            Type::Option(inner) => {
                self.begin(ty);
                self.nullable(&inner, name, example, depth)
            }
            Type::Model(model) => match &self.sdk.model(model.id).kind {
                ModelKind::Union(union) => self.converted(&model, union, example, depth).0,
                ModelKind::Alias(target @ Type::Object) => self.passed(target, name, example, depth),
                _ => self.exact(&Type::Model(model), example, depth),
            },
            Type::Object => {
                self.begin(ty);
                self.any(example.filter(|example| example.is_object()))
            }
            ty => self.exact(&ty, example, depth),
        }
    }

    /// An expression for a parameter that takes a `Nullable` of what a `ty` is made of.
    pub(super) fn nullable(
        &mut self,
        ty: &Type,
        name: &str,
        example: Option<&Value>,
        depth: usize,
    ) -> TokenStream {
        if self.is_null(ty, example, depth) {
            self.use_from_crate("Nullable");
            return quote! { Nullable::Null };
        }
        match ty {
            Type::List(_) => self.exact(ty, example, depth),
            _ => self.passed(ty, name, example, depth),
        }
    }

    /// An array for a parameter that takes any number of items. They are of one type, whatever each could be
    /// converted from.
    fn items(&mut self, item: &Type, name: &str, example: Option<&Value>, depth: usize) -> TokenStream {
        let given = example.and_then(Value::as_array).into_iter().flatten().take(MOST_ITEMS);
        let mut given: Vec<Option<&Value>> = given.map(Some).collect();
        if given.is_empty() && depth < DEEPEST_FILLER {
            given.push(None);
        }
        let variants: Vec<Option<usize>> = given.iter().map(|value| self.variant(item, *value)).collect();
        let are_alike = variants.windows(2).all(|pair| pair[0] == pair[1]);
        let mut items = Vec::new();
        let mut first = None;
        for value in given {
            if !self.has_room(item) {
                continue;
            }
            if !are_alike {
                items.push(self.exact(item, value, depth + 1));
                continue;
            }
            let (tokens, variant) = self.item(item, name, value, depth + 1);
            if *first.get_or_insert(variant) == variant {
                items.push(tokens);
            }
        }
        if items.is_empty() {
            item.models().into_iter().for_each(|model| self.use_model(model));
            let item = parsed(&item.to_string());
            return quote! { Vec::<#item>::new() };
        }
        self.budget.spend_brackets();
        quote! { [#(#items),*] }
    }

    /// An item, and the variant that it is when its type is a union.
    fn item(
        &mut self,
        ty: &Type,
        name: &str,
        example: Option<&Value>,
        depth: usize,
    ) -> (TokenStream, Option<usize>) {
        if let Type::Model(model) = ty.unboxed()
            && let ModelKind::Union(union) = &self.sdk.model(model.id).kind
        {
            return self.converted(&model, union, example, depth);
        }
        // Text is not converted into an `Option` of text.
        let tokens = match ty {
            Type::Option(_) => self.exact(ty, example, depth),
            _ => self.passed(ty, name, example, depth),
        };
        (tokens, None)
    }

    /// Whether a value is written as what it is converted from, so that something around it has to say its type.
    fn is_made_by_conversion(&self, ty: &Type) -> bool {
        match ty {
            Type::Object => true,
            Type::List(inner) | Type::Map(inner) | Type::Option(inner) => self.is_made_by_conversion(inner),
            Type::Tuple(places) => places.iter().any(|place| self.is_made_by_conversion(place)),
            Type::Model(model) | Type::Boxed(model) => match &self.sdk.model(model.id).kind {
                ModelKind::Alias(target) => self.is_made_by_conversion(target),
                _ => false,
            },
            Type::Any | Type::Scalar(_) => false,
        }
    }

    /// The variant that an example is of, when the type is a union.
    fn variant(&self, ty: &Type, example: Option<&Value>) -> Option<usize> {
        let Type::Model(model) = ty.unboxed() else { return None };
        let ModelKind::Union(union) = &self.sdk.model(model.id).kind else { return None };
        variant_of(union, example?)
    }

    /// What a union is made of, when it need not be said which variant that is; and which it is.
    fn converted(
        &mut self,
        model: &ModelRef,
        union: &Union,
        example: Option<&Value>,
        depth: usize,
    ) -> (TokenStream, Option<usize>) {
        self.begin(&Type::Model(model.clone()));
        let example = self.example_of(model, example, depth);
        let Some((index, example)) = self.choose(union, example) else { return (self.read(model), None) };
        let variant = &union.variants[index];
        let inner = variant.ty.unboxed();
        let is_converted = variant.conversions.contains(&ConversionSource::Value(inner.clone()));
        let tokens = if !is_converted || self.is_made_by_conversion(&inner) {
            self.wrapped(model, variant, example, depth)
        } else if scalar_of(&inner, self.sdk) == Some(Scalar::String) {
            self.passed(&inner, "text", example, depth)
        } else {
            self.exact(&inner, example, depth)
        };
        (tokens, Some(index))
    }
}
