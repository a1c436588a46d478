//! The styles of parameters that are not defaults: delimited, labels, matrices, nested objects, JSON.
//!
//! In comes a JSON value, out goes text that is ready to be sent. What `deepObject` does with lists is not
//! defined by OpenAPI, nor what any of the styles does with what is nested deeper.

#[cfg(feature = "cookies")]
use percent_encoding::CONTROLS;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use super::shape::{ENCODED, Shape, encode, join_pairs, text};
use super::style::Style;
use super::writer::to_text;

/// What `allowReserved` leaves alone, less what ends a query or a pair in it.
const ENCODED_WITHIN_RESERVED: &AsciiSet = &ENCODED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

#[cfg(feature = "cookies")]
/// What RFC 6265 keeps out of the value of a cookie.
const ENCODED_IN_COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

impl Style {
    /// The delimiter of a value that is not exploded, already encoded.
    fn delimiter(self) -> &'static str {
        match self {
            Self::SpaceDelimited => "%20",
            Self::PipeDelimited => "%7C",
            _ => ",",
        }
    }

    fn escape(self) -> fn(&str) -> String {
        match self {
            Self::FormReserved | Self::FormExplodedReserved => encode_unreserved,
            _ => encode,
        }
    }
}

/// Percent-encodes as [`encode`] does, but leaves reserved characters and what is encoded already.
fn encode_unreserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut parts = text.split('%');
    encoded.extend(utf8_percent_encode(parts.next().unwrap_or_default(), ENCODED_WITHIN_RESERVED));
    for part in parts {
        let is_triplet = part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        encoded.push_str(if is_triplet { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(part, ENCODED_WITHIN_RESERVED));
    }
    encoded
}

#[cfg(feature = "cookies")]
fn encode_for_cookie(text: &str) -> String {
    utf8_percent_encode(text, ENCODED_IN_COOKIE).to_string()
}

/// A value in a path; `None` when there is nothing to send.
pub(super) fn path(name: &str, style: Style, value: &Value) -> Option<String> {
    let shape = Shape::of(value, encode)?;
    Some(match style {
        Style::Json => encode(&to_text(value)),
        Style::Label => format!(".{}", shape.join(",", ",")),
        Style::LabelExploded => format!(".{}", shape.join(".", "=")),
        Style::Matrix => matrix_pair(&encode(name), &shape.join(",", ",")),
        Style::MatrixExploded => shape
            .pairs(&encode(name))
            .iter()
            .map(|(name, value)| matrix_pair(name, value))
            .collect::<String>(),
        Style::SimpleExploded => shape.join(",", "="),
        _ => shape.join(",", ","),
    })
}

/// RFC 6570 has `;name` for an empty value.
fn matrix_pair(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

/// A value in a query; `None` when there is nothing to send.
pub(super) fn query(name: &str, style: Style, value: &Value) -> Option<String> {
    let encoded_name = encode(name);
    if style == Style::Json {
        return (!value.is_null()).then(|| format!("{encoded_name}={}", encode(&to_text(value))));
    }
    if style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep_pairs(name, value, &mut pairs);
        let encoded = pairs.into_iter().map(|(name, text)| (encode(&name), encode(&text)));
        return join_pairs(encoded.collect());
    }
    let shape = Shape::of(value, style.escape())?;
    match style {
        Style::FormExploded | Style::FormExplodedReserved => join_pairs(shape.pairs(&encoded_name)),
        _ => Some(format!("{encoded_name}={}", shape.join(style.delimiter(), style.delimiter()))),
    }
}

/// `a[b][c]=d`, and each item of a list under its index, `a[b][0]=c`: what belongs to which item would
/// be lost without. No standard says so; it is what servers with such parameters read.
fn deep_pairs(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                deep_pairs(&format!("{name}[{key}]"), value, pairs);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_pairs(&format!("{name}[{index}]"), item, pairs);
            }
        }
        scalar => pairs.push((name.to_owned(), text(scalar).into_owned())),
    }
}

#[cfg(feature = "multipart")]
/// A value as the fields of a form that is not encoded.
#[must_use]
#[allow(dead_code, reason = "not every form has fields with a style")]
pub fn fields(name: &str, style: Style, value: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if style == Style::DeepObject {
        deep_pairs(name, value, &mut pairs);
        return pairs;
    }
    let Some(shape) = Shape::of(value, str::to_owned) else { return pairs };
    let delimiter = match style {
        Style::FormExploded | Style::FormExplodedReserved => return shape.pairs(name),
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    pairs.push((name.to_owned(), shape.join(delimiter, delimiter)));
    pairs
}

#[cfg(feature = "header_parameters")]
/// A value in a header; `None` when there is nothing to send.
pub(super) fn header(style: Style, value: &Value) -> Option<String> {
    match style {
        Style::Json => (!value.is_null()).then(|| to_text(value)),
        Style::SimpleExploded => Some(Shape::of(value, str::to_owned)?.join(",", "=")),
        _ => Some(Shape::of(value, str::to_owned)?.join(",", ",")),
    }
}

#[cfg(feature = "cookies")]
/// A value in a cookie, as `name=value` pairs joined by `; `; `None` when there is nothing to send.
#[must_use]
pub fn cookie(name: &str, style: Style, value: &Value) -> Option<String> {
    if style == Style::Json {
        return (!value.is_null()).then(|| format!("{name}={}", encode_for_cookie(&to_text(value))));
    }
    let shape = Shape::of(value, encode_for_cookie)?;
    if style == Style::FormExploded {
        let pairs: Vec<_> =
            shape.pairs(name).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        return Some(pairs.join("; "));
    }
    Some(format!("{name}={}", shape.join("%2C", "%2C")))
}
