//! A call: what generated builders write into, and how it ends.
//!
//! The setters are thin and the same for every operation. What they do is
//! compiled once; only the conversion of a value to JSON, and of an answer from
//! it, is compiled for each type.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::to_raw_value;

use super::body::RequestBody;
use super::client::Client;
use super::error::Error;
use super::execute::{self, Reading};
use super::options::CallOptions;
use super::parameter::Style;
use super::request::Request;
use super::response::{RawResponse, Response, decode_json, decode_text};
use super::sdk::Operation;

/// A call of an operation, in the making.
pub struct Call<'c> {
    pub(crate) client: &'c Client,
    /// In a box, as every future on the way to the attempts moves it.
    pub(crate) request: Box<Request>,
}

impl<'c> Call<'c> {
    /// A call with nothing set.
    #[must_use]
    pub fn new(client: &'c Client, operation: &'static Operation) -> Self {
        Self { client, request: Box::new(Request::new(operation)) }
    }

    /// What was set for this call alone.
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

    /// Sets a member of the JSON that is sent, which is an object.
    pub fn json_member<T: Serialize + ?Sized>(&mut self, member: &'static str, value: &T) {
        let value = to_raw_value(value).map_err(|error| Error::invalid_request(member, error.to_string()));
        let set = value.and_then(|value| self.request.body.set_member(member, &value));
        if let Err(error) = set {
            self.fail(error);
        }
    }

    /// Asks for answers of these media types.
    pub fn accept(&mut self, media_types: &'static str) {
        self.request.headers.insert(ACCEPT, HeaderValue::from_static(media_types));
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &'static str, text: impl Into<String>) {
        self.request.body = RequestBody::Bytes(Bytes::from(text.into()), media_type.to_owned());
    }

    /// Remembers what is wrong, for when the call is sent.
    pub fn fail(&mut self, error: Error) {
        self.request.fail(error);
    }

    /// A value as JSON, which is what parameters are written from.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Option<Value> {
        match serde_json::to_value(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(Error::invalid_request(name, error.to_string()));
                None
            }
        }
    }

    /// Sends the request, and reads JSON.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.send_whole().await?.decode_buffered(decode_json)
    }

    /// Sends the request, and reads text.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_text(self) -> Result<Response<String>, Error> {
        self.send_whole().await?.decode_buffered(decode_text)
    }

    /// Sends the request, and expects nothing back.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_empty(self) -> Result<Response<()>, Error> {
        self.send_whole().await?.decode_buffered(|bytes| Ok(bytes.map(drop)))
    }

    /// Sends the request; the body of the answer is still to be read.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        execute::execute(self.client, self.request, Reading::Head).await
    }

    /// Sends the request, and collects the body of the answer. One that is cut
    /// short counts as a failed attempt, as nobody has seen any of it.
    pub(crate) async fn send_whole(self) -> Result<RawResponse, Error> {
        execute::execute(self.client, self.request, Reading::Whole).await
    }
}

/// Shows which operation it is of. What was set may be secret.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.request.operation.id).finish_non_exhaustive()
    }
}
