//! Errors of the transport, as errors of a call.

use std::time::Duration;

use url::Url;

use crate::runtime::error::{CallMetadata, ConnectError, Error, InterruptedError};
use crate::runtime::request::{LONGEST_URL, origin};
use crate::runtime::time::TimeoutKind;
use crate::runtime::transport::{TransportError, TransportErrorKind as Kind};
use crate::runtime::value::root_cause;

/// The error of a request that was sent and has no response.
pub(crate) fn send_error(
    error: TransportError,
    url: &Url,
    connect_timeout: Duration,
    metadata: &CallMetadata,
) -> Error {
    let (kind, source) = (error.kind(), error.into_source());
    match kind {
        Kind::InvalidRequest if url.as_str().len() > LONGEST_URL => {
            let reason =
                format!("is too long: it has {} bytes, and may have {LONGEST_URL}", url.as_str().len());
            Error::invalid_request("url", reason).in_call(metadata)
        }
        Kind::InvalidRequest => Error::invalid_request("base_url", root_cause(&*source)).in_call(metadata),
        Kind::Misconfigured => Error::invalid_request("http_client", root_cause(&*source)).in_call(metadata),
        Kind::ConnectTimeout => Error::timeout(metadata, TimeoutKind::Connect, connect_timeout),
        Kind::Connect => {
            let (metadata, origin) = (metadata.clone(), origin(url));
            Error::Connect(Box::new(ConnectError { metadata, origin, source }))
        }
        Kind::Timeout => Error::timeout(metadata, TimeoutKind::HttpClient, Duration::ZERO),
        Kind::NotProcessed => {
            let mut interrupted = InterruptedError::new(metadata.clone(), 0, None, Some(source));
            interrupted.set_unprocessed();
            Error::Interrupted(Box::new(interrupted))
        }
        Kind::Interrupted | Kind::Encoding => Error::interrupted(metadata, 0, None, Some(source)),
    }
}
