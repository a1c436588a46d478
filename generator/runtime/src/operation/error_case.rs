//! Which bodies the error responses of an operation have, by status.

use http::StatusCode;

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

/// The statuses that a response is declared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// This one.
    Code(u16),
    /// A hundred of them, by their first digit: `4XX`.
    Range(u8),
    /// All that are not declared.
    Default,
}

impl StatusPattern {
    /// Whether this status is one of them.
    #[must_use]
    pub fn covers(self, status: StatusCode) -> bool {
        match self {
            Self::Code(code) => status == code,
            Self::Range(digit) => status.as_u16() / 100 == u16::from(digit),
            Self::Default => true,
        }
    }

    /// How specific it is; the lower, the more.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Code(_) => 0,
            Self::Range(_) => 1,
            Self::Default => 2,
        }
    }
}
