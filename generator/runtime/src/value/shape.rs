//! Values with their parts turned into text, before a style joins them.
//!
//! In comes a JSON value, out go a text, a list of them, or pairs. It must not know of styles.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::writer::to_text;

/// All that RFC 3986 does not call unreserved.
pub(super) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes all but letters, digits and `-._~`.
pub(crate) fn encode(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, ENCODED)).into_owned()
}

/// A value with its parts turned into text that is ready to be sent. There is no
/// shape for null and for a list or object without anything in it: those are unset.
pub(super) enum Shape {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Shape {
    pub(super) fn of(value: &Value, escape: fn(&str) -> String) -> Option<Self> {
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
    pub(super) fn join(self, between: &str, within: &str) -> String {
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
    pub(super) fn pairs(self, name: &str) -> Vec<(String, String)> {
        match self {
            Self::Scalar(text) => vec![(name.to_owned(), text)],
            Self::List(items) => items.into_iter().map(|item| (name.to_owned(), item)).collect(),
            Self::Object(members) => members,
        }
    }
}

/// A scalar as text. What is nested deeper than the styles go is JSON.
pub(crate) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(to_text(other)),
    }
}

/// Pairs of names and values as they stand in a query; `None` without any.
pub(super) fn join_pairs(pairs: Vec<(String, String)>) -> Option<String> {
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!pairs.is_empty()).then(|| pairs.join("&"))
}
