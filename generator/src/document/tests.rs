//! What the fixtures in `tests/fixtures/err` cannot show: what is read, and how far.

use serde_json::{Value, json};

use super::{Cursor, Document, Input, Pointer, Unresolved};
use crate::diagnostic::Diagnostics;

/// Loads a document that has nothing wrong with it.
fn load(text: &str) -> Document {
    let (document, diagnostics) = try_load(text.as_bytes());
    assert!(!diagnostics.has_errors(), "{:?}", diagnostics.iter().collect::<Vec<_>>());
    document.expect("without an error there is a document")
}

fn try_load(bytes: &[u8]) -> (Option<Document>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let input = Input::new("api.yaml", bytes);
    let document = super::load(&input, &mut diagnostics)
        .and_then(|document| Unresolved::resolve(document, &input, &mut diagnostics));
    diagnostics.locate();
    (document, diagnostics)
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    let (_, diagnostics) = try_load(bytes);
    diagnostics.iter().map(|one| one.code).collect()
}

fn at<'d>(document: &'d Document, pointer: &str) -> Cursor<'d> {
    let pointer = Pointer::parse(pointer).expect("a pointer");
    document.root().descendant(&pointer).expect("a place in the document")
}

fn extension(text: &str) -> Value {
    load(&format!("openapi: 3.1.0\nx: {text}")).root().get("x").expect("the extension").value().clone()
}

#[test]
fn values_keep_their_kind_and_their_order() {
    assert_eq!(
        extension("{b: 1, a: yes, 2: ~, c: 'no', d: 0x10}"),
        json!({"b": 1, "a": "yes", "2": null, "c": "no", "d": 16})
    );
    let document = load("openapi: 3.1.0\nz: 1\na: 2\n");
    let keys: Vec<&str> = document.root().members().map(|(key, _)| key).collect();
    assert_eq!(keys, ["openapi", "z", "a"]);
}

#[test]
fn keys_are_text_as_they_are_written() {
    assert_eq!(
        extension("{200: a, 1.0: b, true: c, null: d, 0x10: e}")
            .as_object()
            .map(|members| members.keys().cloned().collect::<Vec<_>>()),
        Some(["200", "1.0", "true", "null", "0x10"].map(String::from).to_vec())
    );
}

#[test]
fn numbers_beyond_64_bits_are_floats() {
    assert_eq!(extension("18446744073709551615"), json!(u64::MAX));
    assert_eq!(extension("-9223372036854775808"), json!(i64::MIN));
    assert_eq!(extension("18446744073709551616"), json!(18_446_744_073_709_551_616.0));
    assert_eq!(extension("1e300"), json!(1e300));
    let json = load("{\"openapi\": \"3.1.0\", \"x\": 340282366920938463463374607431768211456}");
    assert!(json.root().get("x").is_some_and(|number| number.value().is_f64()));
}

#[test]
fn merge_keys_and_aliases_are_expanded() {
    let document = load("openapi: 3.1.0\na: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: {<<: [*a, {z: 4}]}\n");
    assert_eq!(at(&document, "/b").value(), &json!({"x": 1, "y": 3}));
    assert_eq!(at(&document, "/c").value(), &json!({"x": 1, "y": 2, "z": 4}));
}

#[test]
fn a_tag_of_the_authors_own_is_left_out() {
    assert_eq!(extension("[!env A, !obj {a: !!str 1}]"), json!(["A", {"a": "1"}]));
}

#[test]
fn byte_order_marks_and_line_breaks_of_other_systems_are_fine() {
    let document = load("\u{feff}openapi: 3.1.0\r\nx: |\r\n  a\r\n  b\r\n");
    assert_eq!(document.root().str("x"), Some("a\nb\n"));
    load("\u{feff}{\"openapi\": \"3.1.0\"}");
}

#[test]
fn yaml_may_start_with_a_brace() {
    assert_eq!(
        load("{openapi: 3.1.0, x: [a,]}").root().get("x").map(|x| x.value().clone()),
        Some(json!(["a"]))
    );
}

#[test]
fn files_beyond_the_limits_are_refused() {
    assert_eq!(codes(&vec![b' '; (64 << 20) + 1]), ["document-too-large"]);
    assert_eq!(codes(b""), ["document-empty"]);
    assert_eq!(codes("\u{feff} \n".as_bytes()), ["document-empty"]);
    let nested = |open: &str, count: usize| format!("openapi: 3.1.0\nx: {}", open.repeat(count));
    for open in ["[", "{a: ", "[{a: "] {
        assert_eq!(codes(nested(open, 100_000).as_bytes()), ["document-too-deep"], "{open}");
    }
    assert_eq!(
        codes(format!("openapi: 3.1.0\nx:\n{}", "- ".repeat(100_000)).as_bytes()),
        ["document-too-deep"]
    );
    assert_eq!(codes("{\"a\":".repeat(100_000).as_bytes()), ["document-too-deep"]);
    // A long text, many times.
    let copies = "*a, ".repeat(2000);
    let text = format!("openapi: 3.1.0\na: &a {}\nx: [{copies}]", "a".repeat(100_000));
    assert_eq!(codes(text.as_bytes()), ["document-alias-expansion"]);
    let directives = "%TAG !t! x:\n".repeat(101);
    assert_eq!(codes(format!("{directives}---\nopenapi: 3.1.0").as_bytes()), ["document-syntax"]);
    // An anchor in itself.
    assert_eq!(codes(b"openapi: 3.1.0\nx: &x [*x]"), ["document-too-deep"]);
}

