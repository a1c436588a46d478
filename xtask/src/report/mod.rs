//! What a person, or another program, is told.

mod findings;
mod outcome;

pub(crate) use findings::findings;
pub(crate) use outcome::Outcome;

use clap::ValueEnum;

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: findings drawn over the source, and a summary
    Human,
    /// For programs: one JSON object on standard output
    Json,
}
