//! Sending a call and reading its response: as JSON, as text, or as nothing.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::typed::Response;
use crate::runtime::call::{Call, CallFuture};
use crate::runtime::error::Error;
use crate::runtime::send::{Buffering, RawResponse, execute};
use crate::runtime::value::{reader, without_mark};

#[allow(dead_code, reason = "not every API has responses of each kind")]
impl Call {
    /// Sends the request, and reads JSON.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.send_whole().await?.decode_buffered(decode_json)
    }

    #[cfg(feature = "text_responses")]
    /// Sends the request, and reads text.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_text(self) -> Result<Response<String>, Error> {
        self.send_whole().await?.decode_buffered(decode_text)
    }

    #[cfg(feature = "empty_responses")]
    /// Sends the request, and ignores the body of the response.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_empty(self) -> Result<Response<()>, Error> {
        self.send_whole().await?.decode_buffered(|bytes| Ok(bytes.with_value(())))
    }

    /// The call that is under way once it is awaited, and its value.
    #[must_use]
    pub fn json_value<T: DeserializeOwned + Send + 'static>(self) -> CallFuture<T> {
        Box::pin(async move { self.send_json().await.map(Response::into_value) })
    }

    #[cfg(feature = "text_responses")]
    /// The same for text.
    #[must_use]
    pub fn text_value(self) -> CallFuture<String> {
        Box::pin(async move { self.send_text().await.map(Response::into_value) })
    }

    #[cfg(feature = "empty_responses")]
    /// The same for a response that is ignored.
    #[must_use]
    pub fn empty(self) -> CallFuture<()> {
        Box::pin(async move { self.send_empty().await.map(Response::into_value) })
    }

    #[cfg(feature = "raw_responses")]
    /// Sends the request; the body of the response is still to be read.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        execute(&self.core, self.request, Buffering::HeadOnly).await
    }

    /// Sends the request, and collects the body of the response. One that is cut
    /// short counts as a failed attempt, as nobody has seen any of it.
    pub(crate) async fn send_whole(self) -> Result<RawResponse, Error> {
        execute(&self.core, self.request, Buffering::WholeBody).await
    }
}

impl RawResponse {
    /// Decodes a body that was read ahead.
    pub(crate) fn decode_buffered<T>(
        mut self,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let bytes = self.body.take_buffered();
        self.decoded(Ok(bytes), decode)
    }

    pub(crate) fn decoded<T>(
        self,
        bytes: Result<Bytes, Error>,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let metadata = self.metadata().clone();
        let value = bytes.and_then(|bytes| decode(Response::new(bytes, metadata)));
        value.inspect_err(|error| self.report(error))
    }
}

/// Decodes JSON: the one step of a call that is compiled for each type.
pub(crate) fn decode_json<T: DeserializeOwned>(response: Response<Bytes>) -> Result<Response<T>, Error> {
    let response = response.map(without_mark);
    match reader::from_slice(response.value()) {
        Ok(value) => Ok(response.with_value(value)),
        Err(error) => Err(Error::decode_json(response.metadata(), error, response.value().clone())),
    }
}

#[cfg(feature = "text_responses")]
/// Decodes text, which is UTF-8 and nothing else.
pub(crate) fn decode_text(response: Response<Bytes>) -> Result<Response<String>, Error> {
    match std::str::from_utf8(response.value()) {
        Ok(text) => {
            let text = text.to_owned();
            Ok(response.with_value(text))
        }
        Err(error) => {
            let reason = format!("the body is not UTF-8: {error}");
            Err(Error::unexpected(response.metadata(), reason, response.value().clone()))
        }
    }
}
