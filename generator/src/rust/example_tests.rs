//! Emits `tests/generated_examples.rs`: every example of the document that fits its type is read,
//! written and read again without a change.

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
    let ids = (0..plan.api.types.len()).map(TypeId);
    let tests: Vec<TokenStream> = ids.filter_map(|id| test(id, plan)).collect();
    if tests.is_empty() {
        return None;
    }
    let library = format_ident!("{}", library(plan));
    Some(quote! {
        //! Every example of the document is read, written and read again without a change.

        use std::fmt::Debug;

        use #library::models;
        use serde::Serialize;
        use serde::de::DeserializeOwned;

        fn round_trips<T>(json: &str)
        where
            T: Debug + DeserializeOwned + PartialEq + Serialize,
        {
            let value: T = serde_json::from_str(json).expect("the example is of its type");
            let text = serde_json::to_string(&value).expect("what was read can be written");
            let again: T = serde_json::from_str(&text).expect("what was written can be read");
            assert_eq!(again, value);
        }

        #(#tests)*
    })
}

fn test(id: TypeId, plan: &Plan) -> Option<TokenStream> {
    let examples = plan.api.type_def(id).examples.iter();
    let examples: Vec<String> =
        examples.filter(|example| is_of(&Type::Named(id), example, plan)).map(Value::to_string).collect();
    if examples.is_empty() {
        return None;
    }
    let names = plan.names.ty(id);
    let (name, ty) = (ident(&names.module), ident(&names.ident));
    let deprecated = plan.api.type_def(id).docs.deprecated.then(|| quote! { #[allow(deprecated)] });
    Some(quote! {
        #[test]
        #deprecated
        fn #name() {
            #(round_trips::<models::#ty>(#examples);)*
        }
    })
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
            let known = |name: &String| object.members.iter().any(|member| member.name == *name);
            let rest = |value: &Value| object.rest.as_ref().is_none_or(|rest| is_of(rest, value, plan));
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
        Scalar::Float | Scalar::Double => example.is_number(),
        Scalar::String => example.is_string(),
        // How these are written is for the crates to say that read them.
        Scalar::Date | Scalar::DateTime | Scalar::Base64 => false,
    }
}
