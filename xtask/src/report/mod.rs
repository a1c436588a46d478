//! Reports a run: to a person, or to another program.

mod diagnostics;
mod excerpt;
mod outcome;
mod visible;

pub(crate) use diagnostics::diagnostics;
pub(crate) use outcome::Outcome;
pub(crate) use visible::{say, say_json, shortened, visible, warn};

use clap::ValueEnum;

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: diagnostics drawn over the source, and a summary
    Human,
    /// For programs: one JSON object on standard output
    Json,
}
