//! Forms without files: `application/x-www-form-urlencoded`.

use bytes::Bytes;
use serde_json::Value;

use crate::runtime::value::{Style, parameter};

/// What to send as `Content-Type`.
pub(crate) const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// A form that is being filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Each field with its pairs, ready to be sent.
    fields: Vec<(&'static str, String)>,
}

impl Form {
    /// Sets a field, which is written like a query parameter; nothing takes it out.
    pub fn set(&mut self, name: &'static str, style: Style, value: &Value) {
        let place = self.fields.iter().position(|(key, _)| *key == name);
        match (place, parameter::query(name, style, value)) {
            (Some(place), Some(pairs)) => self.fields[place].1 = pairs,
            (Some(place), None) => drop(self.fields.remove(place)),
            (None, Some(pairs)) => self.fields.push((name, pairs)),
            (None, None) => {}
        }
    }

    /// The form as it is sent.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        let fields: Vec<_> = self.fields.iter().map(|(_, pairs)| pairs.as_str()).collect();
        fields.join("&").into()
    }
}
