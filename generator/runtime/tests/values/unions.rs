//! Unions that keep the values they do not know.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::runtime::{Matcher, from_variants, open_union};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Text {
    #[serde(rename = "type")]
    kind: String,
    text: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Image {
    url: String,
}

#[derive(Debug, PartialEq)]
enum Chunk {
    Text(Text),
    Image(Box<Image>),
    Unknown(Value),
}

open_union!(Chunk by "type" {
    Text: Text = "text",
    Image: Box<Image> = outside "image" | "png",
});

from_variants!(Chunk { Text: Text, Image: Image });

#[derive(Debug, PartialEq)]
enum Stop {
    One(String),
    Many(Vec<String>),
    Unknown(Value),
}

open_union!(Stop { One: String = Matcher::STRING, Many: Vec<String> = Matcher::ARRAY.item(&Matcher::STRING) });

from_variants!(Stop { One: String, One: &str, Many: Vec<String> });

fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &Value, expected: &T) {
    assert_eq!(&T::deserialize(json).expect("it fits"), expected);
    assert_eq!(&serde_json::to_value(expected).expect("it fits"), json);
}

#[test]
fn a_tag_selects_a_variant_and_goes_out_again() {
    let text = Text { kind: "text".to_owned(), text: "a".to_owned() };
    check(&json!({"type": "text", "text": "a"}), &Chunk::from(text));
    check(&json!({"type": "image", "url": "b"}), &Chunk::from(Image { url: "b".to_owned() }));
    check(&json!({"type": "new", "x": 1}), &Chunk::Unknown(json!({"type": "new", "x": 1})));
    check(&json!({"x": 1}), &Chunk::Unknown(json!({"x": 1})));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Other {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    what: u8,
}

#[derive(Debug, PartialEq)]
enum WithOther {
    Text(Text),
    Other(Other),
    Unknown(Value),
}

open_union!(WithOther by "type" else Other: Other { Text: Text = "text", Other: Other });

#[test]
fn what_no_tag_selects_is_of_the_other_variant() {
    for kind in [Some("fox"), Some("Other"), None] {
        let other = Other { kind: kind.map(str::to_owned), what: 1 };
        let json = serde_json::to_value(&other).expect("it is JSON");
        check(&json, &WithOther::Other(other));
    }
    check(&json!({"type": "fox", "what": "x"}), &WithOther::Unknown(json!({"type": "fox", "what": "x"})));
    let error = serde_json::from_value::<WithOther>(json!({"type": "text", "what": 1})).expect_err("no text");
    assert_eq!(error.to_string(), "with `type` `text`: missing field `text`");
}

#[test]
fn what_cannot_be_read_says_which_variant_it_was_to_be() {
    let error =
        serde_json::from_value::<Chunk>(json!({"type": "text"})).expect_err("it does not fit").to_string();
    assert_eq!(error, "with `type` `text`: missing field `text`");
}

#[test]
fn the_shape_selects_a_variant() {
    check(&json!("a"), &Stop::from("a"));
    check(&json!(["a"]), &Stop::from(vec!["a".to_owned()]));
    check(&json!(1), &Stop::Unknown(json!(1)));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Short {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Long {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Holder<T> {
    held: T,
}

#[derive(Debug, PartialEq)]
enum Overlapping {
    Short(Short),
    Long(Long),
    Held(Holder<Short>),
    HeldLong(Holder<Long>),
    Map(std::collections::BTreeMap<String, Value>),
    Unknown(Value),
}

open_union!(Overlapping {
    Short: Short = Matcher::OBJECT.required(&["id"]).known(&["id", "kind"]).constants(&[("kind", &["\"a\""])]),
    Long: Long = Matcher::OBJECT.required(&["id"]).known(&["id", "kind", "extra"]),
    Held: Holder<Short> = Matcher::OBJECT.required(&["held"]).known(&["held"]),
    HeldLong: Holder<Long> = Matcher::OBJECT.required(&["held"]).known(&["held"]),
    Map: std::collections::BTreeMap<String, Value> = Matcher::OBJECT,
});

#[test]
fn the_variant_that_keeps_every_property_is_the_best() {
    let json = json!({"id": "1", "kind": "a", "extra": "x"});
    let long = || Long { id: "1".into(), kind: Some("a".into()), extra: Some("x".into()) };
    check(&json, &Overlapping::Long(long()));
    check(&json!({"held": json}), &Overlapping::HeldLong(Holder { held: long() }));
    let short = || Short { id: "1".into(), kind: Some("a".into()) };
    check(&json!({"id": "1", "kind": "a"}), &Overlapping::Short(short()));
    check(&json!({"held": {"id": "1", "kind": "a"}}), &Overlapping::Held(Holder { held: short() }));
    // What a server adds later does not make a map of an object.
    let newer = json!({"id": "1", "kind": "a", "added": 1});
    assert_eq!(Overlapping::deserialize(&newer).expect("it fits"), Overlapping::Short(short()));
}

#[test]
fn a_union_is_made_of_what_its_variants_hold_and_of_arrays() {
    use crate::runtime::{Nullable, from_arrays, from_variants, open_union};

    #[derive(Clone, Debug, PartialEq)]
    enum Stop {
        One(String),
        Many(Vec<String>),
        Unknown(Value),
    }
    open_union!(Stop { One: String = Matcher::STRING, Many: Vec<String> = Matcher::ARRAY });
    from_variants!(Stop { One: String, One: &str, Many: Vec<String> });
    from_arrays!(Stop { Many: String, Many: &str });

    let many = Stop::Many(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(Stop::from("a"), Stop::One("a".to_owned()));
    assert_eq!(Stop::from(["a", "b"]), many);
    assert_eq!(Nullable::from(["a", "b"]), Nullable::Value(many));
    assert_eq!(Nullable::<Stop>::from("a"), Nullable::Value(Stop::One("a".to_owned())));
    assert_eq!(Nullable::<Stop>::from(None), Nullable::Null);
}

/// A union whose variants contain it, and have all of each other's required properties.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Left(Box<Left>),
    Right(Box<Right>),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Left {
    child: Option<Node>,
    left: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Right {
    child: Option<Node>,
    right: Option<i64>,
}

open_union!(Node {
    Left: Box<Left> = Matcher::OBJECT.known(&["child", "left"]),
    Right: Box<Right> = Matcher::OBJECT.known(&["child", "right"]),
});

#[test]
fn variants_of_nested_unions_are_not_tried_in_all_combinations() {
    // Each variant reads what is nested, and fails at the property behind it.
    let json = format!("{}{{}}{}", r#"{"child":"#.repeat(60), r#","left":1,"right":"a"}"#.repeat(60));
    assert!(serde_json::from_str::<Node>(&json).is_err());
    // What was counted there does not count here.
    let json = r#"{"child":{"right":1},"right":2}"#;
    let node: Node = serde_json::from_str(json).expect("it is one of them");
    assert!(matches!(node, Node::Right(right) if matches!(right.child, Some(Node::Right(_)))));
}
