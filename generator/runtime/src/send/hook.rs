//! Hooks: code of the caller that sees every attempt of every call.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use url::Url;

use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::operation::Method;
use crate::runtime::request::without_secrets;

/// Code that is called around every attempt: to count, to log, to add headers.
///
/// All methods do nothing by default. They are called in the task of the call, so they
/// should not block. The credentials of the client are added after
/// [`before_attempt`](Self::before_attempt), so no hook ever sees one. Other headers
/// that hold secrets, of a request or of a response, are marked as sensitive, so that
/// no `Debug` shows them.
///
/// A hook can sign requests: it sees the method, the URL and the body as they are sent, and adds headers.
/// It is called for each attempt, so that each signature has a time of its own.
///
/// ```
/// use sdk_runtime::hook::{Attempt, Hook, RequestHead};
///
/// struct Signer {
///     key: Vec<u8>,
/// }
///
/// impl Hook for Signer {
///     fn before_attempt(&self, _: &Attempt<'_>, request: &mut RequestHead<'_>) {
///         // A body that is not in memory has no signature.
///         let Some(body) = request.body else { return };
///         let (path, query) = (request.url.path(), request.url.query().unwrap_or_default());
///         let head = format!("{} {path}?{query}\n", request.method);
///         let text = [head.as_bytes(), body].concat();
///         let value = sign(&self.key, &text).try_into().expect("a signature is hexadecimal");
///         request.headers.insert("x-signature", value);
///     }
/// }
/// # /// Stands in for the HMAC-SHA256 of a crate such as `hmac`, in hexadecimal.
/// # fn sign(_key: &[u8], text: &[u8]) -> String {
/// #     format!("{:x}", text.len())
/// # }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Called before a request is sent. Its headers can still be changed.
    fn before_attempt(&self, attempt: &Attempt<'_>, request: &mut RequestHead<'_>) {
        let _ = (attempt, request);
    }

    /// Called after the head of a response was received, whatever its status.
    fn after_response(&self, attempt: &Attempt<'_>, response: &ResponseHead<'_>) {
        let _ = (attempt, response);
    }

    /// Called after an attempt failed: with an error status, without a response, or with
    /// one that could not be decoded. It is not called for later errors of a stream or a
    /// download.
    fn on_error(&self, attempt: &Attempt<'_>, error: &Error) {
        let _ = (attempt, error);
    }

    /// Called before the wait for another attempt.
    fn before_retry(&self, attempt: &Attempt<'_>, wait: Duration) {
        let _ = (attempt, wait);
    }
}

/// Which attempt of which call it is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The `operationId` in the API's document.
    pub operation_id: &'a str,
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub route: &'a str,
    /// Counted from 1.
    pub number: u32,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(call: &'a CallMetadata) -> Self {
        let operation = call.operation();
        let (operation_id, method) = (operation.id, operation.method);
        Self { operation_id, method, route: call.path(), number: call.attempts() }
    }
}

/// A request that is about to be sent, without its credentials.
#[non_exhaustive]
pub struct RequestHead<'a> {
    /// The method.
    pub method: Method,
    /// The URL.
    pub url: &'a Url,
    /// Its headers. The HTTP client adds those of the connection and of the body's length.
    pub headers: &'a mut HeaderMap,
    /// Its body; empty without one. `None` when it is not in memory: a file, a reader or a stream, or a form
    /// with files.
    pub body: Option<&'a [u8]>,
}

/// Shows no query, as there may be a key in it, and no body.
impl fmt::Debug for RequestHead<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestHead")
            .field("method", &self.method)
            .field("url", &without_secrets(self.url.as_str()))
            .field("headers", &self.headers)
            .field("body_length", &self.body.map(<[u8]>::len))
            .finish()
    }
}

/// The head of a response.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ResponseHead<'a> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: &'a HeaderMap,
}
