//! Requests and responses, as a transport sends and receives them.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Method};
use http_body::{Body, Frame, SizeHint};
use url::Url;

use super::error::TransportError;
use crate::runtime::body::OutgoingBody;

/// A request, with its credentials.
#[derive(Debug)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The URL.
    pub url: Url,
    /// The headers. Those with secrets are marked as sensitive.
    pub headers: HeaderMap,
    /// The body, which is a [`Body`] of bytes.
    pub body: Option<OutgoingBody>,
}

impl HttpRequest {
    pub(crate) fn new(method: Method, url: Url) -> Self {
        Self { method, url, headers: HeaderMap::new(), body: None }
    }
}

/// The head of a response, and its body, which is still to be read.
#[derive(Debug)]
pub struct HttpResponse {
    /// The URL that it is from: that of the request, unless redirects were followed.
    pub url: Url,
    /// The response.
    pub response: http::Response<IncomingBody>,
}

/// The body of a response, as it is received.
pub struct IncomingBody(Pin<Box<dyn Body<Data = Bytes, Error = TransportError> + Send + Sync>>);

impl IncomingBody {
    /// Any body of bytes. Trailers are ignored.
    pub fn new(body: impl Body<Data = Bytes, Error = TransportError> + Send + Sync + 'static) -> Self {
        Self(Box::pin(body))
    }
}

impl Body for IncomingBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0.as_mut().poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl From<Bytes> for IncomingBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(InMemory(vec![bytes].into_iter()))
    }
}

/// Pieces that are received one by one.
impl From<Vec<Bytes>> for IncomingBody {
    fn from(pieces: Vec<Bytes>) -> Self {
        Self::new(InMemory(pieces.into_iter()))
    }
}

impl fmt::Debug for IncomingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IncomingBody")
    }
}

struct InMemory(std::vec::IntoIter<Bytes>);

impl Body for InMemory {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.next().map(|piece| Ok(Frame::data(piece))))
    }
}
