//! The body of a response, as it is received.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::Body as _;

use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::time::{TimeoutKind, Timeouts, within};
use crate::runtime::transport::{IncomingBody, TransportError, TransportErrorKind};
use crate::runtime::value::root_cause;

/// The body of a response: a stream of pieces that ends in an error when it is cut
/// short, or when a timeout expires.
///
/// After an error, and after the end, it yields nothing more. Dropping it closes the
/// connection, unless it has ended.
#[derive(Debug)]
pub struct ResponseBody {
    source: Source,
    metadata: CallMetadata,
    received: u64,
    expected: Option<u64>,
}

/// Where the rest of a body comes from.
#[derive(Debug)]
enum Source {
    /// From the connection.
    Live(IncomingBody, Timeouts),
    /// From memory.
    Whole(Bytes),
    /// There is no more.
    Ended,
}

impl ResponseBody {
    /// A body of `expected` bytes, when that is known.
    pub(crate) fn new(
        body: IncomingBody,
        metadata: CallMetadata,
        timeouts: Timeouts,
        expected: Option<u64>,
    ) -> Self {
        Self { source: Source::Live(body, timeouts), metadata, received: 0, expected }
    }

    /// The call, and the head of its response.
    #[must_use]
    pub fn metadata(&self) -> &CallMetadata {
        &self.metadata
    }

    #[cfg(feature = "raw_responses")]
    /// Its length in bytes, when the server says so and it is not compressed.
    #[must_use]
    #[allow(dead_code, reason = "downloads and streams need different ones")]
    pub fn expected(&self) -> Option<u64> {
        self.expected
    }

    #[cfg(feature = "raw_responses")]
    /// How many bytes of it were received so far.
    #[must_use]
    #[allow(dead_code, reason = "downloads and streams need different ones")]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The next piece; `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads all of it into memory, from where it is still to be taken.
    ///
    /// # Errors
    ///
    /// As [`collect`](Self::collect).
    pub(crate) async fn buffer(&mut self, limit: u64) -> Result<(), Error> {
        let bytes = self.collect(limit).await?;
        self.expected = Some(bytes.len() as u64);
        self.received = 0;
        self.source = Source::Whole(bytes);
        Ok(())
    }

    /// What was read into memory.
    pub(crate) fn take_buffered(&mut self) -> Bytes {
        match std::mem::replace(&mut self.source, Source::Ended) {
            Source::Whole(bytes) => bytes,
            Source::Live(..) | Source::Ended => unreachable!("it was read into memory"),
        }
    }

    /// All of it, if it is no longer than `limit`.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is longer, and any error of the connection.
    pub async fn collect(&mut self, limit: u64) -> Result<Bytes, Error> {
        if self.expected.is_some_and(|expected| expected > limit) {
            return Err(self.too_long(limit, Bytes::new()));
        }
        let mut parts = Parts::default();
        while let Some(part) = self.chunk().await {
            match part {
                Ok(part) if self.received > limit => {
                    parts.push(part);
                    return Err(self.too_long(limit, parts.join()));
                }
                Ok(part) => parts.push(part),
                Err(error) => return Err(with_partial(error, parts.join())),
            }
        }
        Ok(parts.join())
    }

    /// As much of it as is received in this time, up to `limit` bytes. For the bodies of
    /// errors, where a part is better than another error.
    pub(crate) async fn collect_partially(&mut self, (limit, time): (u64, Duration)) -> Bytes {
        let Source::Live(_, timeouts) = &self.source else {
            return self.collect(limit).await.unwrap_or_default();
        };
        let clock = timeouts.clock();
        let mut parts = Parts::default();
        let reading = async {
            while let Some(Ok(part)) = self.chunk().await {
                parts.push(part);
                if self.received > limit {
                    break;
                }
            }
        };
        within(&*clock, time, pin!(reading)).await;
        parts.join()
    }

    fn too_long(&self, limit: u64, mut start: Bytes) -> Error {
        const KEPT: usize = 4096;
        start.truncate(KEPT);
        Error::unexpected(
            &self.metadata,
            format!("the body is longer than the limit of {limit} bytes"),
            start,
        )
    }

    /// Whether the body is complete at its end.
    fn end(&self) -> Option<Result<Bytes, Error>> {
        let missing = self.expected.is_some_and(|expected| self.received != expected);
        missing.then(|| Err(Error::interrupted(&self.metadata, self.received, self.expected, None)))
    }

    fn failed(&self, error: TransportError) -> Error {
        let (kind, source) = (error.kind(), error.into_source());
        match kind {
            TransportErrorKind::Encoding => {
                let reason = format!("its content encoding is invalid: {}", root_cause(&*source));
                Error::unexpected(&self.metadata, reason, Bytes::new())
            }
            TransportErrorKind::Timeout => {
                Error::timeout(&self.metadata, TimeoutKind::HttpClient, Duration::ZERO)
            }
            _ => Error::interrupted(&self.metadata, self.received, self.expected, Some(source)),
        }
    }

    fn poll_part(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let (body, timeouts) = match &mut self.source {
            Source::Live(body, timeouts) => (body, timeouts),
            Source::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                self.source = Source::Ended;
                return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
            }
            Source::Ended => return Poll::Ready(None),
        };
        loop {
            let expired = match Pin::new(&mut *body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    timeouts.reset();
                    match (timeouts.overdue(), frame.into_data()) {
                        (Some(expired), _) => expired,
                        (None, Ok(data)) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                        // Trailers and empty pieces say nothing to anyone.
                        (None, _) => continue,
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    #[cfg(feature = "bodies")]
                    if let Some(source) = timeouts.source_failure() {
                        return Poll::Ready(Some(Err(Error::body(source).in_call(&self.metadata))));
                    }
                    return Poll::Ready(Some(Err(self.failed(error))));
                }
                Poll::Ready(None) => return Poll::Ready(self.end()),
                Poll::Pending => ready!(timeouts.poll_expired(context)),
            };
            return Poll::Ready(Some(Err(Error::timeout(&self.metadata, expired.0, expired.1))));
        }
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let next = ready!(this.poll_part(context));
        match &next {
            Some(Ok(part)) => this.received += part.len() as u64,
            Some(Err(_)) | None => this.source = Source::Ended,
        }
        Poll::Ready(next)
    }
}

/// Pieces of a body. A body in one piece, as most are, is not copied.
#[derive(Default)]
struct Parts {
    first: Bytes,
    rest: Option<BytesMut>,
}

impl Parts {
    fn push(&mut self, part: Bytes) {
        match &mut self.rest {
            Some(rest) => rest.extend_from_slice(&part),
            None if self.first.is_empty() => self.first = part,
            None => {
                let mut all = BytesMut::with_capacity((self.first.len() + part.len()) * 2);
                all.extend_from_slice(&self.first);
                all.extend_from_slice(&part);
                self.rest = Some(all);
            }
        }
    }

    fn join(self) -> Bytes {
        self.rest.map_or(self.first, BytesMut::freeze)
    }
}

/// Adds the bytes that were received before the connection broke.
pub(crate) fn with_partial(mut error: Error, partial: Bytes) -> Error {
    if let Error::Interrupted(interrupted) = &mut error {
        interrupted.set_partial(partial);
    }
    error
}
