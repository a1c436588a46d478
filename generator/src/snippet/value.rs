//! Expressions for values of types, from examples as far as those fit.
//!
//! Total: where an example does not fit, the minimal value stands in; where a type has no value that
//! constructors could make, the example is read as JSON. Large examples are cut.

use std::cell::Cell;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::json;
use super::literal::{self, MOST_ITEMS};
use super::variant_of::variant_of;
use super::{Errors, Expression, Imports, Snippets};
use crate::sdk::{
    Constructor, Enum, EnumValues, Field, ModelKind, ModelRef, Presence, Scalar, Sdk, Struct, Type, Union,
};

/// Values with more parts than this are cut: optional fields go first.
const MOST_PARTS: usize = 24;

/// Deeper than this, only what was given is written out: lists and maps stay empty, and the examples
/// of other types are left alone, which could lead back to where they are asked for.
pub(super) const DEEPEST_FILLER: usize = 2;

/// An expression of exactly the type `ty`, for where that type is known.
pub(super) fn exact(ty: &Type, example: Option<&Value>, snippets: &Snippets<'_>) -> Expression {
    Writer::new(snippets).write(|writer| writer.exact(ty, example, 0))
}

/// An expression that can be passed where a `ty` is taken in the usual way: text without `to_owned`.
/// A text without an example is what `name` says.
pub(super) fn passed(ty: &Type, name: &str, example: Option<&Value>, snippets: &Snippets<'_>) -> Expression {
    Writer::new(snippets).write(|writer| writer.passed(ty, name, example, 0))
}

/// Whether `example` is more than a filler for a value of this type.
pub(super) fn fits(ty: &Type, example: &Value, sdk: &Sdk) -> bool {
    match (ty, example) {
        (Type::Any, _) | (Type::Map(_), Value::Object(_)) => true,
        (_, Value::Null) => false,
        (Type::Option(inner), _) => fits(inner, example, sdk),
        (Type::Scalar(scalar), _) => scalar_value(*scalar, example).is_some(),
        (Type::List(item), Value::Array(items)) => items.iter().all(|value| fits(item, value, sdk)),
        (Type::List(_) | Type::Map(_), _) => false,
        (Type::Model(model) | Type::Boxed(model), _) => match &sdk.model(model.id).kind {
            ModelKind::Struct(_) => example.is_object(),
            ModelKind::Enum(values) => values.variant_of(example).is_some(),
            ModelKind::Union(union) => variant_of(union, example).is_some(),
            ModelKind::Alias(target) => fits(target, example, sdk),
        },
    }
}

/// Writes one expression.
pub(super) struct Writer<'s, 'a> {
    pub(super) snippets: &'s Snippets<'a>,
    pub(super) sdk: &'a Sdk,
    imports: Imports,
    parts: Cell<usize>,
}

impl<'s, 'a> Writer<'s, 'a> {
    fn new(snippets: &'s Snippets<'a>) -> Self {
        Self { snippets, sdk: snippets.sdk, imports: Imports::default(), parts: Cell::new(0) }
    }

    fn write(mut self, write: impl FnOnce(&mut Self) -> TokenStream) -> Expression {
        let tokens = write(&mut self);
        Expression { tokens, imports: self.imports }
    }

