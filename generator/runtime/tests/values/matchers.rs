//! What JSON must look like to be of a type.

use serde_json::{Value, json};

use crate::runtime::Matcher;
use crate::runtime::value::matcher::pick;

fn check(matchers: &[Matcher], value: &Value, expected: &[usize]) {
    assert_eq!(pick(value, matchers), expected, "{value}");
}

#[test]
fn the_kind_tells_scalars_apart() {
    let matchers =
        [Matcher::NUMBER, Matcher::STRING, Matcher::INTEGER, Matcher::ARRAY.item(&Matcher::STRING)];
    check(&matchers, &json!(1.5), &[0]);
    check(&matchers, &json!(1), &[2, 0]);
    check(&matchers, &json!(1.0), &[2, 0]);
    check(&matchers, &json!("a"), &[1]);
    check(&matchers, &json!(["a"]), &[3]);
    check(&matchers, &json!([1]), &[]);
    check(&matchers, &json!(null), &[]);
}

#[test]
fn a_known_value_comes_before_any_value() {
    let matchers = [Matcher::STRING, Matcher::STRING.values(&["\"auto\""])];
    check(&matchers, &json!("auto"), &[1, 0]);
    check(&matchers, &json!("else"), &[0, 1]);
}

#[test]
fn members_tell_objects_apart() {
    let cat = Matcher::OBJECT.required(&["name"]).known(&["name", "lives"]);
    let dog = Matcher::OBJECT.required(&["name", "bark"]).known(&["name", "bark"]);
    check(&[cat, dog], &json!({"name": "a", "bark": 1}), &[1, 0]);
    check(&[cat, dog], &json!({"name": "a", "lives": 9}), &[0]);
    check(&[cat, dog], &json!({"name": "a"}), &[0]);
    check(&[cat, dog], &json!({}), &[]);
}

#[test]
fn a_constant_outweighs_everything_else() {
    let one = Matcher::OBJECT.known(&["type", "a"]).constants(&[("type", &["\"one\""])]);
    let two = Matcher::OBJECT.known(&["type", "a", "b"]).constants(&[("type", &["\"two\""])]);
    check(&[one, two], &json!({"type": "one", "b": 1}), &[0]);
    check(&[one, two], &json!({"type": "two"}), &[1]);
    check(&[one, two], &json!({"b": 1}), &[1, 0]);
}
