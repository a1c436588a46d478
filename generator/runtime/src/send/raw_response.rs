//! The response whose body is still to be read.

#[cfg(feature = "raw_responses")]
use http::{HeaderMap, StatusCode};

use super::report::Report;
use super::response_body::ResponseBody;
use crate::runtime::error::{CallMetadata, Error};

/// A success response whose body is still to be read.
///
/// The head says which of the operation's success responses it is; each of the methods
/// that read the body then decodes one of them.
#[derive(Debug)]
pub struct RawResponse {
    pub(crate) body: ResponseBody,
    #[cfg(feature = "raw_responses")]
    /// The longest body that is collected in memory, in bytes.
    pub(crate) limit: u64,
    /// Who watches the call, for when the body cannot be read.
    report: Option<Report>,
}

impl RawResponse {
    #[allow(unused_variables, reason = "what was read into memory needs no limit any more")]
    pub(crate) fn new(body: ResponseBody, limit: u64) -> Self {
        Self {
            body,
            #[cfg(feature = "raw_responses")]
            limit,
            report: None,
        }
    }

    /// With those who watch the call, for when the body cannot be read.
    pub(crate) fn watched_by(self, report: Report) -> Self {
        Self { report: Some(report), ..self }
    }

    /// The call, and the head of its response.
    #[must_use]
    pub fn metadata(&self) -> &CallMetadata {
        self.body.metadata()
    }

    /// Reports an error of its body to those who watch the call.
    pub(crate) fn report(&self, error: &Error) {
        if let Some(report) = &self.report {
            report.failed_late(error);
        }
    }
}

#[cfg(feature = "raw_responses")]
#[allow(dead_code, reason = "downloads, streams and responses of several kinds need different parts of it")]
impl RawResponse {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.metadata().status().unwrap_or_default()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.metadata().headers_or_empty()
    }

    /// The media type without its parameters; empty when there is none.
    #[must_use]
    pub fn media_type(&self) -> &str {
        self.metadata().media_type().unwrap_or_default()
    }

    /// How long the body is, when the server says so and it is not compressed.
    pub(crate) fn expected(&self) -> Option<u64> {
        self.body.expected()
    }

    /// The longest body that is collected in memory.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// The body, to be read as it is received.
    #[must_use]
    pub fn into_body(self) -> ResponseBody {
        self.body
    }
}
