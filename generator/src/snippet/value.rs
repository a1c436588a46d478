//! Expressions for values of types, from examples as far as those fit.
//!
//! Total: where an example does not fit, the simplest value stands in; where a type has no value that
//! constructors could make, the example is read as JSON. Large examples are cut.

use std::cell::Cell;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::literal::{self, MOST_ITEMS};
use super::{Errors, Expression, Needs, Snippets, fit, library};
use crate::Plan;
use crate::ir::{EnumValues, Scalar, Shape, Type, TypeId, Union};
use crate::rust::field::{Field, Presence, fields};

/// Values with more parts than this are cut: optional members go first.
const MOST_PARTS: usize = 24;

/// Deeper than this, only what was given is written out: lists and maps stay empty, and the examples
/// of other types are left alone, which could lead back to where they are asked for.
const DEEPEST_FILLER: usize = 2;

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
pub(super) fn fits(ty: &Type, example: &Value, plan: &Plan) -> bool {
    match (ty, example) {
        (Type::Any, _) | (Type::Map(_), Value::Object(_)) => true,
        (_, Value::Null) => false,
        (Type::Nullable(inner), _) => fits(inner, example, plan),
        (Type::Scalar(scalar), _) => scalar_value(*scalar, example).is_some(),
        (Type::List(item), Value::Array(items)) => items.iter().all(|value| fits(item, value, plan)),
        (Type::List(_) | Type::Map(_), _) => false,
        (Type::Named(id) | Type::Boxed(id), _) => match &plan.api.type_def(*id).shape {
            Shape::Struct(_) => example.is_object(),
            Shape::Enum(values) => place_in(&values.values, example).is_some(),
            Shape::Union(union) => fit::variant(union, example).is_some(),
            Shape::Alias(alias) => fits(&alias.target, example, plan),
        },
    }
}

/// Writes one expression.
struct Writer<'s, 'a> {
    snippets: &'s Snippets<'a>,
    plan: &'a Plan,
    needs: Needs,
    parts: Cell<usize>,
}

impl<'s, 'a> Writer<'s, 'a> {
    fn new(snippets: &'s Snippets<'a>) -> Self {
        Self { snippets, plan: snippets.plan, needs: Needs::default(), parts: Cell::new(0) }
    }

    fn write(mut self, write: impl FnOnce(&mut Self) -> TokenStream) -> Expression {
        let tokens = write(&mut self);
        Expression { tokens, needs: self.needs }
    }

