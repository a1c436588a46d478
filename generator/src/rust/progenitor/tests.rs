//! What progenitor decides, and what is said when it does not give what it was asked for.

use super::dialect::reference;
use super::*;
use crate::ir::{Property, Scalar, Type, TypeDef, TypeId};
use crate::sdk::sample;

/// The types of the fields of each struct, one struct a line.
fn types(types: Vec<TypeDef>) -> String {
    let sdk = sample::sdk(types);
    let lines = field_types(&sdk).into_iter().map(|(id, types)| {
        let types: Vec<String> = types.iter().map(|ty| ty.replace(' ', "").replace(',', ", ")).collect();
        format!("{}: {}\n", sdk.model(id).name, types.join(" | "))
    });
    lines.collect()
}

fn check(properties: Vec<Property>, expected: &str) {
    assert_eq!(types(vec![sample::object("Note", properties)]), format!("Note: {expected}\n"));
}

fn required(types: impl IntoIterator<Item = Type>) -> Vec<Property> {
    let named = types.into_iter().enumerate();
    named.map(|(index, ty)| sample::required(&format!("field_{index}"), ty)).collect()
}

#[test]
fn it_decides_the_types_of_primitives() {
    use Scalar::{Bool, Double, Float, Int32, Int64, String, UInt64};
    check(
        required([Bool, Int32, Int64, UInt64, Float, Double, String].map(Type::Scalar)),
        "bool | i32 | i64 | u64 | f32 | f64 | String",
    );
}

#[test]
fn it_decides_the_types_of_lists_and_maps() {
    let map = Type::Map(Box::new(sample::list(sample::STRING)));
    check(
        required([
            sample::list(sample::STRING),
            sample::list(sample::list(Type::Scalar(Scalar::Int64))),
            map,
        ]),
        "Vec<String> | Vec<Vec<i64>> | BTreeMap<String, Vec<String>>",
    );
}

#[test]
fn it_decides_where_there_is_an_option_and_never_puts_two() {
    let nullable = || sample::nullable(sample::STRING);
    let note = TypeDef {
        in_request: false,
        ..sample::object(
            "Note",
            vec![
                sample::optional("absent", sample::STRING),
                sample::required("null", nullable()),
                sample::optional("both", nullable()),
                sample::optional("list", sample::list(nullable())),
                sample::optional("other", Type::Named(TypeId(1))),
                sample::required("other_or_null", sample::nullable(Type::Named(TypeId(1)))),
            ],
        )
    };
    assert_eq!(
        types(vec![note, sample::object("Other", Vec::new())]),
        "Note: Option<String> | Option<String> | Option<String> | Option<Vec<Option<String>>> | \
         Option<Other> | Option<Other>\nOther: \n"
    );
}

#[test]
fn it_decides_how_structs_refer_to_each_other() {
    let other = Type::Named(TypeId(1));
    assert_eq!(
        types(vec![
            sample::object("Note", required([other.clone(), sample::list(other)])),
            sample::object("Other", Vec::new()),
        ]),
        "Note: Other | Vec<Other>\nOther: \n"
    );
}

#[test]
fn what_it_cannot_express_is_replaced() {
    let sent_null = sample::optional("both", sample::nullable(sample::STRING));
    let others = required([Type::Any, Type::Scalar(Scalar::Date), Type::Scalar(Scalar::Base64)]);
    check(
        [vec![sent_null], others].concat(),
        "Option<Nullable<String>> | serde_json::Value | NaiveDate | Base64",
    );
}

#[test]
fn pages_name_the_types_that_come_out() {
    let sdk = sample::sdk(sample::types());
    for (id, types) in field_types(&sdk) {
        for (field, ty) in sdk.fields(id).iter().zip(types) {
            assert_eq!(ty.replace(' ', ""), field.ty().replace(' ', ""), "{}", field.name);
        }
    }
}

#[test]
fn names_that_progenitor_would_change_come_out_as_decided() {
    let other = Type::Named(TypeId(1));
    let members = ["type", "x_", "Self", "member0", "a__b"].map(|name| sample::required(name, other.clone()));
    assert_eq!(
        types(vec![
            sample::object("HTTP2_Response", members.to_vec()),
            sample::object("Model0", Vec::new()),
            sample::object("Replaced0", vec![sample::optional("any", Type::Any)]),
        ]),
        "Http2Response: Model0 | Model0 | Model0 | Model0 | Model0\nModel0: \n\
         Replaced0: Option<serde_json::Value>\n"
    );
}

#[test]
fn a_struct_that_progenitor_panics_over_is_an_error() {
    let sdk = sample::sdk(vec![sample::object("Bad", required([sample::STRING]))]);
    let mut request = ProgenitorInput::of(&structs(&sdk));
    // A dangling reference is one of the things it panics over.
    request.structs[0].fields[0].schema = reference("Nowhere");
    let error = request.run().expect_err("progenitor does not know `Nowhere`");
    assert!(error.starts_with("it panicked"), "{error}");
}

#[test]
fn a_field_that_does_not_come_out_is_named() {
    let sdk = sample::sdk(vec![sample::object("Note", required([sample::STRING]))]);
    let request = ProgenitorInput::of(&structs(&sdk));
    let error = request.structs[0].take(&BTreeMap::from([("Note".to_owned(), BTreeMap::new())]));
    assert!(error.expect_err("it has no fields").ends_with(".field_0 is missing"));
}

#[test]
fn structs_of_several_parts_come_out_whole() {
    let count = 3 * BATCH_SIZE + 1;
    let object = |index: usize| {
        let next = sample::list(Type::Named(TypeId((index + 1) % count)));
        sample::object(&format!("Struct{index}"), required([next]))
    };
    let sdk = sample::sdk((0..count).map(object).collect());
    let types = field_types(&sdk);
    assert_eq!(types.len(), count);
    assert_eq!(types[&ModelId(BATCH_SIZE - 1)][0].replace(' ', ""), format!("Vec<Struct{BATCH_SIZE}>"));
}
