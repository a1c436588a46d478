//! Finds a secret in a text that has some of its characters escaped.
//!
//! Which characters are escaped, and how, differs from server to server: `+` is `\u002B`, `\u002b` or
//! `%2B`, and `/` is `/`, `\/` or `%2f`. So a text is not searched for all forms of a secret, but compared
//! with it as JSON and URLs are read, character by character: each may stand for itself or be escaped.

use std::ops::Range;

/// Where `secret` is in `text`, whatever is escaped in it: `\uXXXX` and the other escapes of JSON (RFC 8259,
/// section 7), and `%XX` (RFC 3986, section 2.1). At the end of a text that breaks off, the first `shortest`
/// bytes of it are enough.
pub(super) fn places(text: &[u8], secret: &[u8], shortest: usize) -> Vec<Range<usize>> {
    let Some(first) = secret.first() else { return Vec::new() };
    let mut places = Vec::new();
    let mut end = 0;
    for start in memchr::memchr3_iter(*first, b'%', b'\\', text) {
        if start >= end
            && let Some(length) = match_length(&text[start..], secret, shortest)
        {
            end = start + length;
            places.push(start..end);
        }
    }
    places
}

/// How long `secret` is at the beginning of `text`.
fn match_length(text: &[u8], secret: &[u8], shortest: usize) -> Option<usize> {
    let (mut at, mut matched) = (0, 0);
    while matched < secret.len() {
        if text.get(at) == Some(&secret[matched]) {
            (at, matched) = (at + 1, matched + 1);
            continue;
        }
        let unit = match unit(&text[at..]) {
            Unit::CutOff => return (matched >= shortest).then_some(text.len()),
            Unit::Of(unit) => unit,
        };
        if !secret[matched..].starts_with(&unit.bytes[..unit.count]) {
            return None;
        }
        (at, matched) = (at + unit.length, matched + unit.count);
    }
    Some(at)
}

/// What is next in a text.
enum Unit {
    Of(Decoded),
    /// Nothing, or the beginning of an escape.
    CutOff,
}

/// A character that may have been escaped.
struct Decoded {
    bytes: [u8; 4],
    count: usize,
    /// How long it is in the text.
    length: usize,
}

fn unit(text: &[u8]) -> Unit {
    let byte = |byte, length| Unit::Of(Decoded { bytes: [byte, 0, 0, 0], count: 1, length });
    match text {
        [] | [b'\\' | b'%'] | [b'%', _] => Unit::CutOff,
        [b'%', high, low, ..] => match hex(&[*high, *low]) {
            Some(code) => byte(u8::try_from(code).unwrap_or_default(), 3),
            None => byte(b'%', 1),
        },
        [b'\\', b'u', digits @ ..] if digits.len() < 4 => Unit::CutOff,
        [b'\\', b'u', ..] => utf16(text).map_or_else(|| byte(b'\\', 1), Unit::Of),
        [b'\\', escaped, ..] => match escaped {
            b'"' | b'\\' | b'/' => byte(*escaped, 2),
            b'b' => byte(8, 2),
            b'f' => byte(12, 2),
            b'n' => byte(b'\n', 2),
            b'r' => byte(b'\r', 2),
            b't' => byte(b'\t', 2),
            _ => byte(b'\\', 1),
        },
        [raw, ..] => byte(*raw, 1),
    }
}

/// The character of a `\uXXXX`, or of two of them that are a surrogate pair.
fn utf16(text: &[u8]) -> Option<Decoded> {
    let code = |at: usize| {
        let escape = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::try_from(hex(escape)?).ok()
    };
    let (first, second) = (code(0)?, code(6));
    let one = char::decode_utf16([first]).next()?.ok();
    let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
    let (character, length) = one.map(|one| (one, 6)).or(pair.map(|pair| (pair, 12)))?;
    let mut bytes = [0; 4];
    let count = character.encode_utf8(&mut bytes).len();
    Some(Decoded { bytes, count, length })
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = digits.iter().map(|digit| char::from(*digit).to_digit(16));
    digits.reduce(|high, low| Some(high? * 16 + low?)).flatten()
}
