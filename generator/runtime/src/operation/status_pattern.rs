//! The statuses that a response is declared for.

use http::StatusCode;

/// The statuses that a response is declared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
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
