//! What JSON must look like to be of a type.

use serde_json::{Value, json};

use crate::runtime::Probe;
use crate::runtime::value::probe::pick;

fn check(probes: &[Probe], value: &Value, expected: &[usize]) {
    assert_eq!(pick(value, probes), expected, "{value}");
}

#[test]
fn the_kind_tells_scalars_apart() {
    let probes = [Probe::NUMBER, Probe::STRING, Probe::INTEGER, Probe::ARRAY.item(&Probe::STRING)];
    check(&probes, &json!(1.5), &[0]);
    check(&probes, &json!(1), &[2, 0]);
    check(&probes, &json!("a"), &[1]);
    check(&probes, &json!(["a"]), &[3]);
    check(&probes, &json!([1]), &[]);
    check(&probes, &json!(null), &[]);
}

#[test]
fn a_known_value_comes_before_any_value() {
    let probes = [Probe::STRING, Probe::STRING.values(&["\"auto\""])];
    check(&probes, &json!("auto"), &[1, 0]);
    check(&probes, &json!("else"), &[0, 1]);
}

#[test]
fn members_tell_objects_apart() {
    let cat = Probe::OBJECT.required(&["name"]).known(&["name", "lives"]);
    let dog = Probe::OBJECT.required(&["name", "bark"]).known(&["name", "bark"]);
    check(&[cat, dog], &json!({"name": "a", "bark": 1}), &[1, 0]);
    check(&[cat, dog], &json!({"name": "a", "lives": 9}), &[0]);
    check(&[cat, dog], &json!({"name": "a"}), &[0]);
    check(&[cat, dog], &json!({}), &[]);
}

#[test]
fn a_constant_outweighs_everything_else() {
    let one = Probe::OBJECT.known(&["type", "a"]).constants(&[("type", &["\"one\""])]);
    let two = Probe::OBJECT.known(&["type", "a", "b"]).constants(&[("type", &["\"two\""])]);
    check(&[one, two], &json!({"type": "one", "b": 1}), &[0]);
    check(&[one, two], &json!({"type": "two"}), &[1]);
    check(&[one, two], &json!({"b": 1}), &[1, 0]);
}
