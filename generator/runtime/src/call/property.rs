//! Setting the properties of a JSON object that is the body of a call.

use std::collections::BTreeMap;

use serde::Serialize;

use super::builder::Call;
use crate::runtime::error::Error;
use crate::runtime::value::writer::to_raw_value;

#[allow(dead_code, reason = "not every API has JSON objects as bodies")]
impl Call {
    /// Sends a JSON object, even one without properties.
    pub fn object(&mut self, media_type: &'static str) {
        self.request.body.begin_object(media_type);
    }

    /// Sets a property of the JSON object that is sent.
    pub fn property<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let value = to_raw_value(value).map_err(|error| Error::invalid_request(name, error.to_string()));
        if let Err(error) = value.and_then(|value| self.request.body.set_property(name, value)) {
            self.fail(error);
        }
    }

    /// Sets the properties of the JSON object that is sent by those of another one.
    pub fn properties<T: Serialize>(&mut self, values: &BTreeMap<String, T>) {
        for (name, value) in values {
            self.property(name, value);
        }
    }
}
