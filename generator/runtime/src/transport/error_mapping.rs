//! What it means that no answer came.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use url::Url;

use crate::runtime::error::{CallMetadata, ConnectError, Error, InterruptedError};
use crate::runtime::request::origin;
use crate::runtime::time::TimeoutKind;
use crate::runtime::value::root_cause;

/// What a caller's HTTP client has to be told when it follows redirects itself.
pub(crate) const NO_REDIRECTS: &str =
    "has to leave redirects alone: build it with `redirect(reqwest::redirect::Policy::none())`";

/// The error of a request that went there and was not answered.
pub(crate) fn map_send_error(
    error: reqwest::Error,
    url: &Url,
    connect_timeout: Duration,
    metadata: &CallMetadata,
) -> Error {
    let error = error.without_url();
    if error.is_builder() {
        return Error::invalid_request("base_url", root_cause(&error)).in_call(metadata);
    }
    if error.is_redirect() {
        let reason = format!("{NO_REDIRECTS} ({})", root_cause(&error));
        return Error::invalid_request("http_client", reason).in_call(metadata);
    }
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Error::timeout(metadata, TimeoutKind::Connect, connect_timeout),
        (true, false) => {
            let (metadata, origin) = (metadata.clone(), origin(url));
            Error::Connect(Box::new(ConnectError { metadata, origin, source: error.into() }))
        }
        (false, _) if is_own_timeout(&error) => {
            Error::timeout(metadata, TimeoutKind::HttpClient, Duration::ZERO)
        }
        (false, _) => {
            let is_unprocessed = is_unprocessed(&error);
            let mut interrupted = InterruptedError::new(metadata.clone(), 0, None, Some(error.into()));
            if is_unprocessed {
                interrupted.set_unprocessed();
            }
            Error::Interrupted(Box::new(interrupted))
        }
    }
}

/// Whether the HTTP client itself ran out of time, and not the connection.
pub(crate) fn is_own_timeout(error: &reqwest::Error) -> bool {
    error.is_timeout() && !causes(error).any(<dyn StdError>::is::<io::Error>)
}

/// Whether the server said that it did nothing with the request: HTTP/2 refuses a
/// stream, or goes away and names the last stream that it saw (RFC 9113, section 8.7).
fn is_unprocessed(error: &reqwest::Error) -> bool {
    causes(error).filter_map(|cause| cause.downcast_ref::<h2::Error>()).any(|error| {
        let reason = error.reason();
        error.is_remote()
            && (error.is_reset() && reason == Some(h2::Reason::REFUSED_STREAM)
                || error.is_go_away() && reason == Some(h2::Reason::NO_ERROR))
    })
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| (*error).source())
}
