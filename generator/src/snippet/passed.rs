//! What is passed to functions, which take whatever a value can be made of: text without `to_owned`, arrays of
//! items, and what a union is made of in place of the union.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::literal::{self, MOST_ITEMS};
use super::value::{DEEPEST_FILLER, Writer, fits, scalar_of};
use crate::sdk::{ModelKind, ModelRef, Scalar, Type, Union, Variant};
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
            let text = literal::text(example.and_then(Value::as_str).unwrap_or(name));
            return quote! { #text };
        }
        match ty.unboxed() {
            Type::List(item) => self.items(&item, name, example, depth),
            Type::Option(inner) => self.nullable(&inner, name, example, depth),
            Type::Model(model) => match &self.sdk.model(model.id).kind {
                ModelKind::Union(union) => self.converted(&model, union, example, depth),
                _ => self.exact(&Type::Model(model), example, depth),
            },
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
        let is_left_out =
            example.is_none() && (depth > DEEPEST_FILLER || self.snippets.depths.get(ty).is_none());
        match ty {
            _ if is_left_out || example.is_some_and(Value::is_null) => {
                self.use_own("Nullable");
                quote! { Nullable::Null }
            }
            Type::List(_) => self.exact(ty, example, depth),
            _ => self.passed(ty, name, example, depth),
        }
    }

    /// An array for a parameter that takes any number of items.
    fn items(&mut self, item: &Type, name: &str, example: Option<&Value>, depth: usize) -> TokenStream {
        let given = example.and_then(Value::as_array).into_iter().flatten().take(MOST_ITEMS);
        let mut given: Vec<Option<&Value>> = given.map(Some).collect();
        let has_filler =
            depth < DEEPEST_FILLER && self.snippets.depths.get(item).is_some() && !self.is_full();
        if given.is_empty() && has_filler {
            given.push(None);
        }
        if given.is_empty() {
            if let Some(model) = item.model() {
                self.use_model(model);
            }
            let item = parsed(&item.to_string());
            return quote! { Vec::<#item>::new() };
        }
        // The items of an array are of one type, whatever each could be converted from.
        let variants: Vec<Option<usize>> = given.iter().map(|value| self.variant(item, *value)).collect();
        let are_alike = variants.windows(2).all(|pair| pair[0] == pair[1]);
        let items: Vec<TokenStream> = given
            .into_iter()
            .map(|value| {
                if are_alike {
                    self.passed(item, name, value, depth + 1)
                } else {
                    self.exact(item, value, depth + 1)
                }
            })
            .collect();
        quote! { [#(#items),*] }
    }

    /// The variant that an example is of, when the type is a union.
    fn variant(&self, ty: &Type, example: Option<&Value>) -> Option<usize> {
        let Type::Model(model) = ty.unboxed() else { return None };
        let ModelKind::Union(union) = &self.sdk.model(model.id).kind else { return None };
        self.snippets.variant(union, example)
    }

    /// What a union is made of, when it need not be said which variant that is.
    fn converted(
        &mut self,
        model: &ModelRef,
        union: &Union,
        example: Option<&Value>,
        depth: usize,
    ) -> TokenStream {
        let whole = Type::Model(model.clone());
        let own = || self.sdk.model(model.id).examples.iter().find(|value| fits(&whole, value, self.sdk));
        let example = example.or_else(|| if depth <= DEEPEST_FILLER { own() } else { None });
        let Some(index) = self.snippets.variant(union, example) else {
            return self.exact(&whole, example, depth);
        };
        let Variant { ty, conversions, .. } = &union.variants[index];
        let inner = ty.unboxed();
        if !conversions.contains(&inner.to_string()) {
            return self.exact(&whole, example, depth);
        }
        let example = example.filter(|example| fits(ty, example, self.sdk));
        match scalar_of(&inner, self.sdk) {
            Some(Scalar::String) if conversions.iter().any(|source| source == "&str") => {
                self.passed(&inner, "text", example, depth)
            }
            Some(Scalar::String) => self.exact(&whole, example, depth),
            _ => self.exact(&inner, example, depth),
        }
    }
}
