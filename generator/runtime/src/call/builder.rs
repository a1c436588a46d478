//! A call: what generated builders write into.
//!
//! The setters are thin and the same for every operation. What they do is
//! compiled once; only the conversion of a value to JSON is compiled for each type.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, HeaderValue};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::to_raw_value;

use crate::runtime::body::RequestBody;
use crate::runtime::error::Error;
use crate::runtime::request::{CallOptions, Request};
use crate::runtime::send::Core;
use crate::runtime::value::Style;

/// A call of an operation that is being built.
pub struct Call<'c> {
    pub(crate) core: &'c Arc<Core>,
    /// In a box, as every future on the way to the attempts moves it.
    pub(crate) request: Box<Request>,
}

impl Call<'_> {
    /// The settings of this call.
    pub fn options(&mut self) -> &mut CallOptions {
        &mut self.request.options
    }

    /// Sets a parameter in the path.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_path(name, style, &value);
        }
    }

    /// Sets a parameter in the query.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_query(name, style, &value);
        }
    }

    /// Sets a parameter in a header.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_header(name, style, &value);
        }
    }

    /// Sets a parameter in a cookie.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_cookie(name, style, &value);
        }
    }

    /// Sends JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.json_as("application/json", value);
    }

    /// Sends JSON under another media type.
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        match serde_json::to_vec(value) {
            Ok(json) => self.request.body = RequestBody::Bytes(json.into(), media_type.to_owned()),
            Err(error) => self.fail(Error::invalid_request("body", error.to_string())),
        }
    }

    /// Sets a property of the JSON that is sent, which is an object.
    pub fn json_property<T: Serialize + ?Sized>(&mut self, member: &'static str, value: &T) {
        let value = to_raw_value(value).map_err(|error| Error::invalid_request(member, error.to_string()));
        let set = value.and_then(|value| self.request.body.set_member(member, &value));
        if let Err(error) = set {
            self.fail(error);
        }
    }

    /// Accepts responses of these media types.
    pub fn accept(&mut self, media_types: &'static str) {
        self.request.headers.insert(ACCEPT, HeaderValue::from_static(media_types));
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &'static str, text: impl Into<String>) {
        self.request.body = RequestBody::Bytes(Bytes::from(text.into()), media_type.to_owned());
    }

    /// Records what is wrong. It is returned when the call is sent.
    pub fn fail(&mut self, error: Error) {
        self.request.fail(error);
    }

    /// A value as JSON, from which parameters are written.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Option<Value> {
        match serde_json::to_value(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(Error::invalid_request(name, error.to_string()));
                None
            }
        }
    }
}

/// Shows which operation it is of. What was set may be secret.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.request.operation.id).finish_non_exhaustive()
    }
}
