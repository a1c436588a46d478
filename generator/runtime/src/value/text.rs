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

/// The names of the one encoding besides UTF-8 that servers still send (WHATWG Encoding, section 4.2).
const WINDOWS_1252: [&str; 6] = ["windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii", "ascii"];

/// The letters of windows-1252 from 0x80 to 0x9F, where it differs from Unicode.
const BEYOND_ASCII: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text in UTF-8, from the charset that its media type names. What is UTF-8 whatever its charset says,
/// or has a charset that is not known, stays as it is.
pub(crate) fn to_utf8(text: Bytes, media_type: &str) -> Bytes {
    let is_known = charset(media_type)
        .is_some_and(|charset| WINDOWS_1252.iter().any(|known| charset.eq_ignore_ascii_case(known)));
    if !is_known || std::str::from_utf8(&text).is_ok() {
        return text;
    }
    let letter = |byte: u8| match byte {
        0x80..=0x9f => BEYOND_ASCII[usize::from(byte - 0x80)],
        other => other.into(),
    };
    text.iter().copied().map(letter).collect::<String>().into()
}

/// The parameter `charset` of a media type.
fn charset(media_type: &str) -> Option<&str> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// The same JSON without a byte order mark.
pub(crate) fn without_mark(mut json: Bytes) -> Bytes {
    if json.starts_with(BYTE_ORDER_MARK) {
        json.advance(BYTE_ORDER_MARK.len());
    }
    json
}
