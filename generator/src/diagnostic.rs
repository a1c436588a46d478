//! What can be wrong with a document, and where.
//!
//! Stages add to one [`Diagnostics`]; the driver stops at its gates. Rendering
//! is the caller's business: everything that it needs is plain data here.

use crate::document::Location;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The crate is generated, and the reader should know.
    Warning,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name such as `ref-dangling`, in kebab-case; a waiver names it.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it: lower case, no full stop.
    pub help: String,
    /// Where it is.
    pub location: Location,
}

/// The findings so far, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        location: impl Into<Location>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Error, code, location.into(), message.into(), help.into());
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        location: impl Into<Location>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Warning, code, location.into(), message.into(), help.into());
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        location: Location,
        message: String,
        help: String,
    ) {
        let new = Diagnostic { severity, code, message, help, location };
        // The same schema can be reached along several paths.
        if !self.found.contains(&new) {
            self.found.push(new);
        }
    }

    /// Whether anything stands in the way of generating.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// The findings, in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Gives `value` when there is one and nothing is wrong; all findings otherwise.
    pub(crate) fn gate<T>(&mut self, value: Option<T>) -> Result<T, Diagnostics> {
        match value {
            Some(value) if !self.has_errors() => Ok(value),
            _ => Err(std::mem::take(self)),
        }
    }
}