#[test]
fn many_brackets_next_to_each_other_are_fine() {
    let text = format!("openapi: 3.1.0\nx: [{}]", "[a], ".repeat(20_000));
    assert_eq!(load(&text).root().get("x").map(|x| x.items().count()), Some(20_000));
}

#[test]
fn a_reference_leads_on_step_by_step() {
    let document = load(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    \
         B: {$ref: '#/components/schemas/C'}\n    C: {type: object, properties: {$ref: {type: string}}}\n",
    );
    let a = at(&document, "/components/schemas/A");
    let next = a.reference().expect("A refers to B");
    assert_eq!((next.key(), next.pointer().as_str()), ("B", "/components/schemas/B"));
    assert_eq!(a.follow().key(), "C");
    let properties = at(&document, "/components/schemas/C/properties");
    assert!(properties.reference().is_none(), "a member that is called `$ref` is none");
    assert_eq!(properties.follow().pointer(), properties.pointer());
}

#[test]
fn schemas_are_found_by_their_anchors_and_ids() {
    let document = load(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: '#tail'}\n    \
         B: {$ref: 'https://example.com/c'}\n    C: {$ref: 'https://example.com/c#/properties/x'}\n    \
         D: {$id: 'https://example.com/c', properties: {x: true}}\n    E: {$anchor: tail, type: string}\n",
    );
    let target =
        |name: &str| at(&document, &format!("/components/schemas/{name}")).follow().pointer().to_string();
    assert_eq!(target("A"), "/components/schemas/E");
    assert_eq!(target("B"), "/components/schemas/D");
    assert_eq!(target("C"), "/components/schemas/D/properties/x");
}

#[test]
fn walking_is_total_even_where_a_reference_is_wrong() {
    let (document, _) = try_load(
        b"openapi: 3.1.0\ncomponents:\n  schemas:\n    Loop: {$ref: '#/components/schemas/Loop'}\n    \
          Lost: {$ref: '#/nothing', type: string}\n",
    );
    let document = document.expect("what `resolve` reports leaves a document");
    for pointer in ["/components/schemas/Loop", "/components/schemas/Lost"] {
        assert_eq!(at(&document, pointer).follow().pointer().as_str(), pointer);
    }
}

#[test]
fn a_position_is_that_of_a_scalar_or_of_the_key_above_it() {
    let text = "openapi: 3.1.0\ninfo:\n  title: 'Größe é'   # why\n  list:\n    - a: 1\n    - [b,\n       c]\n  block: |\n    text\n";
    let document = load(text);
    let marked = |pointer: &str| {
        let pointer = Pointer::parse(pointer).expect("a pointer");
        let place = document.files[0].source.position(&pointer);
        (place.line, place.column, &text[place.offset..place.offset + place.length])
    };
    assert_eq!(marked("/info/title"), (3, 10, "'Größe é'"));
    assert_eq!(marked("/info"), (2, 1, "info"));
    assert_eq!(marked("/info/list/0"), (5, 7, "a"));
    assert_eq!(marked("/info/list/0/a"), (5, 10, "1"));
    assert_eq!(marked("/info/list/1/1"), (7, 8, "c"));
    assert_eq!(marked("/info/not/there"), (2, 1, "info"));
    assert_eq!(marked(""), (1, 1, "openapi"));
}

#[test]
fn positions_in_one_long_line_are_found() {
    let schemas: Vec<String> =
        (0..3000).map(|index| format!("\"Ü{index}\": {{\"$ref\": \"#/x{index}\"}}")).collect();
    let text =
        format!("{{\"openapi\": \"3.1.0\", \"components\": {{\"schemas\": {{{}}}}}}}", schemas.join(", "));
    let (_, diagnostics) = try_load(text.as_bytes());
    assert_eq!(diagnostics.iter().count(), 3000);
    for (index, one) in diagnostics.iter().enumerate() {
        let place = one.position.expect("it is in the text");
        let expected = format!("\"#/x{index}\"");
        assert_eq!(&text[place.offset..place.offset + place.length], expected);
        assert_eq!(text[..place.offset].chars().count() + 1, place.column);
    }
}

#[test]
fn a_control_character_is_found_where_it_stands() {
    let (_, diagnostics) = try_load(b"openapi: 3.1.0\n# \xc3\xa4\nx: a\0b\n");
    let diagnostics: Vec<_> = diagnostics.iter().map(|one| (one.code, one.position)).collect();
    let [("document-syntax", Some(place))] = diagnostics[..] else { panic!("{diagnostics:?}") };
    assert_eq!((place.line, place.column), (3, 5));
}
