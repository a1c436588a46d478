//! Errors on the caller's side: an argument, a file, a credential.

use std::error::Error as StdError;
use std::fmt;
#[cfg(feature = "body_errors")]
use std::io;

#[cfg(feature = "auth")]
use super::kinds::BoxError;
use super::metadata::CallMetadata;
use crate::runtime::operation::Operation;
use crate::runtime::value::one_line;
#[cfg(feature = "auth")]
use crate::runtime::value::root_cause;

/// An argument or setting is invalid; nothing was sent.
#[derive(Debug)]
pub struct InvalidRequestError {
    argument: String,
    reason: String,
    call: Option<CallMetadata>,
}

impl InvalidRequestError {
    pub(crate) fn new(argument: String, reason: String) -> Self {
        Self { argument, reason, call: None }
    }

    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        self.call.as_ref().map(CallMetadata::operation)
    }

    pub(crate) fn set_call(&mut self, call: &CallMetadata) {
        self.call.get_or_insert_with(|| call.clone());
    }

    /// The argument or setting that is invalid.
    #[must_use]
    pub fn argument(&self) -> &str {
        &self.argument
    }

    /// What is wrong with it.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for InvalidRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.argument, one_line(&self.reason))?;
        let Some(call) = &self.call else { return Ok(()) };
        write!(f, " ({} {})", call.operation().method, call.path())
    }
}

impl StdError for InvalidRequestError {}

#[cfg(feature = "body_errors")]
/// A file, reader, writer or stream of the caller failed.
#[derive(Debug)]
pub struct BodyError {
    pub(crate) metadata: Option<CallMetadata>,
    pub(crate) source: io::Error,
}

#[cfg(feature = "body_errors")]
impl BodyError {
    /// The error that it returned.
    #[must_use]
    pub fn io_error(&self) -> &io::Error {
        &self.source
    }
}

#[cfg(feature = "body_errors")]
impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "reading or writing the body failed: {}", one_line(&self.source.to_string()))?;
        self.metadata.as_ref().map_or(Ok(()), |metadata| write!(f, " ({metadata})"))
    }
}

#[cfg(feature = "body_errors")]
impl StdError for BodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

#[cfg(feature = "auth")]
/// A credential could not be obtained.
#[derive(Debug)]
pub struct CredentialError {
    pub(crate) metadata: CallMetadata,
    pub(crate) scheme: &'static str,
    pub(crate) is_transient: bool,
    pub(crate) source: BoxError,
}

#[cfg(feature = "auth")]
impl CredentialError {
    /// The security scheme that it is for, as the API's document names it.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Whether it may be obtained later: the token server is busy, or cannot be reached.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.is_transient
    }
}

#[cfg(feature = "auth")]
impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the credential for {} could not be obtained: {} ({})",
            self.scheme,
            root_cause(&*self.source),
            self.metadata
        )
    }
}

#[cfg(feature = "auth")]
impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
