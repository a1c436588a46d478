//! Matching JSON against types, for unions without a discriminator.

use std::cmp::Reverse;

use serde_json::{Number, Value};

use super::whole_number::whole;

/// Matches JSON of a type. Built by `const` code, one for each variant of a union.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matcher {
    kind: Kind,
    required: &'static [&'static str],
    known: &'static [&'static str],
    constants: &'static [(&'static str, &'static [&'static str])],
    values: &'static [&'static str],
    item: Option<&'static Matcher>,
}

/// The kinds of JSON, those that more values are of first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Any,
    Number,
    Null,
    Boolean,
    Integer,
    String,
    Array,
    Object,
}

/// How well JSON matches; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    constants: usize,
    is_known_value: bool,
    unknown_members: Reverse<usize>,
    required: usize,
    kind: Kind,
}

#[allow(dead_code, reason = "unions are generated, each with what it needs")]
impl Matcher {
    pub(crate) const ANY: Self =
        Self { kind: Kind::Any, required: &[], known: &[], constants: &[], values: &[], item: None };
    pub(crate) const NULL: Self = Self { kind: Kind::Null, ..Self::ANY };
    pub(crate) const BOOLEAN: Self = Self { kind: Kind::Boolean, ..Self::ANY };
    pub(crate) const INTEGER: Self = Self { kind: Kind::Integer, ..Self::ANY };
    pub(crate) const NUMBER: Self = Self { kind: Kind::Number, ..Self::ANY };
    pub(crate) const STRING: Self = Self { kind: Kind::String, ..Self::ANY };
    pub(crate) const ARRAY: Self = Self { kind: Kind::Array, ..Self::ANY };
    pub(crate) const OBJECT: Self = Self { kind: Kind::Object, ..Self::ANY };

    /// The required properties.
    pub(crate) const fn required(self, names: &'static [&'static str]) -> Self {
        Self { required: names, ..self }
    }

    /// The properties of the type.
    pub(crate) const fn known(self, names: &'static [&'static str]) -> Self {
        Self { known: names, ..self }
    }

    /// The properties that have one of these values, as JSON text, when they are present.
    pub(crate) const fn constants(
        self,
        constants: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        Self { constants, ..self }
    }

    /// The values that are known, as JSON text.
    pub(crate) const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    /// Matches each item of an array.
    pub(crate) const fn item(self, item: &'static Self) -> Self {
        Self { item: Some(item), ..self }
    }

    /// Whether it is of a type that has no properties of its own, such as a map.
    pub(crate) fn is_open(&self) -> bool {
        self.known.is_empty()
    }

    /// How well `value` matches; `None` when it cannot be of the type.
    fn fit(&self, value: &Value) -> Option<Fit> {
        let mut fit = Fit {
            constants: 0,
            is_known_value: is_one_of(value, self.values),
            unknown_members: Reverse(0),
            required: self.required.len(),
            kind: self.kind,
        };
        match (self.kind, value) {
            (Kind::Any | Kind::Number, Value::Number(_))
            | (Kind::Any, _)
            | (Kind::Null, Value::Null)
            | (Kind::Boolean, Value::Bool(_))
            | (Kind::String, Value::String(_)) => Some(fit),
            (Kind::Integer, Value::Number(number)) => is_integer(number).then_some(fit),
            (Kind::Array, Value::Array(items)) => match self.item {
                Some(matcher) => items.iter().all(|item| matcher.fit(item).is_some()).then_some(fit),
                None => Some(fit),
            },
            (Kind::Object, Value::Object(members)) => {
                if self.required.iter().any(|name| !members.contains_key(*name)) {
                    return None;
                }
                for (name, values) in self.constants {
                    match members.get(*name) {
                        Some(value) if is_one_of(value, values) => fit.constants += 1,
                        Some(_) => return None,
                        None => {}
                    }
                }
                let is_unknown = |name: &&String| !self.known.contains(&name.as_str());
                fit.unknown_members = Reverse(members.keys().filter(is_unknown).count());
                Some(fit)
            }
            _ => None,
        }
    }
}

/// Whether a number has no fraction, as `1.0` has none.
fn is_integer(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|number| whole(number).is_some())
}

fn is_one_of(value: &Value, texts: &[&str]) -> bool {
    !texts.is_empty() && texts.contains(&value.to_string().as_str())
}

/// The indices of the matchers that match `value`, the best first, the earlier of equals first.
pub(crate) fn pick(value: &Value, matchers: &[Matcher]) -> Vec<usize> {
    let fits = matchers
        .iter()
        .enumerate()
        .filter_map(|(index, matcher)| Some((Reverse(matcher.fit(value)?), index)));
    let mut fits: Vec<_> = fits.collect();
    fits.sort();
    fits.into_iter().map(|(_, index)| index).collect()
}
