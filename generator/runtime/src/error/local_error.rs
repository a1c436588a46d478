//! Failures on the caller's side: an argument, a file, a credential.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use super::kinds::BoxError;
use super::metadata::CallMetadata;
use crate::runtime::operation::Operation;
use crate::runtime::value::{one_line, root_cause};

/// The request cannot be sent as it is; nothing was.
pub struct InvalidRequestError {
    argument: String,
    reason: String,
    operation: Option<&'static Operation>,
}

impl InvalidRequestError {
    pub(crate) fn new(argument: String, reason: String) -> Self {
        Self { argument, reason, operation: None }
    }

    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    pub(crate) fn set_operation(&mut self, operation: &'static Operation) {
        self.operation.get_or_insert(operation);
    }

    /// The argument or setting that is to blame.
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
        self.operation.map_or(Ok(()), |operation| write!(f, " ({} {})", operation.method, operation.path))
    }
}

impl fmt::Debug for InvalidRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvalidRequestError")
            .field("argument", &self.argument)
            .field("reason", &self.reason)
            .field("operation", &self.operation.map(|operation| operation.id))
            .finish()
    }
}

impl StdError for InvalidRequestError {}

/// The file, reader or writer that the caller gave failed.
#[derive(Debug)]
pub struct BodyError {
    pub(crate) metadata: Option<CallMetadata>,
    pub(crate) source: io::Error,
}

impl BodyError {
    /// What it said.
    #[must_use]
    pub fn io_error(&self) -> &io::Error {
        &self.source
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the caller's file or stream failed: {}", one_line(&self.source.to_string()))?;
        self.metadata.as_ref().map_or(Ok(()), |metadata| write!(f, " ({metadata})"))
    }
}

impl StdError for BodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

/// A credential could not be obtained.
#[derive(Debug)]
pub struct CredentialError {
    pub(crate) metadata: CallMetadata,
    pub(crate) scheme: &'static str,
    pub(crate) is_transient: bool,
    pub(crate) source: BoxError,
}

impl CredentialError {
    /// The security scheme that it is for, as the API's document names it.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Whether it may well be obtained later: the token server is busy, or out of reach.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.is_transient
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no credential for {}: {} ({})", self.scheme, root_cause(&*self.source), self.metadata)
    }
}

impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
