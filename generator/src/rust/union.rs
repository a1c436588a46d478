//! Unions: one of several types, and a place for others.
//!
//! The enum is written out, with documentation; how it is read and written is
//! the runtime's `open_union!`, which is told for each variant either its values
//! of the discriminator or what JSON of it looks like.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use super::{models, structs};
use crate::names::Ident;
use crate::prose::Prose;
use crate::sdk::{
    ConversionSource, JsonMatcher, JsonType, Model, Scalar, Type, UNKNOWN_VARIANT, Union, Variant,
    VariantConstructor,
};
use crate::tokens::parsed;

/// The union; adds what it imports.
pub(super) fn emit(model: &Model, union: &Union, imports: &mut Imports) -> TokenStream {
    let name = &model.name;
    union.variants.iter().for_each(|variant| imports.add(&variant.ty));
    imports.add_path("crate::runtime::open_union");
    let docs = models::docs(model).outer();
    let unknown_docs = Rustdoc::new(UNKNOWN_VARIANT).outer();
    let declared = union.variants.iter().map(declared);
    let decoded = if let Some(tag) = &union.discriminator {
        by_tag(name, tag, &union.variants)
    } else {
        imports.add_path("crate::runtime::Matcher");
        by_shape(name, &union.variants)
    };
    let from = conversions(name, &union.variants, imports);
    let constructors = constructors(name, &union.variants, imports);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            #unknown_docs
            Unknown(serde_json::Value),
        }
        #constructors
        #decoded
        #from
    }
}

/// The variant with its documentation.
fn declared(variant: &Variant) -> TokenStream {
    let Variant { name, ty, tags, docs, .. } = variant;
    let otherwise = if tags.is_empty() { described(ty) } else { variant.tag_text() };
    let docs = Rustdoc::of(docs).or(otherwise).outer();
    quote! { #docs #name(#ty) }
}

/// A type in words.
fn described(ty: &Type) -> Prose {
    let words = match ty {
        Type::Model(model) | Type::Boxed(model) => return Prose::fill("[`{}`]", &[&model.name]),
        Type::Any => "Anything.",
        Type::Option(inner) => return described(inner),
        Type::List(_) => "A list.",
        Type::Tuple(_) => "A list of a fixed length.",
        Type::Object => "An object with any properties.",
        Type::Map(_) => "An object with properties of any names.",
        Type::Scalar(Scalar::Bool) => "A Boolean.",
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::UInt64) => "An integer.",
        Type::Scalar(Scalar::Float | Scalar::Double) => "A number.",
        Type::Scalar(Scalar::String) => "A string.",
        Type::Scalar(Scalar::Date) => "A date.",
        Type::Scalar(Scalar::DateTime) => "A date and time.",
        Type::Scalar(Scalar::Base64) => "Bytes.",
    };
    words.into()
}

