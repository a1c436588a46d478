//! The response whose body is still to be read.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::report::Report;
use super::response_body::ResponseBody;
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::operation::StatusPattern;

/// A success response whose body is still to be read.
///
/// The head says which of the operation's success responses it is; each of the methods
/// that read the body then decodes one of them.
#[derive(Debug)]
pub struct RawResponse {
    status: StatusCode,
    pub(crate) body: ResponseBody,
    pub(crate) limit: u64,
    /// Who watches the call, for when the body cannot be read.
    report: Option<Report>,
}

impl RawResponse {
    pub(crate) fn new(status: StatusCode, body: ResponseBody, limit: u64) -> Self {
        Self { status, body, limit, report: None }
    }

    /// With those who watch the call, for when the body cannot be read.
    pub(crate) fn watched_by(self, report: Report) -> Self {
        Self { report: Some(report), ..self }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
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

    /// The call, and the head of its response.
    #[must_use]
    pub fn metadata(&self) -> &CallMetadata {
        self.body.metadata()
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

    /// Reports an error of its body to those who watch the call.
    pub(crate) fn report(&self, error: &Error) {
        if let Some(report) = &self.report {
            report.failed_late(error);
        }
    }

    /// Which of these declared responses it is: by the most specific status, and then by
    /// media type, of which an empty one stands for no body. When only the media type
    /// differs it is the first of its status, as servers are careless with it.
    #[must_use]
    pub fn pick(&self, kinds: &[(StatusPattern, &str)]) -> Option<usize> {
        let own = self.media_type();
        let rank = |status: &StatusPattern, documented: &str| {
            (status.rank(), !is_media_type(own, documented), documented.is_empty() != own.is_empty())
        };
        let places = kinds.iter().enumerate().filter(|(_, (status, _))| status.covers(self.status));
        places.min_by_key(|(_, (status, documented))| rank(status, documented)).map(|(index, _)| index)
    }

    /// The error of a response that the operation does not declare.
    #[must_use]
    pub fn unexpected(self) -> Error {
        let reason = format!("status {} with `{}` is not documented", self.status, self.media_type());
        let error = Error::unexpected(self.metadata(), reason, Bytes::new());
        self.report(&error);
        error
    }
}

/// Whether a media type is the one that a document names, which may be a range
/// such as `text/*` and have parameters.
fn is_media_type(media_type: &str, documented: &str) -> bool {
    let documented = documented.split(';').next().unwrap_or_default().trim();
    match documented.split_once('/') {
        None | Some(("*", "*")) => true,
        Some((kind, "*")) => media_type.split('/').next().is_some_and(|own| own.eq_ignore_ascii_case(kind)),
        Some(_) => media_type.eq_ignore_ascii_case(documented),
    }
}
