//! Emits `tests/generated_examples.rs`: every example of the document that fits its type is read
//! and written again without a change.
//!
//! Examples stand on schemas, requests and responses. Each of them comes to values of named types.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use crate::sdk::{EnumValues, Field, ModelId, ModelKind, Presence, Scalar, Sdk, Struct, Type, Union};
use crate::snippet::{variant_of, variants_of};
use crate::tokens::parsed;

/// The items of the file; `None` when no example fits.
pub(super) fn emit(sdk: &Sdk) -> Option<TokenStream> {
    let features = sdk.model_features();
    let tests: Vec<(TokenStream, bool)> =
        examples(sdk).into_iter().filter_map(|(id, examples)| test(id, &examples, &features, sdk)).collect();
    if tests.is_empty() {
        return None;
    }
    let library = parsed(&sdk.package.library);
    let reading = tests.iter().any(|test| test.1).then(reading);
    let tests = tests.iter().map(|(test, _)| test);
    Some(quote! {
        //! Every example of the document is read and written again without a change.
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![cfg_attr(
            not(feature = "default"),
            allow(dead_code, unused_imports, reason = "the tests of a feature use them")
        )]

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

        #reading

        /// The value as a model keeps it, which knows neither whether an optional property was null or
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

/// What reads examples with properties that their types do not have.
fn reading() -> TokenStream {
    quote! {
        /// Reads an example of which the type keeps a part.
        fn reads<T>(example: &str, kept: &str)
        where
            T: Debug + DeserializeOwned + PartialEq + Serialize,
        {
            let value: T = serde_json::from_str(example).expect("the example is of its type");
            assert_eq!(value, serde_json::from_str(kept).expect("so is what is kept of it"));
            round_trip::<T>(&[kept]);
        }
    }
}

/// The test of a model, and whether it has examples of which the type keeps a part. `None` without an example.
fn test(
    id: ModelId,
    examples: &[&Value],
    features: &BTreeMap<ModelId, &str>,
    sdk: &Sdk,
) -> Option<(TokenStream, bool)> {
    let (whole, partial): (Vec<_>, Vec<_>) = examples
        .iter()
        .filter_map(|example| Some((*example, Keeper { sdk, left: MOST_VALUES }.of_model(id, example)?)))
        .partition(|(example, kept)| *example == kept);
    let has_partial = !partial.is_empty();
    if whole.is_empty() && !has_partial {
        return None;
    }
    let whole: Vec<String> = whole.iter().map(|(example, _)| example.to_string()).collect();
    let round_trip = (!whole.is_empty()).then_some(&whole);
    let model = sdk.model(id);
    let (name, ty) = (&model.module, &model.name);
    let deprecated = model.docs.is_deprecated.then(|| quote! { #[allow(deprecated)] });
    let gate = features.get(&id).map(|feature| quote! { #[cfg(feature = #feature)] });
    let round_trip = round_trip.map(|examples| {
        quote! {
            const EXAMPLES: &[&str] = &[#(#examples),*];
            round_trip::<models::#ty>(EXAMPLES);
        }
    });
    let reads = partial.iter().map(|(example, kept)| {
        let (example, kept) = (example.to_string(), kept.to_string());
        quote! { reads::<models::#ty>(#example, #kept); }
    });
    let test = quote! {
        #gate
        #[test]
        #deprecated
        fn #name() {
            #round_trip
            #(#reads)*
        }
    };
    Some((test, has_partial))
}

/// The examples of each model that fit it.
fn examples(sdk: &Sdk) -> BTreeMap<ModelId, Vec<&Value>> {
    let fitting =
        sdk.examples.all.iter().map(|(id, examples)| {
            (*id, examples.iter().filter(|example| is_model(*id, example, sdk)).collect())
        });
    fitting.filter(|(_, examples): &(_, Vec<&Value>)| !examples.is_empty()).collect()
}

/// Whether `example` is a value of the type all the way down. Documents are full of examples that
/// are not, which says nothing about the crate.
fn is_of(ty: &Type, example: &Value, sdk: &Sdk) -> bool {
    match (ty, example) {
        (Type::Any, _) | (Type::Option(_), Value::Null) => true,
        (Type::Option(inner), _) => is_of(inner, example, sdk),
        (Type::Scalar(scalar), _) => is_scalar(*scalar, example),
        (Type::List(item), Value::Array(items)) => items.iter().all(|example| is_of(item, example, sdk)),
        (Type::Tuple(places), Value::Array(items)) => {
            items.len() == places.len()
                && places.iter().zip(items).all(|(place, example)| is_of(place, example, sdk))
        }
        (Type::Map(value), Value::Object(members)) => {
            members.values().all(|example| is_of(value, example, sdk))
        }
        (Type::Object, _) => example.is_object(),
        (Type::List(_) | Type::Tuple(_) | Type::Map(_), _) => false,
        (Type::Model(model) | Type::Boxed(model), _) => is_model(model.id, example, sdk),
    }
}

fn is_model(id: ModelId, example: &Value, sdk: &Sdk) -> bool {
    match &sdk.model(id).kind {
        ModelKind::Alias(target) | ModelKind::Newtype(target) => is_of(target, example, sdk),
        ModelKind::Enum(values) => match values.values {
            EnumValues::Strings(_) => example.is_string(),
            EnumValues::Integers(_) => example.is_i64(),
        },
        // What is none of its variants is kept as it is.
        ModelKind::Union(union) => {
            variant_of(union, example).is_none_or(|index| is_of(&union.variants[index].ty, example, sdk))
        }
        ModelKind::Struct(object) => is_object(object, example, sdk),
    }
}

fn is_object(object: &Struct, example: &Value, sdk: &Sdk) -> bool {
    let has = |field: &Field| match example.get(&field.property) {
        None => !field.is_always_present(),
        Some(Value::Null) => field.presence != Presence::Required || field.value == Type::Any,
        Some(value) => is_of(&field.value, value, sdk),
    };
    let is_known = |name: &String| object.fields.iter().any(|field| field.property == *name);
    let is_additional = |value: &Value| match &object.additional_properties {
        Some(additional) => is_of(&additional.value, value, sdk),
        None => true,
    };
    example
        .as_object()
        .is_some_and(|members| members.iter().all(|(name, value)| is_known(name) || is_additional(value)))
        && object.fields.iter().all(has)
}

/// How many values are looked at to say what is kept of an example. Unions in unions multiply them.
const MOST_VALUES: usize = 100_000;

/// Says what types keep of an example: of objects, the properties that they have. `None` when it is not certain
/// which variant of a union it is, or takes too long.
struct Keeper<'a> {
    sdk: &'a Sdk,
    left: usize,
}

impl Keeper<'_> {
    fn of_type(&mut self, ty: &Type, example: &Value) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        match (ty, example) {
            (Type::Option(inner), _) => self.of_type(inner, example),
            (Type::List(item), Value::Array(items)) => {
                items.iter().map(|one| self.of_type(item, one)).collect()
            }
            (Type::Tuple(places), Value::Array(items)) => {
                places.iter().zip(items).map(|(place, one)| self.of_type(place, one)).collect()
            }
            (Type::Map(value), Value::Object(members)) => {
                let members =
                    members.iter().map(|(name, one)| Some((name.clone(), self.of_type(value, one)?)));
                members.collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            (Type::Model(model) | Type::Boxed(model), _) => self.of_model(model.id, example),
            _ => Some(example.clone()),
        }
    }

    fn of_model(&mut self, id: ModelId, example: &Value) -> Option<Value> {
        match (&self.sdk.model(id).kind, example) {
            (ModelKind::Alias(target) | ModelKind::Newtype(target), _) => self.of_type(target, example),
            (ModelKind::Struct(object), Value::Object(members)) => self.of_object(object, members),
            (ModelKind::Union(union), _) => self.of_union(union, example),
            _ => Some(example.clone()),
        }
    }

    fn of_object(&mut self, object: &Struct, members: &Map<String, Value>) -> Option<Value> {
        let additional = object.additional_properties.as_ref().map(|additional| &additional.value);
        let kept = members.iter().filter_map(|(name, value)| {
            let known = object.fields.iter().find(|field| field.property == *name).map(|field| &field.value);
            Some(self.of_type(known.or(additional)?, value).map(|kept| (name.clone(), kept)))
        });
        kept.collect::<Option<Map<_, _>>>().map(Value::Object)
    }

    fn of_union(&mut self, union: &Union, example: &Value) -> Option<Value> {
        let mut kept = Vec::new();
        for variant in variants_of(union, example) {
            let by_variant = self.of_type(&variant.ty, example)?;
            // The variant that keeps all is the one that is read.
            if by_variant == *example {
                return Some(by_variant);
            }
            kept.push(by_variant);
        }
        let has_default = union.variants.iter().any(|variant| variant.is_default);
        match kept.split_first() {
            None => Some(example.clone()).filter(|_| !has_default),
            Some((first, others)) => Some(first.clone()).filter(|_| others.iter().all(|one| one == first)),
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
        #[expect(clippy::cast_possible_truncation, reason = "lost precision is what is looked for")]
        Scalar::Float => {
            example.as_f64().is_some_and(|number| f64::from(number as f32).to_bits() == number.to_bits())
        }
        Scalar::Double => example.is_number(),
        Scalar::String => example.is_string(),
        // How these are written is for the crates to say that read them.
        Scalar::Date | Scalar::DateTime | Scalar::Base64 => false,
    }
}