/// The value of the discriminator selects the variant.
fn by_tag(name: &Ident, tag: &str, variants: &[Variant]) -> TokenStream {
    let mut taken = BTreeSet::new();
    let entries = variants.iter().map(|variant| {
        let Variant { name, ty, writes_tag, .. } = variant;
        let tags: Vec<&String> = variant.tags.iter().filter(|tag| taken.insert(*tag)).collect();
        let outside = writes_tag.then(|| quote! { outside });
        let selected = (!tags.is_empty()).then(|| quote! { = #outside #(#tags)|* });
        quote! { #name: #ty #selected }
    });
    let other = variants.iter().find(|variant| variant.is_default);
    let other = other.map(|Variant { name, ty, .. }| quote! { else #name: #ty });
    quote! { open_union!(#name by #tag #other { #(#entries),* }); }
}

/// What the JSON looks like selects the variant.
fn by_shape(name: &Ident, variants: &[Variant]) -> TokenStream {
    let entries = variants.iter().map(|Variant { name, ty, matcher, .. }| {
        let matcher = runtime_matcher(matcher);
        quote! { #name: #ty = #matcher }
    });
    quote! { open_union!(#name { #(#entries),* }); }
}

/// What the JSON must look like, as the runtime's `Matcher`.
fn runtime_matcher(matcher: &JsonMatcher) -> TokenStream {
    let mut tokens = match matcher.json_type {
        None => quote! { Matcher::ANY },
        Some(JsonType::Null) => quote! { Matcher::NULL },
        Some(JsonType::Boolean) => quote! { Matcher::BOOLEAN },
        Some(JsonType::Integer) => quote! { Matcher::INTEGER },
        Some(JsonType::Number) => quote! { Matcher::NUMBER },
        Some(JsonType::String) => quote! { Matcher::STRING },
        Some(JsonType::Array) => quote! { Matcher::ARRAY },
        Some(JsonType::Object) => quote! { Matcher::OBJECT },
    };
    if !matcher.required.is_empty() {
        let names = &matcher.required;
        tokens.extend(quote! { .required(&[#(#names),*]) });
    }
    if !matcher.known.is_empty() {
        let names = &matcher.known;
        tokens.extend(quote! { .known(&[#(#names),*]) });
    }
    if !matcher.constants.is_empty() {
        let constants = matcher.constants.iter().map(|(name, values)| {
            let values = values.iter().map(json);
            quote! { (#name, &[#(#values),*]) }
        });
        tokens.extend(quote! { .constants(&[#(#constants),*]) });
    }
    if !matcher.values.is_empty() {
        let values = matcher.values.iter().map(json);
        tokens.extend(quote! { .values(&[#(#values),*]) });
    }
    if let Some(item) = &matcher.item {
        let item = runtime_matcher(item);
        tokens.extend(quote! { .item(&#item) });
    }
    tokens
}

/// A value as JSON text, which can be compared without being built first.
fn json(value: &Value) -> Literal {
    Literal::string(&value.to_string())
}

/// A function for each variant that requires one value.
fn constructors(own: &Ident, variants: &[Variant], imports: &mut Imports) -> Option<TokenStream> {
    let functions: Vec<TokenStream> = variants
        .iter()
        .filter_map(|variant| Some((variant, variant.constructor.as_ref()?)))
        .map(|(variant, constructor)| {
            let VariantConstructor { name, model, field } = constructor;
            structs::import_argument(field, imports);
            let (parameter, ty) = (&field.name, parsed(&field.argument.ty));
            let model = &model.name;
            let value = quote! { #model::new(#parameter) };
            let value = if matches!(variant.ty, Type::Boxed(_)) {
                quote! { Box::new(#value) }
            } else {
                value
            };
            let (variant, property) = (&variant.name, Prose::code(&field.property));
            let docs = Prose::fill("Creates a [`Self::{}`] with this {}.", &[variant, &property]);
            let docs = Rustdoc::new(docs).outer();
            quote! {
                #docs
                #[must_use]
                pub fn #name(#parameter: #ty) -> Self {
                    Self::#variant(#value)
                }
            }
        })
        .collect();
    (!functions.is_empty()).then(|| quote! { impl #own { #(#functions)* } })
}

/// `From` for the types that only one variant can be made of.
fn conversions(own: &Ident, variants: &[Variant], imports: &mut Imports) -> TokenStream {
    let sources: Vec<TokenStream> = variants.iter().flat_map(sources).collect();
    let arrays: Vec<TokenStream> = variants.iter().flat_map(|variant| arrays(variant, imports)).collect();
    let from_variants = (!sources.is_empty()).then(|| {
        imports.add_path("crate::runtime::from_variants");
        quote! { from_variants!(#own { #(#sources),* }); }
    });
    let from_arrays = (!arrays.is_empty()).then(|| {
        imports.add_path("crate::runtime::from_arrays");
        quote! { from_arrays!(#own { #(#arrays),* }); }
    });
    quote! { #from_variants #from_arrays }
}

/// `Variant: Source`
fn sources(Variant { name, conversions, .. }: &Variant) -> Vec<TokenStream> {
    let entry = |source: &ConversionSource| match source {
        ConversionSource::Value(ty) => quote! { #name: #ty },
        ConversionSource::Str => quote! { #name: &str },
    };
    conversions.iter().map(entry).collect()
}

/// `Variant: Item`
fn arrays(Variant { name, array_item, .. }: &Variant, imports: &mut Imports) -> Vec<TokenStream> {
    let Some(item) = array_item else { return Vec::new() };
    imports.add(item);
    let text = (*item == Type::Scalar(Scalar::String)).then(|| quote! { #name: &str });
    [quote! { #name: #item }].into_iter().chain(text).collect()
}
