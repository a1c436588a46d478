//! Checks that every place of a document holds the kind of value that belongs there.
//!
//! What does not is reported, and counts as not being there from then on. A null is how documents leave
//! something open, and counts as nothing where nothing may stand.

use serde_json::Value;

use super::super::Cursor;
use super::super::version::kind;
use super::grammar::{ObjectKind, Shape};
use crate::diagnostic::Diagnostics;

impl Shape {
    /// Reports the value at `place` when it is not of this shape.
    pub(super) fn check(self, place: &Cursor<'_>, diagnostics: &mut Diagnostics) {
        let value = place.value();
        if self.fits(value) {
            return;
        }
        let message =
            format!("`{}` is {}, but should be {}", place.key(), self.describe(value), self.words());
        let is_lost = !matches!(self, Self::Words) && (!is_empty(value) || self.is_needed());
        if is_lost {
            diagnostics.error("wrong-shape", place, message, self.help());
        } else {
            diagnostics.warning("wrong-shape", place, message, self.help());
        }
    }

    /// Whether there has to be something, be it empty.
    fn is_needed(self) -> bool {
        matches!(
            self,
            Self::One(ObjectKind::Operation | ObjectKind::Response) | Self::Patterned(ObjectKind::PathItem)
        )
    }

    fn fits(self, value: &Value) -> bool {
        match self {
            // An empty key says nothing.
            _ if value.is_null() && !self.is_needed() => true,
            // What is no schema is reported where it is lowered.
            Self::One(ObjectKind::Schema) | Self::OneOrList(ObjectKind::Schema) | Self::Data => true,
            Self::One(_) | Self::Map(_) | Self::Patterned(_) => value.is_object(),
            Self::OneOrList(_) => value.is_object() || value.is_array(),
            Self::List(_) | Self::Values => value.is_array(),
            Self::Text | Self::Words => value.is_string(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            Self::TextMap => value.as_object().is_some_and(|texts| texts.values().all(is_text_or_null)),
            Self::Truth => value.is_boolean(),
            Self::Scalar => !value.is_object() && !value.is_array(),
        }
    }

    /// What is wrong with a value that does not fit.
    fn describe(self, value: &Value) -> &'static str {
        match (self, value) {
            (Self::Texts, Value::Array(_)) => "a list with something else in it",
            (Self::TextMap, Value::Object(_)) => "an object with something else in it",
            _ => kind(value),
        }
    }

    fn words(self) -> String {
        match self {
            Self::One(kind) | Self::OneOrList(kind) => format!("an object: {}", kind.words()),
            Self::List(kind) => format!("a list: {} in each item", kind.words()),
            Self::Map(kind) | Self::Patterned(kind) => format!("an object: {} under each key", kind.words()),
            Self::Text | Self::Words | Self::Scalar => "a string".to_owned(),
            Self::Texts => "a list of strings".to_owned(),
            Self::TextMap => "an object of strings".to_owned(),
            Self::Truth => "`true` or `false`".to_owned(),
            Self::Values => "a list of values".to_owned(),
            Self::Data => "a value".to_owned(),
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::One(_) | Self::OneOrList(_) => "write an object, or leave it out",
            Self::List(ObjectKind::SecurityRequirement) => "write a list of requirements, like `[{key: []}]`",
            Self::List(_) | Self::Values => "write a list, or leave it out",
            Self::Map(_) | Self::Patterned(_) => "write an object with a key for each, or leave it out",
            Self::Text | Self::Words | Self::Scalar => "put quotes around the value",
            Self::Texts => "write a list of strings, with quotes around each that looks like another type",
            Self::TextMap => "write an object with a string for each key",
            Self::Data => "write a value",
            Self::Truth => "write `true` or `false`, without quotes",
        }
    }
}

/// Whether nothing is lost with `value`. Some languages write an empty object as an empty list.
fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(serde_json::Map::is_empty)
}

fn is_text_or_null(value: &Value) -> bool {
    value.is_string() || value.is_null()
}

/// Reports the keys of the object at `place` that are not known: as errors, where it shows what is meant.
pub(super) fn check_keys(place: &Cursor<'_>, kind: ObjectKind, diagnostics: &mut Diagnostics) {
    let Some(object) = place.value().as_object() else { return };
    for key in object.keys().filter(|key| kind.member(key).is_none()) {
        let Some(member) = place.get(key) else { continue };
        if let Some(meant) = kind.meant(key) {
            let message = format!("{} has no `{key}`, but `{meant}`", kind.words());
            diagnostics.error("key-unknown", member, message, format!("write `{meant}`"));
        } else if kind.is_closed() && !key.starts_with("x-") {
            let message = format!("{} has no `{key}`: the key is ignored", kind.words());
            diagnostics.warning(
                "key-unknown",
                member,
                message,
                "use the equivalent of OpenAPI 3, or put `x-` in front of the key",
            );
        }
    }
}
