//! Why a request has no response, or its response no end.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::error::BoxError;

/// An error of a [`Transport`](super::Transport).
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// What kind of error it is, which decides whether the request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection could not be established; the request was not sent.
    Connect,
    /// The connection could not be established in time; the request was not sent.
    ConnectTimeout,
    /// A timeout of the HTTP client expired.
    Timeout,
    /// The server said that it did not process the request (RFC 9113, section 8.7).
    NotProcessed,
    /// The connection broke.
    Interrupted,
    /// The body is not what its `Content-Encoding` says.
    Encoding,
    /// The request is not valid, for instance its URL; nothing was sent.
    InvalidRequest,
    /// The HTTP client cannot send the request as it is set up.
    Misconfigured,
}

impl TransportError {
    /// An error of this kind.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into() }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Its cause.
    #[must_use]
    pub fn into_source(self) -> BoxError {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "the connection could not be established",
            TransportErrorKind::ConnectTimeout => "the connection could not be established in time",
            TransportErrorKind::Timeout => "a timeout of the HTTP client expired",
            TransportErrorKind::NotProcessed => "the server did not process the request",
            TransportErrorKind::Interrupted => "the connection broke",
            TransportErrorKind::Encoding => "the content encoding is invalid",
            TransportErrorKind::InvalidRequest => "the request is invalid",
            TransportErrorKind::Misconfigured => "the HTTP client cannot send the request",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
