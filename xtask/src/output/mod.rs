//! A file tree and a folder on disk: what differs, and how the folder becomes the tree.
//!
//! Owned files are those that the folder's lock file lists. Anything else in the
//! folder belongs to somebody else and is never touched.

mod diff;
mod exclusive;
mod journal;
mod stage;
mod survey;
mod switch;
#[cfg(test)]
mod tests;

pub(crate) use diff::short_diff;
pub(crate) use exclusive::Exclusive;
pub(crate) use journal::is_interrupted;
pub(crate) use survey::{Difference, Refusal, Survey, survey};
pub(crate) use switch::{recover, switch};

use std::path::Component;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

/// Where `path` of the output is on disk.
///
/// Paths come from lock files and journals too, which anybody may have edited: one that leads out
/// of the folder, upwards or through a link, is refused.
fn place(out: &Path, path: &str) -> Result<PathBuf> {
    let relative = Path::new(path);
    let is_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(is_inside && !path.is_empty(), "{path:?} is not a path inside the output");
    let mut place = out.to_owned();
    for part in relative.components() {
        place.push(part);
        let is_link = place.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        ensure!(!is_link, "{} is a link, and what it leads to is not ours to write", place.display());
    }
    Ok(place)
}
