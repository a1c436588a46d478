//! Why a webhook is not accepted.

use std::error::Error as StdError;
use std::fmt;

/// Why a webhook is not accepted, or cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The secret is not base64, or is empty.
    InvalidSecret,
    /// A header is missing, or is not text.
    MissingHeader {
        /// The name of the header.
        name: String,
    },
    /// The time of the request is not a number of seconds.
    InvalidTimestamp,
    /// The request is older than the tolerance, or as far in the future: it may be one that was sent before.
    OutsideTolerance,
    /// No signature is made with any of the secrets: the request comes from somebody else, or was changed.
    NoMatch,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidSecret => f.write_str("the secret of a webhook is empty or not base64"),
            Self::MissingHeader { name } => {
                write!(f, "the header `{name}` of a webhook is missing or not text")
            }
            Self::InvalidTimestamp => f.write_str("the time of a webhook is not a number of seconds"),
            Self::OutsideTolerance => f.write_str("the time of a webhook is too far from now"),
            Self::NoMatch => f.write_str("the signature of a webhook is not made with any of the secrets"),
        }
    }
}

impl StdError for SignatureError {}
