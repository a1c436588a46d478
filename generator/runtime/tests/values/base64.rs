//! Bytes that JSON has as text.

use crate::runtime::base64_bytes::Base64;

#[test]
fn any_bytes_come_back() {
    let bytes = Base64::from(vec![0, 1, 250, 255]);
    let text = serde_json::to_string(&bytes).expect("it fits");
    assert_eq!(text, r#""AAH6/w==""#);
    assert_eq!(serde_json::from_str::<Base64>(&text).expect("it fits"), bytes);
}

#[test]
fn the_other_alphabet_and_missing_padding_are_read() {
    let bytes = Base64::from(vec![0, 1, 250, 255]);
    assert_eq!(serde_json::from_str::<Base64>(r#""AAH6_w""#).expect("it fits"), bytes);
    assert!(serde_json::from_str::<Base64>(r#""A!""#).is_err());
}
