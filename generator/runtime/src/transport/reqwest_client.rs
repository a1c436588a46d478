//! The HTTP client `reqwest` as a transport. Its types are known here alone.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::client::{HttpClient, NO_REDIRECTS, Sending, Transport};
use super::error::{TransportError, TransportErrorKind};
use super::message::{HttpRequest, HttpResponse, IncomingBody};
use crate::runtime::value::root_cause;

/// The settings of the HTTP client.
pub type HttpClientBuilder = reqwest::ClientBuilder;

/// Changes the settings of the HTTP client.
pub(crate) type Configure = Box<dyn FnOnce(HttpClientBuilder) -> HttpClientBuilder + Send + Sync>;

/// A new HTTP client, with changed settings where there are any.
///
/// # Errors
///
/// One of kind [`Misconfigured`](TransportErrorKind::Misconfigured).
pub(crate) fn new_client(
    configure: Option<Configure>,
    connect_timeout: Duration,
) -> Result<HttpClient, TransportError> {
    let builder = reqwest::Client::builder();
    let builder = match configure {
        Some(configure) => configure(builder),
        None => builder,
    };
    let client = builder
        .redirect(reqwest::redirect::Policy::none())
        // The retries are ours. Without the zero each request is copied for one of its own.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .referer(false)
        .connect_timeout(connect_timeout)
        .build();
    match client {
        Ok(client) => Ok(client.into()),
        Err(error) => Err(TransportError::new(TransportErrorKind::Misconfigured, error)),
    }
}

impl Transport for reqwest::Client {
    fn send(&self, request: HttpRequest) -> Sending<'_> {
        let mut outgoing = reqwest::Request::new(request.method, request.url);
        *outgoing.headers_mut() = request.headers;
        *outgoing.body_mut() = request.body.map(|body| match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => reqwest::Body::wrap(body),
        });
        let pending = self.execute(outgoing);
        Box::pin(async {
            let response = pending.await.map_err(send_error)?;
            let url = response.url().clone();
            let response = http::Response::<reqwest::Body>::from(response);
            Ok(HttpResponse { url, response: response.map(|body| IncomingBody::new(ReceivedBody(body))) })
        })
    }
}

/// The body of a response, with errors of ours.
struct ReceivedBody(reqwest::Body);

impl Body for ReceivedBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context).map_err(body_error)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// The error of a request without a response.
fn send_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_redirect() {
        let reason = format!("{NO_REDIRECTS} ({})", root_cause(&error));
        return TransportError::new(TransportErrorKind::Misconfigured, reason);
    }
    let kind = match (error.is_connect(), error.is_timeout()) {
        _ if error.is_builder() => TransportErrorKind::InvalidRequest,
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, _) if is_own_timeout(&error) => TransportErrorKind::Timeout,
        (false, _) if is_unprocessed(&error) => TransportErrorKind::NotProcessed,
        (false, _) => TransportErrorKind::Interrupted,
    };
    TransportError::new(kind, error)
}

/// The error of a body that is being received.
fn body_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if is_bad_encoding(&error) {
        TransportErrorKind::Encoding
    } else if is_own_timeout(&error) {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, error)
}

/// Whether a timeout of the HTTP client expired, and not one of the connection.
fn is_own_timeout(error: &reqwest::Error) -> bool {
    error.is_timeout() && !causes(error).any(<dyn StdError>::is::<io::Error>)
}

/// Whether the server said that it did not process the request: HTTP/2 refuses a
/// stream, or goes away and names the last stream that it saw (RFC 9113, section 8.7).
fn is_unprocessed(error: &reqwest::Error) -> bool {
    causes(error).filter_map(|cause| cause.downcast_ref::<h2::Error>()).any(|error| {
        let reason = error.reason();
        error.is_remote()
            && (error.is_reset() && reason == Some(h2::Reason::REFUSED_STREAM)
                || error.is_go_away() && reason == Some(h2::Reason::NO_ERROR))
    })
}

/// Whether the bytes were received, but are not what `Content-Encoding` says. The decoder's
/// error is right below those of `reqwest`; the connection's is below one of `hyper`,
/// also when the decoder was the first to see it.
fn is_bad_encoding(error: &(dyn StdError + 'static)) -> bool {
    if let Some(io) = error.downcast_ref::<io::Error>() {
        return match io.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>()) {
            Some(inner) => is_bad_encoding(inner),
            None => matches!(
                io.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other
            ),
        };
    }
    error.is::<reqwest::Error>() && error.source().is_some_and(is_bad_encoding)
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| (*error).source())
}
