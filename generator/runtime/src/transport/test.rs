//! Testing code that uses this crate, without a network (feature `test`).
//!
//! A [`MockTransport`] takes the place of the HTTP client. It returns the responses that were
//! queued, one for each request, and records the requests. Everything else happens as with a
//! server: credentials, redirects, retries, decoding.
//!
//! ```text
//! let api = MockTransport::new();
//! api.respond(MockResponse::json(200, &serde_json::json!({ "id": "f1" })));
//! let client = Client::builder().http_client(api.clone()).build()?;
//!
//! // … the code under test, with this client …
//!
//! let requests = api.requests();
//! assert_eq!(requests[0].url.path(), "/v1/files/f1");
//! assert!(requests[0].body.is_empty());
//! ```
//!
//! The waits between retries are real, unless a [`Clock`](crate::runtime::Clock) skips them; a test
//! of a single failure sets `RetryPolicy::none()`.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
#[cfg(feature = "events")]
use http::header::CONTENT_TYPE;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use http_body::Body as _;
use serde::Serialize;
use url::Url;

use super::client::{Sending, Transport};
pub use super::error::{TransportError, TransportErrorKind};
use super::message::{HttpRequest, HttpResponse, IncomingBody};
use crate::runtime::body::OutgoingBody;

/// A transport that returns queued responses and records the requests. Its clones share both.
#[derive(Clone, Debug, Default)]
pub struct MockTransport(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Result<MockResponse, TransportErrorKind>>,
    requests: Vec<RecordedRequest>,
}

impl MockTransport {
    /// A transport without responses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Queues a response. A request that finds no response fails with
    /// [`Error::InvalidRequest`](crate::runtime::Error::InvalidRequest).
    pub fn respond(&self, response: MockResponse) {
        self.state().queue.push_back(Ok(response));
    }

    /// Queues an error: the request has no response.
    pub fn fail(&self, kind: TransportErrorKind) {
        self.state().queue.push_back(Err(kind));
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// The number of queued responses and errors that no request has taken.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.state().queue.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a request, and takes the response to it.
    fn take(&self, request: RecordedRequest) -> Result<MockResponse, TransportError> {
        let mut state = self.state();
        let missing = format!("has no response queued for {} {}", request.method, request.url.path());
        state.requests.push(request);
        match state.queue.pop_front() {
            Some(Ok(response)) => Ok(response),
            Some(Err(kind)) => Err(TransportError::new(kind, "an error of the test")),
            None => Err(TransportError::new(TransportErrorKind::Misconfigured, missing)),
        }
    }
}

impl Transport for MockTransport {
    fn send(&self, request: HttpRequest) -> Sending<'_> {
        Box::pin(async {
            let HttpRequest { method, url, headers, body } = request;
            let body = match body {
                Some(body) => collect(body).await?,
                None => Bytes::new(),
            };
            let response = self.take(RecordedRequest { method, url: url.clone(), headers, body })?;
            Ok(HttpResponse { url, response: response.into_http() })
        })
    }
}

async fn collect(mut body: OutgoingBody) -> Result<Bytes, TransportError> {
    let mut bytes = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|error| TransportError::new(TransportErrorKind::Interrupted, error))?;
        if let Ok(piece) = frame.into_data() {
            bytes.extend_from_slice(&piece);
        }
    }
    Ok(bytes.freeze())
}

/// A request as it was sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The URL.
    pub url: Url,
    /// The headers, with the credentials.
    pub headers: HeaderMap,
    /// The body; empty when there is none.
    pub body: Bytes,
}

impl RecordedRequest {
    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// When it is not JSON.
    pub fn json(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// A header, if it is there and text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// A response to queue.
#[derive(Clone, Debug)]
pub struct MockResponse {
    status: StatusCode,
    headers: HeaderMap,
    pieces: Vec<Bytes>,
}

impl MockResponse {
    /// A response without a body.
    ///
    /// # Panics
    ///
    /// When the status is not from 100 to 999.
    #[must_use]
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status has three digits");
        Self { status, headers: HeaderMap::new(), pieces: Vec::new() }
    }

    /// A response with a body of this media type.
    ///
    /// # Panics
    ///
    /// As [`status`](Self::status), and when the media type cannot be in a header.
    #[must_use]
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        Self { pieces: vec![body.into()], ..Self::status(status) }.with_header("content-type", media_type)
    }

    /// A response with a JSON body.
    ///
    /// # Panics
    ///
    /// As [`status`](Self::status), and when the value cannot be JSON.
    #[must_use]
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        let json = serde_json::to_vec(body).expect("the body of a response can be JSON");
        Self::bytes(status, "application/json", json)
    }

    #[cfg(feature = "events")]
    /// A stream of events, each of which is received as a piece of its own. An event has the form
    /// `data: {}`, without the empty line after it.
    #[must_use]
    pub fn events<'e>(events: impl IntoIterator<Item = &'e str>) -> Self {
        let pieces = events.into_iter().map(|event| Bytes::from(format!("{event}\n\n")));
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"))]);
        Self { status: StatusCode::OK, headers, pieces: pieces.collect() }
    }

    /// The same response with a header.
    ///
    /// # Panics
    ///
    /// When the name or the value cannot be in a header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("it is the name of a header");
        self.headers.append(name, HeaderValue::from_str(value).expect("it is the value of a header"));
        self
    }

    fn into_http(self) -> http::Response<IncomingBody> {
        let mut response = http::Response::new(self.pieces.into());
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
