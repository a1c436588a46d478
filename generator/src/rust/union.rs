//! Unions: one of several types, and a place for others.
//!
//! The enum is written out, with documentation; how it is read and written is
//! the runtime's `open_union!`, which is told for each variant either its values
//! of the discriminator or what JSON of it looks like.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::Plan;
use crate::ir::{JsonType, Scalar, Shape, Type, TypeId, Union, Variant, VariantMatcher};
use crate::names::Ident;
use crate::prose::Prose;
use crate::rust::ident;
use crate::rust::models;
use crate::rust::rustdoc::Rustdoc;
use crate::rust::spelling::{Imports, spell};
use crate::rust::tokens::spelled;

/// The union `id`, and what it imports.
pub(super) fn emit(id: TypeId, union: &Union, plan: &Plan) -> (TokenStream, Imports) {
    let names = plan.names.ty(id);
    let name = ident(&names.ident);
    let variants: Vec<(&Ident, &Variant)> = names.variants.iter().zip(&union.variants).collect();
    let mut imports = Imports::default();
    union.variants.iter().for_each(|variant| imports.add(&variant.ty, plan));
    imports.models.remove(names.ident.as_str());
    imports.add_path("crate::runtime::open_union");
    let doc = models::type_doc(id, plan).outer();
    let declared = variants.iter().map(|(name, variant)| declared(name, variant, plan));
    let decoded = if let Some(tag) = &union.discriminator {
        by_tag(&name, tag, &variants, plan)
    } else {
        imports.add_path("crate::runtime::Probe");
        by_shape(&name, &variants, plan)
    };
    let from = from_variants(id, &variants, plan);
    if from.is_some() {
        imports.add_path("crate::runtime::from_variants");
    }
    let tokens = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            #[doc = " A value of a kind that this version of the crate does not know."]
            Unknown(serde_json::Value),
        }
        #decoded
        #from
    };
    (tokens, imports)
}

/// The variant with its documentation.
fn declared(name: &Ident, variant: &Variant, plan: &Plan) -> TokenStream {
    let tags = Prose::join(" or ", variant.tags.iter().map(|tag| Prose::code(tag)));
    let otherwise = if tags.is_empty() { described(&variant.ty, plan) } else { tags };
    let doc = Rustdoc::of(&variant.docs, "", otherwise).outer();
    let (name, ty) = (ident(name), spelled(&spell(&variant.ty, plan)));
    quote! { #doc #name(#ty) }
}

/// A type in words.
fn described(ty: &Type, plan: &Plan) -> Prose {
    let words = match ty {
        Type::Named(id) | Type::Boxed(id) => return Prose::fill("[`{}`]", &[&plan.names.ty(*id).ident]),
        Type::Any => "Anything.",
        Type::Nullable(inner) => return described(inner, plan),
        Type::List(_) => "A list.",
        Type::Map(_) => "An object with any members.",
        Type::Scalar(Scalar::Bool) => "True or false.",
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::UInt64) => "An integer.",
        Type::Scalar(Scalar::Float | Scalar::Double) => "A number.",
        Type::Scalar(Scalar::String) => "A text.",
        Type::Scalar(Scalar::Date) => "A day.",
        Type::Scalar(Scalar::DateTime) => "A point in time.",
        Type::Scalar(Scalar::Base64) => "Bytes.",
    };
    words.into()
}