    /// An expression for a parameter that takes a `ty` in the usual way.
    fn passed(&mut self, ty: &Type, name: &str, example: Option<&Value>, depth: usize) -> TokenStream {
        if let Some(Scalar::String) = scalar_of(ty, self.plan) {
            let text = literal::text(example.and_then(Value::as_str).unwrap_or(name));
            return quote! { #text };
        }
        self.exact(&unboxed(ty), example, depth)
    }

    /// An expression of exactly this type.
    fn exact(&mut self, ty: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        match ty {
            Type::Any => literal::json(example.unwrap_or(&Value::Object(serde_json::Map::new()))),
            Type::Scalar(scalar) => self.scalar(*scalar, example),
            Type::List(item) => self.list(item, example, depth),
            Type::Map(value) => self.map(value, example, depth),
            Type::Nullable(inner) => self.nullable(inner, example, depth),
            Type::Named(id) => self.named(*id, example, depth),
            Type::Boxed(id) => {
                let value = self.named(*id, example, depth);
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
        self.needs.errors = Errors::Any;
        let (filler, ty) = match scalar {
            Scalar::Date => ("2024-05-29", quote! { NaiveDate }),
            _ => ("2024-05-29T03:57:13Z", quote! { DateTime<Utc> }),
        };
        let names: &[&str] = if scalar == Scalar::Date { &["NaiveDate"] } else { &["DateTime", "Utc"] };
        for name in names {
            self.needs.uses.name(&format!("chrono::{name}"));
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
        if depth < DEEPEST_FILLER && self.snippets.heights.get(item).is_some() && !self.is_full() {
            let item = self.exact(item, None, depth + 1);
            return quote! { vec![#item] };
        }
        quote! { vec![] }
    }

    fn map(&mut self, value: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        self.needs.uses.name("std::collections::BTreeMap");
        let given = example.and_then(Value::as_object).filter(|members| !members.is_empty());
        let entries: Vec<TokenStream> = if let Some(members) = given {
            let members = members.iter().take(MOST_ITEMS);
            members.map(|(key, example)| self.entry(key, value, Some(example), depth)).collect()
        } else if depth < DEEPEST_FILLER && self.snippets.heights.get(value).is_some() && !self.is_full() {
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

    fn nullable(&mut self, inner: &Type, example: Option<&Value>, depth: usize) -> TokenStream {
        match example {
            Some(Value::Null) => quote! { None },
            None if depth > DEEPEST_FILLER || self.snippets.heights.get(inner).is_none() => quote! { None },
            example => {
                let value = self.exact(inner, example, depth);
                quote! { Some(#value) }
            }
        }
    }

    fn named(&mut self, id: TypeId, example: Option<&Value>, depth: usize) -> TokenStream {
        let plan = self.plan;
        let ty = plan.api.type_def(id);
        let own = || ty.examples.iter().find(|value| fits(&Type::Named(id), value, plan));
        let example = example.or_else(|| if depth <= DEEPEST_FILLER { own() } else { None });
        self.parts.set(self.parts.get() + 1);
        match &ty.shape {
            Shape::Alias(alias) => self.exact(&alias.target, example, depth),
            Shape::Enum(values) => self.enumeration(id, &values.values, example),
            Shape::Union(union) => {
                self.union(id, union, example, depth).unwrap_or_else(|| self.read(id, example))
            }
            Shape::Struct(_) => self.object(id, example, depth).unwrap_or_else(|| self.read(id, example)),
        }
    }

    fn enumeration(&mut self, id: TypeId, values: &EnumValues, example: Option<&Value>) -> TokenStream {
        let enumeration = self.model(id);
        let place = example.and_then(|example| place_in(values, example)).unwrap_or(0);
        match (self.plan.names.ty(id).variants.get(place), values) {
            (Some(variant), _) => {
                let variant = format_ident!("{}", variant.as_str());
                quote! { #enumeration::#variant }
            }
            (None, EnumValues::Strings(_)) => quote! { #enumeration::Unknown("value".to_owned()) },
            (None, EnumValues::Integers(_)) => quote! { #enumeration::Unknown(0) },
        }
    }

    /// `None` when no variant has a value.
    fn union(
        &mut self,
        id: TypeId,
        union: &Union,
        example: Option<&Value>,
        depth: usize,
    ) -> Option<TokenStream> {
        let heights = &self.snippets.heights;
        let fitting = example.and_then(|example| fit::variant(union, example));
        let fitting = fitting.filter(|index| heights.get(&union.variants[*index].ty).is_some());
        let place = fitting.or_else(|| heights.lowest(union))?;
        let example = example.filter(|_| fitting.is_some());
        let variant = format_ident!("{}", self.plan.names.ty(id).variants[place].as_str());
        let union_name = self.model(id);
        let value = self.exact(&union.variants[place].ty, example, depth);
        Some(quote! { #union_name::#variant(#value) })
    }

    /// `None` when what it requires has no value.
    fn object(&mut self, id: TypeId, example: Option<&Value>, depth: usize) -> Option<TokenStream> {
        self.snippets.heights.get(&Type::Named(id))?;
        let fields = fields(id, self.plan);
        let of = |field: &Field<'_>| example.and_then(|example| example.get(&field.member.name));
        let arguments: Vec<TokenStream> = fields
            .iter()
            .filter(|field| field.is_argument())
            .map(|field| {
                let own = || if depth <= DEEPEST_FILLER { own_example(field, self.plan) } else { None };
                self.field(field, of(field).or_else(own), depth)
            })
            .collect();
        let name = self.model(id);
        let mut tokens = quote! { #name::new(#(#arguments),*) };
        for field in fields.iter().filter(|field| !field.is_argument() && !field.is_filled_in()) {
            let given = of(field).filter(|value| fits(&field.inner, value, self.plan));
            let has_height = self.snippets.heights.get(&field.inner).is_some();
            if let Some(given) = given
                && has_height
                && !self.is_full()
                && !field.member.docs.deprecated
                && !field.member.read_only
            {
                let setter = format_ident!("{}", field.names.setter.as_str());
                let value = self.field(field, Some(given), depth);
                tokens = quote! { #tokens.#setter(#value) };
            }
        }
        Some(tokens)
    }

    /// What the constructor or the setter of the field is passed.
    fn field(&mut self, field: &Field<'_>, example: Option<&Value>, depth: usize) -> TokenStream {
        match field.presence {
            Presence::Required | Presence::Optional => {
                self.passed(&field.inner, &field.member.name, example, depth + 1)
            }
            Presence::RequiredNullable => self.nullable(&unboxed(&field.inner), example, depth + 1),
            Presence::OptionalNullable => self.exact(&field.inner, example, depth + 1),
        }
    }

    /// Reads a value whose type no constructor ends in.
    fn read(&mut self, id: TypeId, example: Option<&Value>) -> TokenStream {
        self.needs.errors = Errors::Any;
        let name = self.model(id);
        let value = literal::json(example.unwrap_or(&Value::Object(serde_json::Map::new())));
        quote! { serde_json::from_value::<#name>(#value)? }
    }

    fn is_full(&self) -> bool {
        self.parts.get() >= MOST_PARTS
    }

    /// The name of a model, which is then imported.
    fn model(&mut self, id: TypeId) -> proc_macro2::Ident {
        let name = &self.plan.names.ty(id).ident;
        self.needs.uses.name(&format!("{}::models::{name}", library(self.plan)));
        format_ident!("{}", name.as_str())
    }

    fn use_own(&mut self, name: &str) {
        self.needs.uses.name(&format!("{}::{name}", library(self.plan)));
    }
}

/// What the document gives for a member by itself.
fn own_example<'a>(field: &Field<'a>, plan: &Plan) -> Option<&'a Value> {
    let member = field.member;
    let given = member.examples.iter().chain(&member.default);
    given.into_iter().find(|value| fits(&field.inner, value, plan))
}

/// The type without its pointer, which methods that take it put around it.
fn unboxed(ty: &Type) -> Type {
    match ty {
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    }
}

/// The scalar that a type is, by whatever name.
fn scalar_of(ty: &Type, plan: &Plan) -> Option<Scalar> {
    match ty {
        Type::Scalar(scalar) => Some(*scalar),
        Type::Named(id) | Type::Boxed(id) => match &plan.api.type_def(*id).shape {
            Shape::Alias(alias) => scalar_of(&alias.target, plan),
            _ => None,
        },
        _ => None,
    }
}

fn place_in(values: &EnumValues, example: &Value) -> Option<usize> {
    match values {
        EnumValues::Strings(values) => {
            values.iter().position(|value| example.as_str() == Some(value.value.as_str()))
        }
        EnumValues::Integers(values) => values.iter().position(|value| example.as_i64() == Some(value.value)),
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
fn is_like(text: &str, pattern: &str) -> bool {
    let same =
        |(one, other): (u8, u8)| if other.is_ascii_digit() { one.is_ascii_digit() } else { one == other };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(same)
}
