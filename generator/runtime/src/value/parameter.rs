//! How values are written into paths, queries, headers and cookies.
//!
//! The styles are those of OpenAPI 3, and their results those of RFC 6570. In comes a
//! JSON value, out goes text that is ready to be sent.

use std::borrow::Cow;

#[cfg(feature = "cookies")]
use percent_encoding::CONTROLS;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::writer::to_text;

/// How a list or an object is written as a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum Style {
    /// `name=a,b`
    Form,
    /// `name=a&name=b`
    FormExploded,
    /// As `Form`, with reserved characters left as they are.
    FormReserved,
    /// As `FormExploded`, with reserved characters left as they are.
    FormExplodedReserved,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[key]=value`
    DeepObject,
    /// `a,b`, objects as `key,value`
    Simple,
    /// `a,b`, objects as `key=value`
    SimpleExploded,
    /// `.a,b`
    Label,
    /// `.a.b`
    LabelExploded,
    /// `;name=a,b`
    Matrix,
    /// `;name=a;name=b`
    MatrixExploded,
    /// The value as JSON text.
    Json,
}

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

/// All that RFC 3986 does not call unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

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

/// Percent-encodes all but letters, digits and `-._~`.
#[must_use]
pub fn encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, ENCODED)).into_owned()
}

/// As [`encode`], but leaves reserved characters and what is encoded already.
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
#[must_use]
pub fn path(name: &str, style: Style, value: &Value) -> Option<String> {
    let shape = Shape::of(value, encode)?;
    let text = match style {
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
    };
    Some(text).filter(|text| !text.is_empty())
}

/// RFC 6570 has `;name` for an empty value.
fn matrix_pair(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

/// A value in a query, as `name=value` pairs joined by `&`; `None` when there is nothing to send.
#[must_use]
pub fn query(name: &str, style: Style, value: &Value) -> Option<String> {
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

fn join_pairs(pairs: Vec<(String, String)>) -> Option<String> {
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!pairs.is_empty()).then(|| pairs.join("&"))
}

/// A value in a header, which is not encoded; `None` when there is nothing to send.
#[must_use]
pub fn header(style: Style, value: &Value) -> Option<String> {
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

/// A value with its parts turned into text that is ready to be sent. There is no
/// shape for null and for a list or object without anything in it: those are unset.
enum Shape {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Shape {
    fn of(value: &Value, escape: fn(&str) -> String) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Array(items) => {
                let items: Vec<_> =
                    items.iter().filter(|item| !item.is_null()).map(|item| escape(&text(item))).collect();
                (!items.is_empty()).then_some(Self::List(items))
            }
            Value::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .filter(|(_, value)| !value.is_null())
                    .map(|(key, value)| (escape(key), escape(&text(value))))
                    .collect();
                (!members.is_empty()).then_some(Self::Object(members))
            }
            scalar => Some(Self::Scalar(escape(&text(scalar)))),
        }
    }

    /// One text: the parts joined by one delimiter, keys and values by the other.
    fn join(self, between: &str, within: &str) -> String {
        match self {
            Self::Scalar(text) => text,
            Self::List(items) => items.join(between),
            Self::Object(members) => members
                .iter()
                .map(|(key, value)| format!("{key}{within}{value}"))
                .collect::<Vec<_>>()
                .join(between),
        }
    }

    /// A pair for each part: under the parameter's name, or the members' own.
    fn pairs(self, name: &str) -> Vec<(String, String)> {
        match self {
            Self::Scalar(text) => vec![(name.to_owned(), text)],
            Self::List(items) => items.into_iter().map(|item| (name.to_owned(), item)).collect(),
            Self::Object(members) => members,
        }
    }
}

/// A scalar as text. What is nested deeper than the styles go is JSON.
#[must_use]
pub fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(to_text(other)),
    }
}
