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
