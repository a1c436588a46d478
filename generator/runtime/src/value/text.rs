//! Text of others: on one line of a message, and without a byte order mark.

use std::error::Error as StdError;

use bytes::{Buf as _, Bytes};

/// Text of others on one line of a message: no control characters, no more than a few hundred letters.
pub(crate) fn one_line(text: &str) -> String {
    const LIMIT: usize = 300;
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LIMIT {
            let end = (0..=LIMIT).rev().find(|end| line.is_char_boundary(*end)).unwrap_or_default();
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}

/// The innermost cause, which is the most specific: "connection refused".
pub(crate) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    one_line(&cause.to_string())
}

/// What some servers put before their text. Parsers of JSON may ignore it (RFC
/// 8259, section 8.1).
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The same JSON without a byte order mark.
pub(crate) fn without_mark(mut json: Bytes) -> Bytes {
    if json.starts_with(BYTE_ORDER_MARK) {
        json.advance(BYTE_ORDER_MARK.len());
    }
    json
}
