//! Which call a response or an error belongs to, and the head of the response.
//!
//! Every [`Response`](crate::runtime::Response) and nearly every
//! [`Error`](crate::runtime::Error) has a [`CallMetadata`], so that none of them loses
//! the status, the headers or the number of attempts.

use std::fmt;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
#[cfg(feature = "streams")]
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use http::header::{CONTENT_LOCATION, HeaderName, LINK, LOCATION, REFRESH};
use http::{HeaderMap, StatusCode, Version};

use super::secrets::Secrets;
use crate::runtime::operation::Operation;
use crate::runtime::value::{is_secret, one_line};

/// The headers with the id of a request, the usual ones first.
const REQUEST_ID_HEADERS: [&str; 6] =
    ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray", "x-trace-id"];

/// The suffixes of the headers that some servers use instead, after a name of their own.
const REQUEST_ID_ENDINGS: [&str; 2] = ["-request-id", "-correlation-id"];

/// The headers that hold a URL, in whose query there may be a key.
const URL_HEADERS: [HeaderName; 4] = [CONTENT_LOCATION, LINK, LOCATION, REFRESH];

/// A call of an operation, and the head of the response once there is one.
#[derive(Clone)]
pub struct CallMetadata {
    operation: &'static Operation,
    /// The path, where the document has no operation for it.
    own_path: Option<Arc<str>>,
    attempts: u32,
    head: Option<Arc<Head>>,
    /// Why it was not retried, when a retry might have helped.
    not_retried: Option<&'static str>,
    /// The secrets that the request was sent with. They are never shown.
    secrets: Option<Arc<Secrets>>,
    /// Whether the server said that the request is completed.
    is_completed: bool,
}

/// Status and headers of a response.
struct Head {
    status: StatusCode,
    version: Version,
    headers: HeaderMap,
}

impl CallMetadata {
    /// A call after so many attempts, without a response.
    #[must_use]
    pub fn new(operation: &'static Operation, attempts: u32) -> Self {
        Self {
            operation,
            own_path: None,
            attempts,
            head: None,
            not_retried: None,
            secrets: None,
            is_completed: false,
        }
    }

    /// The same call with this path, if there is one, in place of the operation's.
    pub(crate) fn with_own_path(mut self, path: Option<&Arc<str>>) -> Self {
        self.own_path = path.map(Arc::clone);
        self
    }

    /// The path, with its parameters in braces.
    pub(crate) fn path(&self) -> &str {
        self.own_path.as_deref().unwrap_or(self.operation.path)
    }

    /// Records which secrets it is sent with.
    pub(crate) fn set_secrets(&mut self, secrets: Secrets) {
        self.secrets = Some(Arc::new(secrets));
    }

    #[cfg(feature = "oauth")]
    /// The secrets that it was sent with.
    pub(crate) fn secrets(&self) -> Option<&Secrets> {
        self.secrets.as_deref()
    }

    /// The same call, with the head of its response.
    #[must_use]
    pub fn with_response(mut self, status: StatusCode, version: Version, headers: HeaderMap) -> Self {
        self.head = Some(Arc::new(Head { status, version, headers }));
        self
    }

    /// Records that the server has completed the request, and only the response is missing.
    pub(crate) fn set_completed(&mut self) {
        self.is_completed = true;
    }

    /// Whether the server said that the request is completed.
    pub(crate) fn is_completed(&self) -> bool {
        self.is_completed
    }

    /// A body without the secrets that the request was sent with.
    pub(crate) fn mask(&self, body: Bytes) -> Bytes {
        match &self.secrets {
            Some(secrets) => secrets.mask(body),
            None => body,
        }
    }

    /// A text without the secrets that the request was sent with.
    pub(crate) fn mask_text(&self, text: String) -> String {
        String::from_utf8_lossy(&self.mask(text.into())).into_owned()
    }

    /// The headers of the response. Those that may hold or repeat a secret are marked as
    /// sensitive, so that no `Debug` shows them.
    pub(crate) fn marked_headers(&self) -> HeaderMap {
        let mut headers = self.headers_or_empty().clone();
        for (name, value) in &mut headers {
            let text = Bytes::copy_from_slice(value.as_bytes());
            let is_of_secrets = is_secret(name.as_str()) || URL_HEADERS.contains(name);
            value.set_sensitive(is_of_secrets || self.mask(text.clone()) != text);
        }
        headers
    }

    /// Records why it was not retried, when a retry might have helped.
    pub(crate) fn set_not_retried(&mut self, reason: &'static str) {
        self.not_retried = Some(reason);
    }

    /// Why it was not retried, when a retry might have helped.
    #[must_use]
    pub fn not_retried(&self) -> Option<&'static str> {
        self.not_retried
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|head| head.status)
    }

    #[cfg(feature = "streams")]
    /// Whether the response says where its body ends (RFC 9112, section 6.3), so that one that was cut
    /// short is an error. Otherwise it goes on until the connection is closed, for whatever reason.
    pub(crate) fn has_known_end(&self) -> bool {
        let headers = self.headers_or_empty();
        self.version() >= Some(Version::HTTP_2)
            || headers.contains_key(CONTENT_LENGTH)
            || headers.contains_key(TRANSFER_ENCODING)
            || headers.contains_key(CONTENT_ENCODING)
    }

    /// The version of HTTP of the response.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.head.as_ref().map(|head| head.version)
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.head.as_ref().map(|head| &head.headers)
    }

    /// The headers of the response; empty without one.
    pub(crate) fn headers_or_empty(&self) -> &HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        self.headers().unwrap_or(&NONE)
    }

    /// A header of the response, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()?.get(name)?.to_str().ok()
    }

    /// The id that the server gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let is_own = |name: &str| REQUEST_ID_ENDINGS.iter().any(|ending| name.ends_with(ending));
        REQUEST_ID_HEADERS.iter().find_map(|name| self.header(name)).or_else(|| {
            let name = self.headers()?.keys().find(|name| is_own(name.as_str()))?;
            self.header(name.as_str())
        })
    }

    /// The media type of the response without its parameters, as the server wrote it.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or(value).trim())
    }
}

/// In a message: `GET /v1/files, request id 4f2a, 3 attempts`.
impl fmt::Display for CallMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation.method, self.path())?;
        if let Some(id) = self.request_id() {
            write!(f, ", request id {}", one_line(&self.mask_text(id.to_owned())))?;
        }
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        if let Some(reason) = self.not_retried {
            write!(f, ", not retried: {reason}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for CallMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallMetadata")
            .field("operation", &self.operation.id)
            .field("attempts", &self.attempts)
            .field("not_retried", &self.not_retried)
            .field("status", &self.status())
            .field("version", &self.version())
            .field("headers", &self.marked_headers())
            .finish_non_exhaustive()
    }
}
