//! Errors of the network: no connection, a timeout, a broken connection.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::kinds::BoxError;
use super::metadata::CallMetadata;
use crate::runtime::time::TimeoutKind;
use crate::runtime::value::root_cause;

/// The connection could not be established; the request was not sent.
#[derive(Debug)]
pub struct ConnectError {
    pub(crate) metadata: CallMetadata,
    pub(crate) origin: String,
    pub(crate) source: BoxError,
}

impl ConnectError {
    /// Scheme, host and port of the server.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = root_cause(&*self.source);
        write!(f, "the connection to {} could not be established: {cause} ({})", self.origin, self.metadata)
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// A timeout expired.
#[derive(Debug)]
pub struct TimeoutError {
    pub(crate) metadata: CallMetadata,
    pub(crate) kind: TimeoutKind,
    pub(crate) limit: Duration,
}

impl TimeoutError {
    /// Which timeout expired.
    #[must_use]
    pub fn kind(&self) -> TimeoutKind {
        self.kind
    }

    /// How long it was; zero for [`TimeoutKind::HttpClient`], where it is not known.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = self.limit;
        match self.kind {
            TimeoutKind::Connect => write!(f, "no connection within {limit:?}")?,
            TimeoutKind::Read => write!(f, "the server sent nothing for {limit:?}")?,
            TimeoutKind::Total => write!(f, "the call took longer than {limit:?}")?,
            TimeoutKind::HttpClient => f.write_str("a timeout of the HTTP client expired")?,
        }
        write!(f, " ({})", self.metadata)
    }
}

impl StdError for TimeoutError {}

/// The connection broke before the response was complete.
#[derive(Debug)]
pub struct InterruptedError {
    pub(crate) metadata: CallMetadata,
    received: u64,
    expected: Option<u64>,
    partial: Bytes,
    is_unprocessed: bool,
    source: Option<BoxError>,
}

impl InterruptedError {
    pub(crate) fn new(
        metadata: CallMetadata,
        received: u64,
        expected: Option<u64>,
        source: Option<BoxError>,
    ) -> Self {
        Self { metadata, received, expected, partial: Bytes::new(), is_unprocessed: false, source }
    }

    /// Records that the server did not process the request.
    pub(crate) fn set_unprocessed(&mut self) {
        self.is_unprocessed = true;
    }

    /// Whether the server said that it did not process the request (HTTP/2: RFC 9113,
    /// section 8.7). Then it can be sent again whatever it is.
    #[must_use]
    pub fn is_unprocessed(&self) -> bool {
        self.is_unprocessed
    }

    pub(crate) fn set_partial(&mut self, partial: Bytes) {
        self.partial = self.metadata.mask(partial);
    }

    /// How many bytes of the body were received.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// How many bytes the server announced.
    #[must_use]
    pub fn expected(&self) -> Option<u64> {
        self.expected
    }

    /// The bytes that were received, when the body was being collected; empty when it was
    /// streamed, as the caller has them already. The credentials of the request are
    /// masked with `*`.
    #[must_use]
    pub fn partial_body(&self) -> &Bytes {
        &self.partial
    }
}

impl fmt::Display for InterruptedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.metadata.status(), self.expected) {
            (None, _) => f.write_str("the connection broke before the response")?,
            (Some(_), Some(expected)) => {
                write!(
                    f,
                    "the connection broke after {} of {expected} bytes of the response",
                    self.received
                )?;
            }
            (Some(_), None) => {
                write!(f, "the connection broke after {} bytes of the response", self.received)?;
            }
        }
        if let Some(source) = self.source() {
            write!(f, ": {}", root_cause(source))?;
        }
        write!(f, " ({}", self.metadata)?;
        if let Some(status) = self.metadata.status() {
            write!(f, ", status {}", status.as_u16())?;
        }
        f.write_str(")")
    }
}

impl StdError for InterruptedError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
