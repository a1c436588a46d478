//! Enums that keep the values they do not know.

#![expect(unreachable_pub, reason = "the enums of an SDK are public")]

use crate::runtime::open_enum;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Purpose {
    FineTune,
    Batch,
    /// A name that the traits that an enum implements have, too.
    Err,
    Unknown(String),
}

open_enum!(Purpose { FineTune = "fine-tune", Batch = "batch", Err = "err" });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    Found,
    Other,
    Unknown(i64),
}

open_enum!(Code: i64 { Found = 200, Other = -1 });

#[test]
fn known_and_unknown_texts_go_out_as_they_came() {
    let cases = [
        ("fine-tune", Purpose::FineTune),
        ("err", Purpose::Err),
        ("new", Purpose::Unknown("new".to_owned())),
    ];
    for (text, purpose) in cases {
        let json = format!("{text:?}");
        assert_eq!(serde_json::from_str::<Purpose>(&json).expect("it fits"), purpose);
        assert_eq!(serde_json::to_string(&purpose).expect("it fits"), json);
        assert_eq!(purpose.to_string(), text);
        assert_eq!(Purpose::from(text.to_owned()), purpose);
        assert_eq!(text.parse::<Purpose>().expect("it fits"), purpose);
    }
    assert_ne!(Purpose::Batch, Purpose::FineTune);
    assert!(serde_json::from_str::<Purpose>("1").is_err());
}

#[test]
fn known_and_unknown_integers_go_out_as_they_came() {
    for (number, code) in [(200, Code::Found), (-1, Code::Other), (7, Code::Unknown(7))] {
        assert_eq!(serde_json::from_str::<Code>(&number.to_string()).expect("it fits"), code);
        assert_eq!(serde_json::to_string(&code).expect("it fits"), number.to_string());
        assert_eq!(code.to_string(), number.to_string());
    }
}