/// The value of the discriminator tells the variants apart.
fn by_tag(name: &syn::Ident, tag: &str, variants: &[(&Ident, &Variant)], plan: &Plan) -> TokenStream {
    let mut taken = BTreeSet::new();
    let entries = variants.iter().map(|(variant_name, variant)| {
        let (variant_name, ty) = (ident(variant_name), spelled(&spell(&variant.ty, plan)));
        let tags: Vec<&String> = variant.tags.iter().filter(|tag| taken.insert(*tag)).collect();
        let outside = variant.tag_outside.then(|| quote! { outside });
        quote! { #variant_name: #ty = #outside #(#tags)|* }
    });
    quote! { open_union!(#name by #tag { #(#entries),* }); }
}

/// What the JSON looks like tells the variants apart.
fn by_shape(name: &syn::Ident, variants: &[(&Ident, &Variant)], plan: &Plan) -> TokenStream {
    let entries = variants.iter().map(|(variant_name, variant)| {
        let (variant_name, ty) = (ident(variant_name), spelled(&spell(&variant.ty, plan)));
        let probe = probe(&variant.matcher);
        quote! { #variant_name: #ty = #probe }
    });
    quote! { open_union!(#name { #(#entries),* }); }
}

/// What the JSON must look like, as the runtime's `Probe`.
fn probe(test: &VariantMatcher) -> TokenStream {
    let mut probe = match test.json_type {
        None => quote! { Probe::ANY },
        Some(JsonType::Null) => quote! { Probe::NULL },
        Some(JsonType::Boolean) => quote! { Probe::BOOLEAN },
        Some(JsonType::Integer) => quote! { Probe::INTEGER },
        Some(JsonType::Number) => quote! { Probe::NUMBER },
        Some(JsonType::String) => quote! { Probe::STRING },
        Some(JsonType::Array) => quote! { Probe::ARRAY },
        Some(JsonType::Object) => quote! { Probe::OBJECT },
    };
    if !test.required.is_empty() {
        let names = &test.required;
        probe.extend(quote! { .required(&[#(#names),*]) });
    }
    if !test.known.is_empty() {
        let names = &test.known;
        probe.extend(quote! { .known(&[#(#names),*]) });
    }
    if !test.constants.is_empty() {
        let constants = test.constants.iter().map(|(name, values)| {
            let values = values.iter().map(json);
            quote! { (#name, &[#(#values),*]) }
        });
        probe.extend(quote! { .constants(&[#(#constants),*]) });
    }
    if !test.values.is_empty() {
        let values = test.values.iter().map(json);
        probe.extend(quote! { .values(&[#(#values),*]) });
    }
    if let Some(item) = &test.item {
        let item = self::probe(item);
        probe.extend(quote! { .item(&#item) });
    }
    probe
}

/// A value as JSON text, which can be compared without being built first.
fn json(value: &Value) -> Literal {
    Literal::string(&value.to_string())
}

/// `From` for the types that only one variant can be made of.
fn from_variants(id: TypeId, variants: &[(&Ident, &Variant)], plan: &Plan) -> Option<TokenStream> {
    let sources = variants.iter().map(|(_, variant)| source(&variant.ty));
    let mut counts = BTreeMap::<String, usize>::new();
    for source in sources.clone() {
        *counts.entry(resolved(&source, plan)).or_default() += 1;
    }
    let own = plan.names.ty(id).ident.as_str();
    let entries = variants.iter().zip(sources).filter(|(_, source)| {
        let resolved = resolved(source, plan);
        counts[&resolved] == 1 && resolved != own && resolved != "serde_json::Value"
    });
    let entries: Vec<TokenStream> = entries
        .flat_map(|((name, _), source)| {
            let name = ident(name);
            let ty = spelled(&spell(&source, plan));
            let text = (resolved(&source, plan) == "String").then(|| quote! { #name: &str });
            std::iter::once(quote! { #name: #ty }).chain(text)
        })
        .collect();
    let own = ident(&plan.names.ty(id).ident);
    (!entries.is_empty()).then(|| quote! { from_variants!(#own { #(#entries),* }); })
}

/// What the value of a variant is made of: not of a `Box`, which `From` can make.
fn source(ty: &Type) -> Type {
    match ty {
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    }
}

/// The text of a type with the aliases in it followed: what the compiler compares.
fn resolved(ty: &Type, plan: &Plan) -> String {
    spell(&without_aliases(ty, plan), plan)
}

fn without_aliases(ty: &Type, plan: &Plan) -> Type {
    match ty {
        Type::Named(id) => match &plan.api.type_def(*id).shape {
            Shape::Alias(alias) => without_aliases(&alias.target, plan),
            _ => ty.clone(),
        },
        Type::List(inner) => Type::List(Box::new(without_aliases(inner, plan))),
        Type::Map(inner) => Type::Map(Box::new(without_aliases(inner, plan))),
        Type::Nullable(inner) => Type::Nullable(Box::new(without_aliases(inner, plan))),
        Type::Any | Type::Scalar(_) | Type::Boxed(_) => ty.clone(),
    }
}
