//! JSON objects whose properties no schema lists.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Deref, DerefMut};

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// A JSON object whose properties the API's description does not list. They keep their order.
///
/// It is made of `serde_json::json!({ … })`, of a map, or of pairs, and is read like the
/// [`Map`] that it holds. What was made of a JSON value that is not an object cannot be sent: the
/// call fails with [`Error::InvalidRequest`](crate::runtime::Error::InvalidRequest).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonObject {
    properties: Map<String, Value>,
    /// The kind of the value that was given in place of an object.
    mistake: Option<&'static str>,
}

impl JsonObject {
    /// An object without properties.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The properties alone.
    #[must_use]
    pub fn into_map(self) -> Map<String, Value> {
        self.properties
    }
}

impl Deref for JsonObject {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.properties
    }
}

impl DerefMut for JsonObject {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.properties
    }
}

impl From<Value> for JsonObject {
    fn from(value: Value) -> Self {
        let mistake = match value {
            Value::Object(properties) => return properties.into(),
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
        };
        Self { properties: Map::new(), mistake: Some(mistake) }
    }
}

impl From<Map<String, Value>> for JsonObject {
    fn from(properties: Map<String, Value>) -> Self {
        Self { properties, mistake: None }
    }
}

impl From<BTreeMap<String, Value>> for JsonObject {
    fn from(properties: BTreeMap<String, Value>) -> Self {
        properties.into_iter().collect()
    }
}

impl From<HashMap<String, Value>> for JsonObject {
    fn from(properties: HashMap<String, Value>) -> Self {
        properties.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for JsonObject {
    fn from(properties: [(K, V); N]) -> Self {
        properties.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for JsonObject {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(properties: I) -> Self {
        let properties = properties.into_iter().map(|(name, value)| (name.into(), value.into()));
        properties.collect::<Map<_, _>>().into()
    }
}

impl From<JsonObject> for Value {
    fn from(object: JsonObject) -> Self {
        Self::Object(object.properties)
    }
}

#[cfg(feature = "nullable")]
impl From<Value> for super::Nullable<JsonObject> {
    fn from(value: Value) -> Self {
        if value.is_null() { Self::Null } else { Self::Value(value.into()) }
    }
}

impl IntoIterator for JsonObject {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.properties.into_iter()
    }
}

impl<'a> IntoIterator for &'a JsonObject {
    type Item = (&'a String, &'a Value);
    type IntoIter = serde_json::map::Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.properties.iter()
    }
}

impl Serialize for JsonObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.mistake {
            None => self.properties.serialize(serializer),
            Some(mistake) => Err(S::Error::custom(format!("expected a JSON object, but it is {mistake}"))),
        }
    }
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}
