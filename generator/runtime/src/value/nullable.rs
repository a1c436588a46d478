//! Values that may be an explicit null.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value, or an explicit null.
///
/// A property that may be absent as well is an `Option<Nullable<T>>`: `None` is not sent,
/// `Some(Nullable::Null)` is sent as `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// `null`
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if it is one.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// A reference to the value, if it is one.
    #[must_use]
    pub fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&String> for Nullable<String> {
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl<T, const N: usize> From<[T; N]> for Nullable<Vec<T>> {
    fn from(items: [T; N]) -> Self {
        Self::Value(items.into())
    }
}

impl<const N: usize> From<[&str; N]> for Nullable<Vec<String>> {
    fn from(items: [&str; N]) -> Self {
        Self::Value(items.map(str::to_owned).into())
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// Reads a property that is present, so that a null is different from an absent property.
///
/// For `Option<Nullable<T>>` and `Option<serde_json::Value>`, with `#[serde(default)]`.
#[allow(dead_code, reason = "what calls it is generated")]
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
