//! Members that may be absent, and null.

use serde::{Deserialize, Serialize};

use crate::runtime::nullable::{Nullable, deserialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Patch {
    #[serde(default, deserialize_with = "deserialize", skip_serializing_if = "Option::is_none")]
    name: Option<Nullable<String>>,
}

#[test]
fn absent_null_and_a_value_stay_apart_both_ways() {
    let cases = [
        ("{}", None),
        (r#"{"name":null}"#, Some(Nullable::Null)),
        (r#"{"name":"a"}"#, Some(Nullable::from("a"))),
    ];
    for (text, name) in cases {
        let patch = Patch { name };
        assert_eq!(serde_json::to_string(&patch).expect("it fits"), text);
        assert_eq!(serde_json::from_str::<Patch>(text).expect("it fits"), patch);
    }
}
