//! What is wrong with the input, and where.
//!
//! The bottom of the generator: files with their text, places in them, and what is reported about
//! those. Every stage adds to one [`Diagnostics`]; showing them is the caller's business. Knows neither
//! YAML, JSON nor TOML: who reads a file says how its text is scanned for positions.

mod characters;
mod index;
mod list;
mod pointer;
pub(crate) mod reading;
mod ruler;
mod source;

pub use characters::is_harmful;
pub use list::Diagnostics;
pub use pointer::Pointer;
pub use ruler::Position;
pub use source::Source;

pub(crate) use characters::clean;
pub(crate) use index::{Builder, Index};
pub(crate) use ruler::Ruler;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The crate is generated, and the reader should know.
    Warning,
}

/// One thing that is wrong with the input, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// Where that is in the text of its file. Set at the gates; `None` for what
    /// stands in no text, like a setting.
    pub position: Option<Position>,
    /// Why the settings made a warning of this error.
    pub waived: Option<String>,
    /// What is generated in place of the fault, where that made a warning of this error.
    pub reading: Option<&'static str>,
    /// Whether there is a reading of the fault, so that a waiver in strict settings would make a warning
    /// of this error. Not so where there is nothing to go on with, as with a document that cannot be read.
    pub is_waivable: bool,
}

/// A place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// The place in it.
    pub pointer: Pointer,
}

impl Location {
    /// The whole of the file `name`.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { file: name.to_owned(), pointer: Pointer::default() }
    }
}

impl From<&Location> for Location {
    fn from(location: &Location) -> Self {
        location.clone()
    }
}
