//! Error responses.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::metadata::CallMetadata;
use crate::errors::ErrorBody;
#[cfg(feature = "error_bodies")]
use crate::runtime::operation::ErrorCase;
use crate::runtime::operation::Method;
use crate::runtime::value::{one_line, to_utf8, without_mark};

/// The server returned an error status.
pub struct ApiError {
    pub(crate) metadata: CallMetadata,
    status: StatusCode,
    body: ErrorBody,
    raw: Bytes,
    message: Option<String>,
}

impl ApiError {
    /// Reads an error response. Whatever its body is, it becomes an [`ErrorBody`].
    pub(crate) fn new(metadata: CallMetadata, status: StatusCode, raw: Bytes) -> Self {
        let raw = metadata.mask(raw);
        let text = to_utf8(raw.clone(), metadata.header("content-type").unwrap_or_default());
        let json = without_mark(text.clone());
        let value = serde_json::from_slice::<Value>(&json).ok();
        let message = value.as_ref().and_then(find_message);
        let body = match value {
            _ if raw.is_empty() => ErrorBody::Empty,
            Some(value) => ErrorBody::Json(value),
            None => ErrorBody::Text(String::from_utf8_lossy(&text).into_owned()),
        };
        #[cfg(feature = "error_bodies")]
        let body = ErrorCase::decode(metadata.operation().errors, status, &json).unwrap_or(body);
        Self { metadata, status, body, raw, message }
    }

    /// Replaces the message, for a response that is an error for a reason of our own.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.message = Some(note.to_owned());
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The body, decoded as the API's document declares it for this status.
    #[must_use]
    pub fn body(&self) -> &ErrorBody {
        &self.body
    }

    /// The body as it was received. The credentials of the request are masked with `*`.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.raw
    }

    /// The message in the body, if it is in one of the usual properties.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.metadata.headers_or_empty()
    }

    /// The id that the server gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.metadata.request_id()
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> Method {
        self.metadata.operation().method
    }

    /// The path of the request, with its parameters in braces.
    #[must_use]
    pub fn route(&self) -> &str {
        self.metadata.path()
    }

    /// The number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.metadata.attempts()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if let Some(reason) = self.status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        match (&self.message, &self.body) {
            (Some(message), _) => write!(f, ": {}", one_line(message))?,
            (None, ErrorBody::Text(text)) if !text.contains('<') => write!(f, ": {}", one_line(text))?,
            _ => {}
        }
        write!(f, " ({})", self.metadata)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("body", &self.body)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}

/// The message in the properties where APIs put it: `message`, `error.message`,
/// `error`, `detail`, `detail[0].msg`, `errors[0]`, `title`.
fn find_message(body: &Value) -> Option<String> {
    match body {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => find_message(items.first()?),
        Value::Object(members) => {
            const KEYS: [&str; 8] =
                ["message", "msg", "error", "error_description", "detail", "errors", "title", "reason"];
            let message = KEYS.iter().find_map(|key| find_message(members.get(*key)?))?;
            let place = members.get("loc").and_then(Value::as_array).map(|loc| join(loc));
            Some(place.map_or_else(|| message.clone(), |place| format!("{place}: {message}")))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// A validation error's place: `["body", "purpose"]` is `body.purpose`.
fn join(place: &[Value]) -> String {
    let parts: Vec<String> =
        place.iter().map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect();
    parts.join(".")
}
