//! A value, with the head of its response.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Version};

use serde_json::Value;

use crate::runtime::error::{CallMetadata, Error};

/// A value that the server returned, and the head of the response.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    metadata: CallMetadata,
    /// What the value was decoded from.
    body: Bytes,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, metadata: CallMetadata) -> Self {
        Self { value, metadata, body: Bytes::new() }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same response with another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: change(self.value), metadata: self.metadata, body: self.body }
    }

    /// The body that the value was decoded from, as the server sent it. It is empty for streams and
    /// downloads, whose bodies are read later.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON: with the properties that the type of the value does not know.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is not JSON, or was not read into memory.
    pub fn json(&self) -> Result<Value, Error> {
        let json = serde_json::from_slice(&self.body);
        json.map_err(|error| Error::decode_json(&self.metadata, error, self.body.clone()))
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.metadata.status().unwrap_or_default()
    }

    /// The call, and the head of its response.
    pub(crate) fn metadata(&self) -> &CallMetadata {
        &self.metadata
    }

    /// The version of HTTP.
    #[must_use]
    pub fn version(&self) -> Version {
        self.metadata.version().unwrap_or_default()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.metadata.headers_or_empty()
    }

    /// The id that the server gave the request. Include it when you contact the API's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.metadata.request_id()
    }

    /// The number of attempts; 1 without retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.metadata.attempts()
    }

    /// The `operationId` in the API's document.
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.metadata.operation().id
    }
}

impl Response<Bytes> {
    /// The same response with what its body was decoded into.
    pub(crate) fn with_value<T>(self, value: T) -> Response<T> {
        Response { value, metadata: self.metadata, body: self.value }
    }

    /// The same response, whose body is its value.
    pub(crate) fn undecoded(self) -> Self {
        let body = self.value.clone();
        self.with_value(body)
    }
}

/// Does not show the body, of which the value was made.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}
