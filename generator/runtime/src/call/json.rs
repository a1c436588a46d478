//! Setting JSON or text as the body of a call.

use bytes::Bytes;
use serde::Serialize;

use super::builder::Call;
use crate::runtime::body::RequestBody;
use crate::runtime::error::Error;
use crate::runtime::value::writer;

impl Call {
    /// Sends JSON.
    #[allow(dead_code, reason = "not every API has bodies of each kind")]
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.json_as("application/json", value);
    }

    /// Sends JSON under another media type.
    #[allow(dead_code, reason = "not every API has bodies of each kind")]
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        match writer::to_vec(value) {
            Ok(json) => self.request.body = RequestBody::Bytes(json.into(), media_type.to_owned()),
            Err(error) => self.fail(Error::invalid_request("body", error.to_string())),
        }
    }

    /// Sends text.
    #[allow(dead_code, reason = "not every API has bodies of each kind")]
    pub fn text(&mut self, media_type: &'static str, text: impl Into<String>) {
        self.request.body = RequestBody::Bytes(Bytes::from(text.into()), media_type.to_owned());
    }
}
