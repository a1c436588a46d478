//! Emits `tests/generated_examples.rs`: every example of the document that fits its type is read
//! and written again without a change.
//!
//! Examples stand on schemas, requests and responses. Each of them comes to values of named types.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::ident;
use crate::Plan;
use crate::ir::{EnumValues, Scalar, Shape, Type, TypeId};
use crate::rust::field::{Presence, fields};
use crate::snippet::library;

/// The items of the file; `None` when no example fits.
pub(super) fn emit(plan: &Plan) -> Option<TokenStream> {
    let tests: Vec<TokenStream> =
        examples(plan).into_iter().map(|(id, examples)| test(id, &examples, plan)).collect();
    if tests.is_empty() {
        return None;
    }
    let library = format_ident!("{}", library(plan));
    Some(quote! {
        //! Every example of the document is read and written again without a change.
        #![cfg_attr(rustfmt, rustfmt_skip)]

        use std::fmt::Debug;

        use #library::models;
        use serde::Serialize;
        use serde::de::DeserializeOwned;
        use serde_json::Value;

        fn round_trip<T>(examples: &[&str])
        where
            T: Debug + DeserializeOwned + PartialEq + Serialize,
        {
            for json in examples {
                let value: T = serde_json::from_str(json).expect("the example is of its type");
                let written = serde_json::to_value(&value).expect("what was read can be written");
                let again: T = serde_json::from_value(written.clone()).expect("what was written can be read");
                assert_eq!(again, value);
                let example: Value = serde_json::from_str(json).expect("the example is JSON");
                assert_eq!(plain(written), plain(example));
            }
        }

        /// The value as a model keeps it, which knows neither whether an optional member was null or
        /// absent, nor whether a number was written with a point.
        fn plain(value: Value) -> Value {
            match value {
                Value::Object(members) => {
                    let members = members.into_iter().filter(|(_, value)| !value.is_null());
                    members.map(|(name, value)| (name, plain(value))).collect()
                }
                Value::Array(items) => items.into_iter().map(plain).collect(),
                Value::Number(number) => Value::from(number.as_f64()),
                other => other,
            }
        }

        #(#tests)*
    })
}

fn test(id: TypeId, examples: &[&Value], plan: &Plan) -> TokenStream {
    let examples = examples.iter().map(ToString::to_string);
    let names = plan.names.ty(id);
    let (name, ty) = (ident(&names.module), ident(&names.ident));
    let deprecated = plan.api.type_def(id).docs.deprecated.then(|| quote! { #[allow(deprecated)] });
    quote! {
        #[test]
        #deprecated
        fn #name() {
            const EXAMPLES: &[&str] = &[#(#examples),*];
            round_trip::<models::#ty>(EXAMPLES);
        }
    }
}

/// The examples of each type that fit it.
fn examples(plan: &Plan) -> BTreeMap<TypeId, Vec<&Value>> {
    let mut found: BTreeMap<TypeId, Vec<&Value>> = BTreeMap::new();
    for (id, example) in plan.api.examples() {
        let known = found.entry(id).or_default();
        if !known.contains(&example) && is_of(&Type::Named(id), example, plan) {
            known.push(example);
        }
    }
    found.retain(|_, examples| !examples.is_empty());
    found
}

/// Whether `example` is a value of the type all the way down. Documents are full of examples that
/// are not, which says nothing about the crate.
fn is_of(ty: &Type, example: &Value, plan: &Plan) -> bool {
    match (ty, example) {
        (Type::Any, _) | (Type::Nullable(_), Value::Null) => true,
        (Type::Nullable(inner), _) => is_of(inner, example, plan),
        (Type::Scalar(scalar), _) => is_scalar(*scalar, example),
        (Type::List(item), Value::Array(items)) => items.iter().all(|example| is_of(item, example, plan)),
        (Type::Map(value), Value::Object(members)) => {
            members.values().all(|example| is_of(value, example, plan))
        }
        (Type::List(_) | Type::Map(_), _) => false,
        (Type::Named(id) | Type::Boxed(id), _) => is_named(*id, example, plan),
    }
}

fn is_named(id: TypeId, example: &Value, plan: &Plan) -> bool {
    match &plan.api.type_def(id).shape {
        Shape::Alias(alias) => is_of(&alias.target, example, plan),
        Shape::Enum(values) => match values.values {
            EnumValues::Strings(_) => example.is_string(),
            EnumValues::Integers(_) => example.is_i64(),
        },
        // What is none of its variants is kept as it is.
        Shape::Union(_) => true,
        Shape::Struct(object) => {
            let has = |field: &crate::rust::field::Field<'_>| match example.get(&field.member.name) {
                None => !matches!(field.presence, Presence::Required | Presence::RequiredNullable),
                Some(Value::Null) => field.presence != Presence::Required || field.inner == Type::Any,
                Some(value) => is_of(&field.inner, value, plan),
            };
            let known = |name: &String| object.properties.iter().any(|member| member.name == *name);
            let rest = |value: &Value| {
                object.additional_properties.as_ref().is_none_or(|rest| is_of(rest, value, plan))
            };
            let members = example.as_object();
            members.is_some_and(|members| members.iter().all(|(name, value)| known(name) || rest(value)))
                && fields(id, plan).iter().all(has)
        }
    }
}

fn is_scalar(scalar: Scalar, example: &Value) -> bool {
    match scalar {
        Scalar::Bool => example.is_boolean(),
        Scalar::Int32 => example.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Scalar::Int64 => example.is_i64(),
        Scalar::UInt64 => example.is_u64(),
        // A number with more digits than its type comes out as its neighbor.
        #[expect(clippy::cast_possible_truncation, reason = "that is what it is about")]
        Scalar::Float => {
            example.as_f64().is_some_and(|number| f64::from(number as f32).to_bits() == number.to_bits())
        }
        Scalar::Double => example.is_number(),
        Scalar::String => example.is_string(),
        // How these are written is for the crates to say that read them.
        Scalar::Date | Scalar::DateTime | Scalar::Base64 => false,
    }
}
