//! Answers: the value with everything that came along, and the answer whose body is still to be read.

use std::fmt;
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use http::{HeaderMap, StatusCode, Version};
use serde::de::DeserializeOwned;

use super::error::Error;
use super::exchange::Exchange;
use super::report::Report;
use super::response_body::ResponseBody;
use super::sdk::StatusPattern;

/// A value that the server answered with, and the head of the answer.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    exchange: Exchange,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, exchange: Exchange) -> Self {
        Self { value, exchange }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same answer with another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: change(self.value), exchange: self.exchange }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.exchange.status().unwrap_or_default()
    }

    /// Which call it answers.
    pub(crate) fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// The version of HTTP.
    #[must_use]
    pub fn version(&self) -> Version {
        self.exchange.version().unwrap_or_default()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.exchange.headers_or_none()
    }

    /// The id that the server gave the request: what its support will ask for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.exchange.request_id()
    }

    /// How many times the request was sent; 1 without retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.exchange.attempts()
    }

    /// The id of the operation in the API's document.
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.exchange.operation().id
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("value", &self.value).field("exchange", &self.exchange).finish()
    }
}

/// An answer of success whose body is still to be read.
///
/// The head says which of the operation's kinds of success it is; each of the
/// methods below then reads the body as one of them.
#[derive(Debug)]
pub struct RawResponse {
    status: StatusCode,
    body: ResponseBody,
    limit: u64,
    /// Who is told when the body cannot be read.
    report: Option<Report>,
}

impl RawResponse {
    pub(crate) fn new(status: StatusCode, body: ResponseBody, limit: u64) -> Self {
        Self { status, body, limit, report: None }
    }

    /// Has it told to those who watch the call when the body cannot be read.
    pub(crate) fn watched_by(self, report: Report) -> Self {
        Self { report: Some(report), ..self }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.exchange().headers_or_none()
    }

    /// The media type without its parameters; empty when the server gives none.
    #[must_use]
    pub fn media_type(&self) -> &str {
        self.exchange().media_type().unwrap_or_default()
    }

    /// Which call it answers.
    #[must_use]
    pub fn exchange(&self) -> &Exchange {
        self.body.exchange()
    }

    /// How long the body is, when the server says so and it is not compressed.
    pub(crate) fn expected(&self) -> Option<u64> {
        self.body.expected()
    }

    /// The longest body that is collected in memory.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// The body as it comes.
    #[must_use]
    pub fn into_body(self) -> ResponseBody {
        self.body
    }

    /// The body as it came, as a whole.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is longer than the client allows, and what reading it ends in.
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
        let exchange = self.exchange().clone();
        let value = bytes.and_then(|bytes| decode(Response::new(bytes, exchange)));
        value.inspect_err(|error| self.report.iter().for_each(|report| report.failed_late(error)))
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

    /// Nothing: what there is of a body is read, so that the connection can be used again, and dropped.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    pub async fn empty(self) -> Result<Response<()>, Error> {
        Ok(self.bytes().await?.map(drop))
    }

    /// The same answer, if its body may be a stream of this kind: its media type is
    /// one of those, or says nothing. Any other body would pass for an empty stream,
    /// as there is nothing in it that a stream could give.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] with the beginning of the body.
    pub(crate) async fn expecting(mut self, kind: &str, is_of_kind: fn(&str) -> bool) -> Result<Self, Error> {
        /// What servers say that send streams and know nothing of them.
        const VAGUE: [&str; 3] = ["", "text/plain", "application/octet-stream"];
        /// How much of the body is read, and for how long at most.
        const KEPT: (u64, Duration) = (16 * 1024, Duration::from_secs(10));
        let own = self.media_type();
        if is_of_kind(own) || VAGUE.iter().any(|vague| own.eq_ignore_ascii_case(vague)) {
            return Ok(self);
        }
        let reason = format!("expected {kind}, and got {own}");
        let exchange = self.exchange().clone();
        Err(Error::unexpected(&exchange, reason, self.body.collect_what_comes(KEPT).await))
    }

    /// Which of these kinds of success it is: by the most specific status, and
    /// then by media type, of which an empty one stands for no body. When only the
    /// media type differs it is the first of its status, as servers are careless with it.
    #[must_use]
    pub fn pick(&self, kinds: &[(StatusPattern, &str)]) -> Option<usize> {
        let own = self.media_type();
        let rank = |status: &StatusPattern, documented: &str| {
            (status.rank(), !is_media_type(own, documented), documented.is_empty() != own.is_empty())
        };
        let places = kinds.iter().enumerate().filter(|(_, (status, _))| status.covers(self.status));
        places.min_by_key(|(_, (status, documented))| rank(status, documented)).map(|(index, _)| index)
    }

    /// None of the operation's kinds of success.
    #[must_use]
    pub fn unexpected(self) -> Error {
        let reason = format!("status {} with `{}` is not documented", self.status, self.media_type());
        let error = Error::unexpected(self.exchange(), reason, Bytes::new());
        self.report.iter().for_each(|report| report.failed_late(&error));
        error
    }
}

/// What some servers put before their text. Parsers of JSON may ignore it (RFC
/// 8259, section 8.1).
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The same JSON without a byte order mark.
pub(crate) fn without_mark(mut json: Bytes) -> Bytes {
    if json.starts_with(BYTE_ORDER_MARK) {
        json.advance(BYTE_ORDER_MARK.len());
    }
    json
}

/// Decodes JSON: the one step of a call that is compiled for each type.
pub(crate) fn decode_json<T: DeserializeOwned>(response: Response<Bytes>) -> Result<Response<T>, Error> {
    let response = response.map(without_mark);
    match serde_json::from_slice(response.value()) {
        Ok(value) => Ok(response.map(|_| value)),
        Err(error) => Err(Error::decode_json(&response.exchange, error, response.value)),
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
            Err(Error::unexpected(&response.exchange, reason, response.value))
        }
    }
}

/// Whether a media type is the one that a document names, which may be a range
/// such as `text/*` and have parameters.
fn is_media_type(media_type: &str, documented: &str) -> bool {
    let documented = documented.split(';').next().unwrap_or_default().trim();
    match documented.split_once('/') {
        None | Some(("*", "*")) => true,
        Some((kind, "*")) => media_type.split('/').next().is_some_and(|own| own.eq_ignore_ascii_case(kind)),
        Some(_) => media_type.eq_ignore_ascii_case(documented),
    }
}