    /// An expression of exactly this type.
    pub(super) fn exact(&mut self, ty: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        match ty {
            Type::Any => literal::json(example.unwrap_or(&Value::Object(serde_json::Map::new()))),
            Type::Scalar(scalar) => self.scalar(*scalar, example),
            Type::List(item) => self.list(item, example, depth),
            Type::Map(value) => self.map(value, example, depth),
            Type::Option(inner) => self.option(inner, example, depth),
            Type::Model(model) => self.model(model, example, depth),
            Type::Boxed(model) => {
                let value = self.model(model, example, depth);
                quote! { Box::new(#value) }
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar, example: Option<&Value>) -> TokenStream {
        match scalar {
            Scalar::Date | Scalar::DateTime => return self.time(scalar, example),
            Scalar::Base64 => self.use_own("Base64"),
            _ => {}
        }
        let given = example.and_then(|example| scalar_value(scalar, example));
        given.unwrap_or_else(|| filler(scalar))
    }

    fn time(&mut self, scalar: Scalar, example: Option<&Value>) -> TokenStream {
        self.imports.errors = Errors::Any;
        let (filler, ty) = match scalar {
            Scalar::Date => ("2024-05-29", quote! { NaiveDate }),
            _ => ("2024-05-29T03:57:13Z", quote! { DateTime<Utc> }),
        };
        let names: &[&str] = if scalar == Scalar::Date { &["NaiveDate"] } else { &["DateTime", "Utc"] };
        for name in names {
            self.imports.uses.name(&format!("chrono::{name}"));
        }
        let given = example.and_then(Value::as_str).filter(|text| is_like(text, filler));
        let text = Literal::string(given.unwrap_or(filler));
        quote! { #text.parse::<#ty>()? }
    }

    fn list(&mut self, item: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        if let Some(Value::Array(items)) = example
            && !items.is_empty()
        {
            let taken = items.iter().take(MOST_ITEMS);
            let items: Vec<TokenStream> =
                taken.map(|value| self.exact(item, Some(value), depth + 1)).collect();
            return quote! { vec![#(#items),*] };
        }
        if depth < DEEPEST_FILLER && self.snippets.depths.get(item).is_some() && !self.is_full() {
            let item = self.exact(item, None, depth + 1);
            return quote! { vec![#item] };
        }
        quote! { vec![] }
    }

    fn map(&mut self, value: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        self.imports.uses.name("std::collections::BTreeMap");
        let given = example.and_then(Value::as_object).filter(|members| !members.is_empty());
        let entries: Vec<TokenStream> = if let Some(members) = given {
            let members = members.iter().take(MOST_ITEMS);
            members.map(|(key, example)| self.entry(key, value, Some(example), depth)).collect()
        } else if depth < DEEPEST_FILLER && self.snippets.depths.get(value).is_some() && !self.is_full() {
            vec![self.entry("key", value, None, depth)]
        } else {
            Vec::new()
        };
        if entries.is_empty() {
            return quote! { BTreeMap::new() };
        }
        quote! { BTreeMap::from([#(#entries),*]) }
    }

    fn entry(&mut self, key: &str, value: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        let key = literal::text(key);
        let value = self.exact(value, example, depth + 1);
        quote! { (#key.to_owned(), #value) }
    }

    fn option(&mut self, inner: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        match example {
            Some(Value::Null) => quote! { None },
            None if depth > DEEPEST_FILLER || self.snippets.depths.get(inner).is_none() => quote! { None },
            example => {
                let value = self.exact(inner, example, depth);
                quote! { Some(#value) }
            }
        }
    }

    fn model(&mut self, model: &ModelRef, example: Option<&Value>, depth: usize) -> TokenStream {
        let sdk = self.sdk;
        let definition = sdk.model(model.id);
        let ty = Type::Model(model.clone());
        let own = || definition.examples.iter().find(|value| fits(&ty, value, sdk));
        let example = example.or_else(|| if depth <= DEEPEST_FILLER { own() } else { None });
        self.parts.set(self.parts.get() + 1);
        match &definition.kind {
            ModelKind::Alias(target) => self.exact(target, example, depth),
            ModelKind::Enum(values) => self.enumeration(model, values, example),
            ModelKind::Union(union) => {
                self.union(model, union, example, depth).unwrap_or_else(|| self.read(model, example))
            }
            ModelKind::Struct(object) => {
                self.object(model, object, example, depth).unwrap_or_else(|| self.read(model, example))
            }
        }
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
        let variant = &union.variants[self.snippets.variant(union, example)?];
        let example = example.filter(|example| fits(&variant.ty, example, self.sdk));
        self.use_model(model);
        let value = self.exact(&variant.ty, example, depth);
        let (name, variant) = (&model.name, &variant.name);
        Some(quote! { #name::#variant(#value) })
    }

    /// `None` when what it requires has no value.
    fn object(
        &mut self,
        model: &ModelRef,
        object: &Struct,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        self.snippets.depths.of_id(model.id).filter(|_| object.constructor != Constructor::None)?;
        let of = |field: &Field| example.and_then(|example| example.get(&field.property));
        let sdk = self.sdk;
        let arguments: Vec<TokenStream> = match &object.constructor {
            Constructor::Required(required) => {
                let fields: Vec<TokenStream> = object
                    .arguments()
                    .map(|field| {
                        let value = self.exact_field(field, given(field, example, depth, sdk), depth);
                        let name = &field.name;
                        quote! { #name: #value }
                    })
                    .collect();
                self.use_own(&format!("models::{required}"));
                vec![quote! { #required { #(#fields),* } }]
            }
            _ => object
                .arguments()
                .map(|field| self.field(field, given(field, example, depth, sdk), depth))
                .collect(),
        };
        self.use_model(model);
        let name = &model.name;
        let mut tokens = quote! { #name::new(#(#arguments),*) };
        for field in object.settable() {
            let example = of(field).filter(|value| fits(&field.value, value, self.sdk));
            let has_value = self.snippets.depths.get(&field.value).is_some();
            if let Some(example) = example
                && has_value
                && !self.is_full()
                && !field.docs.is_deprecated
                && !field.is_read_only
            {
                let value = self.field(field, Some(example), depth);
                let setter = &field.setter;
                tokens = quote! { #tokens.#setter(#value) };
            }
        }
        Some(tokens)
    }

    /// What the constructor or the setter of the field is passed.
    fn field(&mut self, field: &Field, example: Option<&Value>, depth: usize) -> TokenStream {
        match field.presence {
            Presence::Required | Presence::Optional => {
                self.passed(&field.value, &field.property, example, depth + 1)
            }
            Presence::RequiredNullable | Presence::OptionalNullable => {
                self.nullable(&field.value, &field.property, example, depth + 1)
            }
        }
    }

    /// What the field itself holds.
    fn exact_field(&mut self, field: &Field, example: Option<&Value>, depth: usize) -> TokenStream {
        match field.presence {
            Presence::RequiredNullable => self.option(&field.value, example, depth + 1),
            _ => self.exact(&field.value, example, depth + 1),
        }
    }

    /// Reads a value whose type has no constructor, or one that no value ends in.
    fn read(&mut self, model: &ModelRef, example: Option<&Value>) -> TokenStream {
        self.imports.errors = Errors::Any;
        self.use_model(model);
        let name = &model.name;
        let value = literal::whole_json(&json::of_model(model, example, self.snippets));
        quote! { serde_json::from_value::<#name>(#value)? }
    }

    pub(super) fn is_full(&self) -> bool {
        self.parts.get() >= MOST_PARTS
    }

    pub(super) fn use_model(&mut self, model: &ModelRef) {
        self.use_own(&format!("models::{}", model.name));
    }

    pub(super) fn use_own(&mut self, path: &str) {
        self.imports.uses.name(&format!("{}::{path}", self.snippets.library()));
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

/// The scalar that a type is, by whatever name.
pub(super) fn scalar_of(ty: &Type, sdk: &Sdk) -> Option<Scalar> {
    match ty {
        Type::Scalar(scalar) => Some(*scalar),
        Type::Model(model) | Type::Boxed(model) => match &sdk.model(model.id).kind {
            ModelKind::Alias(target) => scalar_of(target, sdk),
            ModelKind::Struct(_) | ModelKind::Enum(_) | ModelKind::Union(_) => None,
        },
        _ => None,
    }
}

/// The literal of an example that fits.
fn scalar_value(scalar: Scalar, example: &Value) -> Option<TokenStream> {
    match scalar {
        Scalar::Bool => example.as_bool().map(|value| quote! { #value }),
        Scalar::Int32 => literal::int32(example),
        Scalar::Int64 => literal::int64(example),
        Scalar::UInt64 => literal::uint64(example),
        Scalar::Float => literal::single(example),
        Scalar::Double => literal::double(example),
        Scalar::String => example.as_str().map(|value| {
            let text = literal::text(value);
            quote! { #text.to_owned() }
        }),
        Scalar::Date => example.as_str().filter(|text| is_like(text, "2024-05-29")).map(|_| quote! {}),
        Scalar::DateTime => {
            example.as_str().filter(|text| is_like(text, "2024-05-29T03:57:13Z")).map(|_| quote! {})
        }
        // What the text stands for is rarely text itself.
        Scalar::Base64 => example.is_string().then(|| quote! { Base64::from(b"data".to_vec()) }),
    }
}

/// A value for when there is no example.
fn filler(scalar: Scalar) -> TokenStream {
    let one = Value::from(1);
    let given = match scalar {
        Scalar::Bool => Value::Bool(true),
        Scalar::String | Scalar::Base64 => Value::from("text"),
        _ => one,
    };
    scalar_value(scalar, &given).unwrap_or_else(|| quote! { Default::default() })
}

/// Whether a text has digits and signs where a pattern has them.
pub(super) fn is_like(text: &str, pattern: &str) -> bool {
    let same =
        |(one, other): (u8, u8)| if other.is_ascii_digit() { one.is_ascii_digit() } else { one == other };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(same)
}
