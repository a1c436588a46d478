//! What can go wrong with a call: one enum, small enough to pass around.

use std::error::Error as StdError;
use std::fmt;
#[cfg(feature = "body_errors")]
use std::io;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::api_error::ApiError;
use super::decode_error::DecodeError;
#[cfg(feature = "body_errors")]
use super::local_error::BodyError;
#[cfg(feature = "auth")]
use super::local_error::CredentialError;
use super::local_error::InvalidRequestError;
use super::metadata::CallMetadata;
use super::retryable::{is_retryable_response, retry_after};
use super::transport_error::{ConnectError, InterruptedError, TimeoutError};
use crate::runtime::time::TimeoutKind;

/// Any error, as the source of ours.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call failed.
///
/// The message is one line that names the operation, and never contains a
/// credential. The variants hold what the server sent; the methods read what all of
/// them have in common.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The server returned an error status.
    Api(Box<ApiError>),
    /// The connection could not be established; the request was not sent.
    Connect(Box<ConnectError>),
    /// A timeout expired.
    Timeout(Box<TimeoutError>),
    /// The response is a success, but could not be decoded as the operation declares it.
    Decode(Box<DecodeError>),
    /// An argument or setting is invalid; nothing was sent.
    InvalidRequest(Box<InvalidRequestError>),
    #[cfg(feature = "body_errors")]
    /// A file, reader, writer or stream of the caller failed.
    Body(Box<BodyError>),
    /// The connection broke before the response was complete.
    Interrupted(Box<InterruptedError>),
    #[cfg(feature = "auth")]
    /// A credential could not be obtained.
    Credential(Box<CredentialError>),
}

impl Error {
    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.metadata()?.status()
    }

    /// The headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.metadata()?.headers()
    }

    /// The id that the server gave the request. Include it when you contact the API's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.metadata()?.request_id()
    }

    /// The number of attempts; 0 when the request was invalid.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.metadata().map_or(0, CallMetadata::attempts)
    }

    /// The `operationId` in the API's document.
    #[must_use]
    pub fn operation_id(&self) -> Option<&'static str> {
        match self {
            Self::InvalidRequest(error) => error.operation().map(|operation| operation.id),
            _ => self.metadata().map(|metadata| metadata.operation().id),
        }
    }

    /// How long the server asks to wait before another attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, std::time::SystemTime::now())
    }

    /// Whether the same call may succeed later: no connection, a timeout, a broken
    /// connection, or a status such as 503. Whether the server may have processed the
    /// request already is another question; see [`RetryPolicy`](crate::runtime::RetryPolicy).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => is_retryable_response(error.status(), error.headers()),
            Self::Connect(_) | Self::Interrupted(_) => true,
            Self::Timeout(error) => error.kind() != TimeoutKind::Total,
            #[cfg(feature = "auth")]
            Self::Credential(error) => error.is_transient(),
            _ => false,
        }
    }

    /// Whether a timeout expired.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Why the call was not retried, when a retry might have helped.
    #[must_use]
    pub fn not_retried_because(&self) -> Option<&'static str> {
        self.metadata()?.not_retried()
    }

    /// The call that it belongs to, and its response.
    pub(crate) fn metadata(&self) -> Option<&CallMetadata> {
        match self {
            Self::Api(error) => Some(&error.metadata),
            Self::Connect(error) => Some(&error.metadata),
            Self::Timeout(error) => Some(&error.metadata),
            Self::Decode(error) => Some(&error.metadata),
            Self::Interrupted(error) => Some(&error.metadata),
            #[cfg(feature = "body_errors")]
            Self::Body(error) => error.metadata.as_ref(),
            #[cfg(feature = "auth")]
            Self::Credential(error) => Some(&error.metadata),
            Self::InvalidRequest(_) => None,
        }
    }

    /// Records why the call was not retried.
    pub(crate) fn not_retried(mut self, reason: &'static str) -> Self {
        match &mut self {
            Self::Api(error) => error.metadata.set_not_retried(reason),
            Self::Connect(error) => error.metadata.set_not_retried(reason),
            Self::Timeout(error) => error.metadata.set_not_retried(reason),
            Self::Interrupted(error) => error.metadata.set_not_retried(reason),
            #[cfg(feature = "auth")]
            Self::Credential(error) => error.metadata.set_not_retried(reason),
            _ => {}
        }
        self
    }

    /// The request cannot be sent because of this argument.
    pub(crate) fn invalid_request(argument: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::InvalidRequest(Box::new(InvalidRequestError::new(argument.into(), reason.into())))
    }

    #[cfg(feature = "body_errors")]
    /// A file, reader or writer of the caller failed.
    pub(crate) fn body(source: io::Error) -> Self {
        Self::Body(Box::new(BodyError { metadata: None, source }))
    }

    /// The connection broke after `received` of `expected` bytes of the body.
    pub(crate) fn interrupted(
        metadata: &CallMetadata,
        received: u64,
        expected: Option<u64>,
        source: Option<BoxError>,
    ) -> Self {
        Self::Interrupted(Box::new(InterruptedError::new(metadata.clone(), received, expected, source)))
    }

    /// A timeout of `limit` expired.
    pub(crate) fn timeout(metadata: &CallMetadata, kind: TimeoutKind, limit: Duration) -> Self {
        Self::Timeout(Box::new(TimeoutError { metadata: metadata.clone(), kind, limit }))
    }

    /// The response is not what the operation declares, for a reason other than its JSON.
    pub(crate) fn unexpected(metadata: &CallMetadata, reason: impl Into<String>, raw: bytes::Bytes) -> Self {
        Self::Decode(Box::new(DecodeError::unexpected(metadata.clone(), reason.into(), raw)))
    }

    /// The response is JSON of another type, or no JSON.
    pub(crate) fn decode_json(metadata: &CallMetadata, source: serde_json::Error, raw: bytes::Bytes) -> Self {
        Self::Decode(Box::new(DecodeError::json(metadata.clone(), source, raw)))
    }

    /// Records which call it belongs to, unless that is known already.
    pub(crate) fn in_call(mut self, metadata: &CallMetadata) -> Self {
        if let Self::InvalidRequest(error) = &mut self {
            error.set_call(metadata);
        }
        #[cfg(feature = "body_errors")]
        if let Self::Body(error) = &mut self
            && error.metadata.is_none()
        {
            error.metadata = Some(metadata.clone());
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Connect(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
            #[cfg(feature = "body_errors")]
            Self::Body(error) => error.fmt(f),
            Self::Interrupted(error) => error.fmt(f),
            #[cfg(feature = "auth")]
            Self::Credential(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Api(_) | Self::Timeout(_) | Self::InvalidRequest(_) => None,
            Self::Connect(error) => error.source(),
            Self::Decode(error) => error.source(),
            #[cfg(feature = "body_errors")]
            Self::Body(error) => error.source(),
            Self::Interrupted(error) => error.source(),
            #[cfg(feature = "auth")]
            Self::Credential(error) => error.source(),
        }
    }
}
