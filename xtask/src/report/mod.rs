//! What a person, or another program, is told.

mod excerpt;
mod findings;
mod outcome;
mod visible;

pub(crate) use findings::findings;
pub(crate) use outcome::Outcome;
pub(crate) use visible::{say, say_json, shortened, visible, warn};

use clap::ValueEnum;

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: findings drawn over the source, and a summary
    Human,
    /// For programs: one JSON object on standard output
    Json,
}
