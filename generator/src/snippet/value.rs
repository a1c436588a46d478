//! Expressions for values of types, from examples as far as those fit.
//!
//! Total: where an example does not fit, the smallest value takes its place; a type without one is read
//! from a file. What is required is promised a part of the budget before anything else is written, so
//! that an example has all that it needs, and of the rest as much as there is room for.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::budget::Budget;
use super::literal::{self, MOST_ITEMS};
use super::scalar;
use super::variant_of::variant_of;
use super::{Errors, Expression, Requirements, Snippets};
use crate::sdk::{Enum, EnumValues, ModelKind, ModelRef, Scalar, Sdk, Type, Union, Variant};

/// Deeper than this, only what was given is written out: lists and maps stay empty, and the examples
/// of other types are left alone, which could lead back to where they are asked for.
pub(super) const DEEPEST_FILLER: usize = 2;

/// An expression of exactly the type `ty`, for where that type is known.
pub(super) fn exact(
    ty: &Type,
    example: Option<&Value>,
    budget: &mut Budget,
    snippets: &Snippets<'_>,
) -> Expression {
    Writer::new(snippets, budget).write(|writer| writer.exact(ty, example, 0))
}

/// An expression that can be passed where a `ty` is taken in the usual way: text without `to_owned`.
/// A text without an example is what `name` says.
pub(super) fn passed(
    ty: &Type,
    name: &str,
    example: Option<&Value>,
    budget: &mut Budget,
    snippets: &Snippets<'_>,
) -> Expression {
    Writer::new(snippets, budget).write(|writer| writer.passed(ty, name, example, 0))
}

/// Whether `example` is more than a filler for a value of this type.
pub(super) fn fits(ty: &Type, example: &Value, sdk: &Sdk) -> bool {
    match (ty, example) {
        (Type::Any, _) | (Type::Object | Type::Map(_), Value::Object(_)) => true,
        (_, Value::Null) => false,
        (Type::Option(inner), _) => fits(inner, example, sdk),
        (Type::Scalar(scalar), _) => scalar::given(*scalar, example).is_some(),
        (Type::List(item), Value::Array(items)) => items.iter().all(|value| fits(item, value, sdk)),
        (Type::Tuple(places), Value::Array(items)) => {
            places.len() == items.len()
                && places.iter().zip(items).all(|(place, value)| fits(place, value, sdk))
        }
        (Type::List(_) | Type::Tuple(_) | Type::Object | Type::Map(_), _) => false,
        (Type::Model(model) | Type::Boxed(model), _) => match &sdk.model(model.id).kind {
            ModelKind::Struct(_) => example.is_object(),
            ModelKind::Enum(values) => values.variant_of(example).is_some(),
            ModelKind::Union(union) => variant_of(union, example).is_some(),
            ModelKind::Alias(target) | ModelKind::Newtype(target) => fits(target, example, sdk),
        },
    }
}

/// Writes one expression. Whatever is written was promised its smallest value before.
pub(super) struct Writer<'s, 'a> {
    pub(super) snippets: &'s Snippets<'a>,
    pub(super) sdk: &'a Sdk,
    pub(super) requirements: Requirements,
    pub(super) budget: &'s mut Budget,
}

impl<'s, 'a> Writer<'s, 'a> {
    fn new(snippets: &'s Snippets<'a>, budget: &'s mut Budget) -> Self {
        Self { snippets, sdk: snippets.sdk, requirements: Requirements::default(), budget }
    }

    fn write(mut self, write: impl FnOnce(&mut Self) -> TokenStream) -> Expression {
        let tokens = write(&mut self);
        Expression { tokens, requirements: self.requirements }
    }

