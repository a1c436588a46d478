//! What examples come to, on the sample of the emitters.

use serde_json::json;

use super::*;
use crate::ir::{Type, TypeDef, TypeId};
use crate::sdk::{Sdk, sample, sample_calls};

/// The model at this place, as a type.
fn model(index: usize, sdk: &Sdk) -> crate::sdk::Type {
    crate::sdk::Type::Model(ModelRef { id: ModelId(index), name: sdk.models[index].name.clone() })
}

fn check(types: Vec<TypeDef>, expected: &str) {
    let sdk = sample::sdk(types);
    let value = Snippets::new(&sdk).value(&model(0, &sdk), None);
    let tokens = &value.tokens;
    let text = paragraph(&quote! { let value = #tokens; });
    assert_eq!(text, format!("let value = {expected};\n"));
}

#[test]
fn models_take_what_their_example_gives() {
    let example = json!({
        "name": "A \"note\"",
        "purpose": "ocr",
        "node": {"children": [{}]},
        "parent": null,
        "count": 4,
        "type": 9,
        "labels": ["a", "b"],
        "map": {"a": {"b": 5_000_000_000_i64}},
        "made_at": "2024-05-29T03:57:13Z",
        "content": {"type": "text", "text": "hi"},
        "scores": [1.5, null],
        "other": true,
    });
    let sdk = sample::sdk(sample::types());
    let value = Snippets::new(&sdk).value(&model(8, &sdk), Some(&example));
    let tokens = value.tokens;
    let snippet = Snippets::new(&sdk).snippet(vec![quote! { let note = #tokens; }], value.requirements);
    insta::assert_snapshot!(snippet.plain_program());
}

#[test]
fn examples_that_do_not_fit_are_passed_over() {
    let example = json!({"name": 1, "purpose": "unheard-of", "node": "x", "codes": [400, 1e40], "map": 3});
    let sdk = sample::sdk(sample::types());
    let value = Snippets::new(&sdk).value(&model(8, &sdk), Some(&example));
    let tokens = value.tokens;
    let snippet = Snippets::new(&sdk).snippet(vec![quote! { let note = #tokens; }], value.requirements);
    insta::assert_snapshot!(snippet.plain_program());
}

#[test]
fn types_that_contain_themselves_come_to_an_end() {
    use sample::{list, object, optional, required};
    let tree = object("Tree", vec![required("children", list(Type::Named(TypeId(0))))]);
    let expected = "Tree::new([Tree::new(Vec::<Tree>::new())])";
    check(vec![tree], expected);
    let endless = object("Endless", vec![required("next", Type::Named(TypeId(0)))]);
    let expected = "serde_json::from_str::<\n    Endless,\n>(&std::fs::read_to_string(\"endless.json\")?)?";
    check(vec![endless.clone()], expected);
    assert!(Snippets::new(&sample::sdk(vec![endless])).model(ModelId(0)).is_none());
    // Each of them has an example with the other in it.
    let mut one = object("One", vec![required("other", Type::Named(TypeId(1)))]);
    one.examples = vec![json!({"other": {}})];
    let mut other = object("Other", vec![optional("one", Type::Named(TypeId(0)))]);
    other.examples = vec![json!({"one": {}})];
    let expected = "One::new(Other::new())";
    check(vec![one, other], expected);
}

#[test]
fn calls_give_what_is_required_and_use_the_response() {
    let sdk = sample_calls::sdk();
    let snippets = Snippets::new(&sdk);
    let programs: Vec<String> =
        sdk.operations.iter().map(|operation| snippets.call(operation).program()).collect();
    insta::assert_snapshot!(programs.join("\n"));
}

#[test]
fn doctests_hide_what_surrounds_them() {
    let sdk = sample_calls::sdk();
    insta::assert_snapshot!(Snippets::new(&sdk).call(&sdk.operations[0]).doctest());
}
