//! Requests that the API's document lacks.

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::request::call_options;
#[cfg(feature = "downloads")]
use crate::runtime::response::Download;
use crate::runtime::response::{Response, decode_json};
#[cfg(feature = "events")]
use crate::runtime::stream::EventStream;
use crate::runtime::value::Style;

/// Request builder for [`Client::request`](crate::runtime::Client::request).
///
/// It is sent like any other request: with the credentials of the client, retries, timeouts and hooks.
#[derive(Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct CustomRequest {
    call: Call,
}

impl CustomRequest {
    pub(super) fn new(mut call: Call, path: &str) -> Self {
        call.request.set_own_path(path);
        Self { call }
    }

    /// Sets what is in braces in the path: `id` in `/files/{id}`. Slashes in the value are encoded.
    pub fn path_param(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.call.path(name, Style::Simple, &value);
        self
    }

    #[cfg(feature = "bodies")]
    /// Sends JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.call.json(value);
        self
    }

    /// Sends the request, and reads JSON of any type. A response without a body is read as `null`.
    ///
    /// # Errors
    ///
    /// [`Error::Api`] for an error response, or another [`Error`] when there is no usable response.
    pub async fn send<T: DeserializeOwned>(self) -> Result<T, Error> {
        Ok(self.send_with_response().await?.into_value())
    }

    /// Like [`send`](Self::send), but returns the status, headers and request id with the value.
    ///
    /// # Errors
    ///
    /// The same as for [`send`](Self::send).
    pub async fn send_with_response<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let or_null = |body: Bytes| if body.is_empty() { Bytes::from_static(b"null") } else { body };
        self.call.send_whole().await?.decode_buffered(|response| decode_json(response.map(or_null)))
    }

    /// Like [`send_with_response`](Self::send_with_response), but returns the body as it was received.
    ///
    /// # Errors
    ///
    /// The same as for [`send`](Self::send).
    pub async fn send_bytes(self) -> Result<Response<Bytes>, Error> {
        self.call.send_whole().await?.decode_buffered(|response| Ok(response.undecoded()))
    }

    #[cfg(feature = "downloads")]
    /// Like [`send`](Self::send), but returns the body as a download.
    ///
    /// # Errors
    ///
    /// The same as for [`send`](Self::send).
    pub async fn send_download(self) -> Result<Download, Error> {
        Ok(self.call.send_download().await?.into_value())
    }

    #[cfg(feature = "events")]
    /// Like [`send`](Self::send), but returns server-sent events, whose data is JSON.
    ///
    /// # Errors
    ///
    /// The same as for [`send`](Self::send).
    pub async fn send_events<T: DeserializeOwned>(self) -> Result<EventStream<T>, Error> {
        Ok(self.call.send_events().await?.into_value())
    }
}

call_options!(CustomRequest);