    /// An expression of exactly this type.
    pub(super) fn exact(&mut self, ty: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        self.begin(ty);
        match ty {
            Type::Any => self.any(example),
            Type::Object => {
                let json = self.any(example.filter(|example| example.is_object()));
                quote! { #json.into() }
            }
            Type::Option(inner) => self.option(inner, example, depth),
            Type::Scalar(scalar) => self.scalar(*scalar, example),
            Type::List(item) => self.list(item, example, depth),
            Type::Tuple(places) => self.tuple(places, example, depth),
            Type::Map(value) => self.map(value, example, depth),
            Type::Model(model) => self.model(model, example, depth),
            Type::Boxed(model) => {
                let value = self.model(model, example, depth);
                quote! { Box::new(#value) }
            }
        }
    }

    /// Takes what was promised for a value of `ty`, and spends what it is without its parts. An option is
    /// its value, or else it is nothing itself.
    pub(super) fn begin(&mut self, ty: &Type) {
        self.budget.redeem(self.snippets.sizes.get(ty).unwrap_or(1));
        if !matches!(ty, Type::Option(_)) {
            self.budget.spend(1);
        }
    }

    pub(super) fn any(&mut self, example: Option<&Value>) -> TokenStream {
        let empty = Value::Object(serde_json::Map::new());
        let (json, parts) = literal::json(example.unwrap_or(&empty), self.budget.spare());
        self.budget.spend(parts);
        json
    }

    fn scalar(&mut self, scalar: Scalar, example: Option<&Value>) -> TokenStream {
        match scalar {
            Scalar::Date | Scalar::DateTime => return self.time(scalar, example),
            Scalar::Base64 => self.use_from_crate("Base64"),
            _ => {}
        }
        let given = example.and_then(|example| scalar::given(scalar, example));
        given.unwrap_or_else(|| scalar::filler(scalar))
    }

    fn time(&mut self, scalar: Scalar, example: Option<&Value>) -> TokenStream {
        self.requirements.errors = Errors::Boxed;
        let ty = if scalar == Scalar::Date {
            quote! { NaiveDate }
        } else {
            quote! { DateTime<Utc> }
        };
        let names: &[&str] = if scalar == Scalar::Date { &["NaiveDate"] } else { &["DateTime", "Utc"] };
        for name in names {
            self.requirements.uses.name(&format!("chrono::{name}"));
        }
        let given = example.and_then(|example| scalar::time_text(scalar, example));
        let text = Literal::string(given.unwrap_or_else(|| scalar::filler_time(scalar)));
        quote! { #text.parse::<#ty>()? }
    }

    fn list(&mut self, item: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        let given = example.and_then(Value::as_array).filter(|items| !items.is_empty());
        let mut items = Vec::new();
        if let Some(given) = given {
            for value in given.iter().take(MOST_ITEMS) {
                if self.has_room(item) {
                    items.push(self.exact(item, Some(value), depth + 1));
                }
            }
        } else if depth < DEEPEST_FILLER && self.has_room(item) {
            items.push(self.exact(item, None, depth + 1));
        }
        if !items.is_empty() {
            self.budget.spend_brackets();
        }
        quote! { vec![#(#items),*] }
    }

    fn tuple(&mut self, places: &[Type], example: Option<&Value>, depth: usize) -> TokenStream {
        let given = example.and_then(Value::as_array).filter(|items| items.len() == places.len());
        for place in places {
            self.promise(place);
        }
        let value = |(index, place)| self.exact(place, given.map(|items| &items[index]), depth + 1);
        let values: Vec<TokenStream> = places.iter().enumerate().map(value).collect();
        quote! { (#(#values,)*) }
    }

    fn map(&mut self, value: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        self.requirements.uses.name("std::collections::BTreeMap");
        let given = example.and_then(Value::as_object).filter(|members| !members.is_empty());
        let mut entries = Vec::new();
        if let Some(members) = given {
            for (key, example) in members.iter().take(MOST_ITEMS) {
                if self.has_room(value) {
                    entries.push(self.entry(key, value, Some(example), depth));
                }
            }
        } else if depth < DEEPEST_FILLER && self.has_room(value) {
            entries.push(self.entry("key", value, None, depth));
        }
        if entries.is_empty() {
            return quote! { BTreeMap::new() };
        }
        self.budget.spend_brackets();
        quote! { BTreeMap::from([#(#entries),*]) }
    }

    fn entry(&mut self, key: &str, value: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        let key = literal::text(key);
        let value = self.exact(value, example, depth + 1);
        quote! { (#key.to_owned(), #value) }
    }

    pub(super) fn option(&mut self, inner: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        if self.is_null(inner, example, depth) {
            return quote! { None };
        }
        let value = self.exact(inner, example, depth);
        quote! { Some(#value) }
    }

    /// Whether null is written, because the example says so, or nothing else or no room is left. Otherwise the
    /// smallest value of `inner` is promised.
    pub(super) fn is_null(&mut self, inner: &Type, example: Option<&Value>, depth: usize) -> bool {
        let is_left_out = match example {
            Some(value) => value.is_null(),
            None => depth > DEEPEST_FILLER,
        };
        let is_null = is_left_out || !self.has_room(inner);
        self.budget.spend(usize::from(is_null));
        is_null
    }

    /// The example, or else that of the model.
    pub(super) fn example_of<'v>(
        &self,
        model: &ModelRef,
        example: Option<&'v Value>,
        depth: usize,
    ) -> Option<&'v Value>
    where
        'a: 'v,
    {
        let (sdk, ty) = (self.sdk, Type::Model(model.clone()));
        let own = || sdk.model(model.id).examples.iter().find(|value| fits(&ty, value, sdk));
        example.or_else(|| if depth <= DEEPEST_FILLER { own() } else { None })
    }

    fn model(&mut self, model: &ModelRef, example: Option<&Value>, depth: usize) -> TokenStream {
        let example = self.example_of(model, example, depth);
        let value = match &self.sdk.model(model.id).kind {
            _ if self.snippets.sizes.of_id(model.id).is_none() => None,
            ModelKind::Alias(target) => {
                self.promise(target);
                Some(self.exact(target, example, depth))
            }
            ModelKind::Newtype(target) => {
                self.use_model(model);
                self.promise(target);
                let value = self.exact(target, example, depth);
                let name = &model.name;
                Some(quote! { #name(#value) })
            }
            ModelKind::Enum(values) => Some(self.enumeration(model, values, example)),
            ModelKind::Union(union) => self.union(model, union, example, depth),
            ModelKind::Struct(object) => Some(self.object(model, object, example, depth)),
        };
        value.unwrap_or_else(|| self.read(model))
    }

    fn enumeration(&mut self, model: &ModelRef, values: &Enum, example: Option<&Value>) -> TokenStream {
        self.use_model(model);
        let name = &model.name;
        let variant = example.and_then(|example| values.variant_of(example));
        match (variant.or_else(|| values.first_variant()), &values.values) {
            (Some(variant), _) => quote! { #name::#variant },
            (None, EnumValues::Strings(_)) => quote! { #name::Unknown("value".to_owned()) },
            (None, EnumValues::Integers(_)) => quote! { #name::Unknown(0) },
        }
    }

    /// `None` when no variant has a value.
    fn union(
        &mut self,
        model: &ModelRef,
        union: &Union,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        let (index, example) = self.choose(union, example)?;
        Some(self.wrapped(model, &union.variants[index], example, depth))
    }

    /// A value of this variant.
    pub(super) fn wrapped(
        &mut self,
        model: &ModelRef,
        variant: &Variant,
        example: Option<&Value>,
        depth: usize,
    ) -> TokenStream {
        self.use_model(model);
        let value = self.exact(&variant.ty, example, depth);
        let (name, variant) = (&model.name, &variant.name);
        quote! { #name::#variant(#value) }
    }

    /// The variant that is written, by its place, and the example as far as it is one of that. Its size is
    /// promised. `None` when no variant has a value.
    pub(super) fn choose<'v>(
        &mut self,
        union: &Union,
        example: Option<&'v Value>,
    ) -> Option<(usize, Option<&'v Value>)> {
        let sizes = &self.snippets.sizes;
        let fitting = example.and_then(|example| variant_of(union, example));
        if let Some(index) = fitting.filter(|index| self.budget.offer(sizes.get(&union.variants[*index].ty)))
        {
            return Some((index, example));
        }
        let smallest = sizes.smallest_variant(union)?;
        self.promise(&union.variants[smallest].ty);
        Some((smallest, None))
    }

    /// Reads a value that is too large to be shown, or whose type no constructor ends in.
    pub(super) fn read(&mut self, model: &ModelRef) -> TokenStream {
        self.requirements.errors = Errors::Boxed;
        self.use_model(model);
        let file = Literal::string(&format!("{}.json", self.sdk.model(model.id).module));
        let name = &model.name;
        quote! { serde_json::from_str::<#name>(&std::fs::read_to_string(#file)?)? }
    }

    /// Promises the smallest value of `ty` if there is one and room for it.
    pub(super) fn has_room(&mut self, ty: &Type) -> bool {
        self.budget.offer(self.snippets.sizes.get(ty))
    }

    /// Promises the smallest value of `ty`, which is a part of what was promised before.
    fn promise(&mut self, ty: &Type) {
        self.budget.promise(self.snippets.sizes.get(ty).unwrap_or(1));
    }

    pub(super) fn use_model(&mut self, model: &ModelRef) {
        self.use_from_crate(&format!("models::{}", model.name));
    }

    pub(super) fn use_from_crate(&mut self, path: &str) {
        self.requirements.uses.name(&format!("{}::{path}", self.snippets.library()));
    }
}

/// The scalar that a type is, by whatever name.
pub(super) fn scalar_of(ty: &Type, sdk: &Sdk) -> Option<Scalar> {
    match ty {
        Type::Scalar(scalar) => Some(*scalar),
        Type::Model(model) | Type::Boxed(model) => match &sdk.model(model.id).kind {
            ModelKind::Alias(target) => scalar_of(target, sdk),
            ModelKind::Struct(_) | ModelKind::Enum(_) | ModelKind::Union(_) | ModelKind::Newtype(_) => None,
        },
        _ => None,
    }
}
