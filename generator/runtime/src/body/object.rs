//! A JSON object that is put together property by property.
//!
//! In come names and values as JSON; out goes the text of the object, made when it is sent. It must
//! not know where the properties come from.

use bytes::Bytes;
use serde::Serializer as _;
use serde_json::value::RawValue;

/// A JSON object, in the order in which its properties were set first.
#[derive(Clone, Debug)]
pub struct ObjectBody {
    media_type: &'static str,
    properties: Vec<(String, Box<RawValue>)>,
}

#[allow(dead_code, reason = "not every API has JSON objects as bodies")]
impl ObjectBody {
    /// An object without properties.
    #[must_use]
    pub fn new(media_type: &'static str) -> Self {
        Self { media_type, properties: Vec::new() }
    }

    /// Sets a property, in place of an earlier one of its name.
    pub fn set(&mut self, name: &str, value: Box<RawValue>) {
        match self.properties.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => self.properties.push((name.to_owned(), value)),
        }
    }

    /// What to send as `Content-Type`.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The text of the object.
    #[must_use]
    pub fn to_json(&self) -> Bytes {
        let length = self.properties.iter().map(|(name, value)| name.len() + value.get().len() + 4);
        let mut json = Vec::with_capacity(2 + length.sum::<usize>());
        let properties = self.properties.iter().map(|(name, value)| (name, value));
        // Texts and raw JSON are always written.
        let _ = serde_json::Serializer::new(&mut json).collect_map(properties);
        json.into()
    }
}
