//! Which bodies the error responses of an operation have, by status.

use http::StatusCode;

use super::status_pattern::StatusPattern;
use crate::errors::ErrorBody;

/// Decodes the body of an error response.
pub(crate) type ErrorDecoder = fn(&[u8]) -> Result<ErrorBody, serde_json::Error>;

/// The body of an error response, by status.
#[derive(Debug)]
pub struct ErrorCase {
    status: StatusPattern,
    decode: ErrorDecoder,
}

impl ErrorCase {
    /// Responses with such a status are decoded by `decode`.
    #[must_use]
    pub const fn new(status: StatusPattern, decode: ErrorDecoder) -> Self {
        Self { status, decode }
    }

    /// The body, from the first of the most specific cases that it fits.
    pub(crate) fn decode(cases: &[Self], status: StatusCode, json: &[u8]) -> Option<ErrorBody> {
        (0..=2)
            .flat_map(|rank| cases.iter().filter(move |case| case.status.rank() == rank))
            .filter(|case| case.status.covers(status))
            .find_map(|case| (case.decode)(json).ok())
    }
}
