//! What comes out of progenitor, and what is said when something else does.

use super::dialect::reference;
use super::*;
use crate::ir::{Type, TypeDef, TypeId};
use crate::sdk::sample;

fn check(types: Vec<TypeDef>, expected: &str) {
    let structs = structs(&sample::sdk(types));
    let text: Vec<String> = structs
        .into_values()
        .map(|mut item| {
            item.attrs.clear();
            if let syn::Fields::Named(fields) = &mut item.fields {
                fields.named.iter_mut().for_each(|field| field.attrs.clear());
            }
            let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![item.into()] };
            prettyplease::unparse(&file)
        })
        .collect();
    assert_eq!(text.concat(), expected);
}

#[test]
fn fields_keep_the_order_of_the_document() {
    let members = vec![sample::required("zebra", sample::STRING), sample::optional("ant", sample::STRING)];
    check(
        vec![sample::object("Animals", members)],
        "pub struct Animals {\n    pub zebra: String,\n    pub ant: Option<String>,\n}\n",
    );
}

#[test]
fn names_that_progenitor_would_change_come_out_as_decided() {
    let other = Type::Named(TypeId(1));
    let members = ["type", "x_", "Self", "member0", "a__b"].map(|name| sample::required(name, other.clone()));
    check(
        vec![
            sample::object("HTTP2_Response", members.to_vec()),
            sample::object("Model0", Vec::new()),
            sample::object("Replaced0", vec![sample::optional("any", Type::Any)]),
        ],
        "pub struct Http2Response {
    pub type_: Model0,
    pub x: Model0,
    pub self_: Model0,
    pub member0: Model0,
    pub a_b: Model0,
}
pub struct Model0 {}
pub struct Replaced0 {
    pub any: Option<serde_json::Value>,
}
",
    );
}

#[test]
fn a_struct_that_progenitor_panics_over_is_named() {
    let mut request = Request::of(&sample::sdk(vec![
        sample::object("Good", vec![sample::required("bad", Type::Named(TypeId(1)))]),
        sample::object("Bad", vec![sample::required("name", sample::STRING)]),
    ]));
    // A dangling reference is one of the things it panics over.
    request.structs[1].fields[0].schema = reference("Nowhere");
    let error = request.run().err().expect("progenitor does not know `Nowhere`");
    assert!(error.starts_with("not that of `Bad`"), "{error}");
}

#[test]
fn a_field_of_another_type_than_asked_for_is_named() {
    let mut request = Request::of(&sample::sdk(vec![sample::object(
        "Note",
        vec![sample::required("name", sample::STRING)],
    )]));
    request.structs[0].fields[0].ty = "Vec<String>".to_owned();
    let error = request.run().err().expect("the field is a `String`");
    assert!(error.ends_with("name is a String in place of a Vec<String>"), "{error}");
}

#[test]
fn hundreds_of_structs_come_out_whole() {
    let count = 500;
    let object = |index: usize| {
        let next = Type::List(Box::new(Type::Named(TypeId((index + 1) % count))));
        let members = (0..8).map(|field| sample::optional(&format!("member_{field}"), next.clone()));
        sample::object(&format!("Struct{index}"), members.collect())
    };
    let sdk = sample::sdk((0..count).map(object).collect());
    assert_eq!(structs(&sdk).len(), count);
}
