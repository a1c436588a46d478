//! Sending a call and reading its response: as JSON, as text, or as nothing.

use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::typed::Response;
use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::send::{Buffering, RawResponse, execute};
use crate::runtime::value::without_mark;

impl Call<'_> {
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

    /// Sends the request, and ignores the body of the response.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_empty(self) -> Result<Response<()>, Error> {
        self.send_whole().await?.decode_buffered(|bytes| Ok(bytes.map(drop)))
    }

    /// Sends the request; the body of the response is still to be read.
    ///
    /// # Errors
    ///
    /// Any [`Error`].
    pub async fn send_raw(self) -> Result<RawResponse, Error> {
        execute(self.core, self.request, Buffering::HeadOnly).await
    }

    /// Sends the request, and collects the body of the response. One that is cut
    /// short counts as a failed attempt, as nobody has seen any of it.
    pub(crate) async fn send_whole(self) -> Result<RawResponse, Error> {
        execute(self.core, self.request, Buffering::WholeBody).await
    }
}

impl RawResponse {
    /// The body as it was received.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is longer than the limit, and any error of the connection.
    pub async fn bytes(self) -> Result<Response<Bytes>, Error> {
        self.read(Ok).await
    }

    async fn read<T>(
        mut self,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let bytes = self.body.collect(self.limit).await;
        self.decoded(bytes, decode)
    }

    /// Decodes a body that was read ahead.
    pub(crate) fn decode_buffered<T>(
        mut self,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let bytes = self.body.take_buffered();
        self.decoded(Ok(bytes), decode)
    }

    fn decoded<T>(
        self,
        bytes: Result<Bytes, Error>,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let metadata = self.metadata().clone();
        let value = bytes.and_then(|bytes| decode(Response::new(bytes, metadata)));
        value.inspect_err(|error| self.report(error))
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and [`Error::Decode`] when it is not JSON of this type.
    pub async fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.read(decode_json).await
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and [`Error::Decode`] when it is not UTF-8.
    pub async fn text(self) -> Result<Response<String>, Error> {
        self.read(decode_text).await
    }

    /// Nothing: the body is read, so that the connection can be used again, and dropped.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    pub async fn empty(self) -> Result<Response<()>, Error> {
        Ok(self.bytes().await?.map(drop))
    }

    /// The same response, if its body may be a stream of this kind: its media type is
    /// one of those, or says nothing. Any other body would look like an empty stream.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] with the beginning of the body.
    pub(crate) async fn expecting(mut self, kind: &str, is_of_kind: fn(&str) -> bool) -> Result<Self, Error> {
        /// The media types of servers that send streams without declaring them.
        const VAGUE: [&str; 3] = ["", "text/plain", "application/octet-stream"];
        /// How much of the body is read, and for how long at most.
        const KEPT: (u64, Duration) = (16 * 1024, Duration::from_secs(10));
        let own = self.media_type();
        if is_of_kind(own) || VAGUE.iter().any(|vague| own.eq_ignore_ascii_case(vague)) {
            return Ok(self);
        }
        let reason = format!("expected {kind}, got {own}");
        let metadata = self.metadata().clone();
        Err(Error::unexpected(&metadata, reason, self.body.collect_partially(KEPT).await))
    }
}

/// Decodes JSON: the one step of a call that is compiled for each type.
pub(crate) fn decode_json<T: DeserializeOwned>(response: Response<Bytes>) -> Result<Response<T>, Error> {
    let response = response.map(without_mark);
    match serde_json::from_slice(response.value()) {
        Ok(value) => Ok(response.map(|_| value)),
        Err(error) => Err(Error::decode_json(response.metadata(), error, response.value().clone())),
    }
}

/// Decodes text, which is UTF-8 and nothing else.
pub(crate) fn decode_text(response: Response<Bytes>) -> Result<Response<String>, Error> {
    match std::str::from_utf8(response.value()) {
        Ok(text) => {
            let text = text.to_owned();
            Ok(response.map(|_| text))
        }
        Err(error) => {
            let reason = format!("the body is not UTF-8: {error}");
            Err(Error::unexpected(response.metadata(), reason, response.value().clone()))
        }
    }
}
