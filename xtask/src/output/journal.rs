//! What a run is about to do, written down before it starts.
//!
//! The journal appears in one rename. Before that nothing has happened; after it, whoever comes next
//! can finish or undo the work, because every file is there, be it in place, staged or kept.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use sdk_generator::lock::{self, Lock};
use serde::{Deserialize, Serialize};

use super::Output;
use super::staging::{self, FOLDER};

const JOURNAL: &str = ".regen/journal.json";
const DRAFT: &str = ".regen/journal.draft";

/// The files that change.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Journal {
    /// Files to put in place, from where they are staged.
    pub(super) writes: Vec<Step>,
    /// Files to remove.
    pub(super) removals: Vec<Step>,
}

/// A file that changes.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Step {
    /// Its path in the output.
    pub(super) path: String,
    /// The hash of the text it had, if it was there.
    pub(super) old: Option<String>,
    /// The hash of the text it gets, if it stays.
    pub(super) new: Option<String>,
}

impl Output<'_> {
    /// Whether a run was stopped in the middle, and waits to be finished or undone.
    pub(crate) fn is_interrupted(&self) -> Result<bool> {
        self.exists(JOURNAL)
    }
}

impl Journal {
    /// Reads the journal of `output`, if a run left one.
    pub(super) fn read(output: &Output<'_>) -> Result<Option<Self>> {
        let Some(text) = output.read(JOURNAL)? else { return Ok(None) };
        let journal: Self = serde_json::from_slice(&text)
            .with_context(|| format!("{JOURNAL} is damaged; remove the folder {FOLDER}"))?;
        journal.check_paths(output)?;
        Ok(Some(journal))
    }

    /// Refuses files that a run would not have changed: those that no lock file lists.
    fn check_paths(&self, output: &Output<'_>) -> Result<()> {
        let mut generated = BTreeSet::from([lock::PATH.to_owned()]);
        for path in [lock::PATH.to_owned(), staging::staged(lock::PATH), staging::kept(lock::PATH)] {
            let text = output.read(&path)?.unwrap_or_default();
            if let Ok(lock) = Lock::parse(&String::from_utf8_lossy(&text)) {
                generated.extend(lock.files.into_keys());
            }
        }
        for Step { path, .. } in self.steps() {
            check_generated(path)?;
            ensure!(
                generated.contains(path),
                "the journal in {FOLDER} is not from a run: {path:?} is in no lock file; remove the folder"
            );
        }
        Ok(())
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.writes.iter().chain(&self.removals)
    }

    /// From here on the new files will be put in place, by this run or by the next.
    pub(super) fn write(&self, output: &Output<'_>) -> Result<()> {
        output.write(DRAFT, &serde_json::to_vec(self)?)?;
        output.sync(DRAFT)?;
        output.rename(DRAFT, JOURNAL)
    }
}

/// Refuses a path, from a lock file or a journal, that no generated file has. Hidden folders are
/// those of other tools, and what is in them may be run by them.
pub(super) fn check_generated(path: &str) -> Result<()> {
    let is_hidden = path.split(['/', '\\']).any(|part| part.starts_with('.'));
    ensure!(!is_hidden, "{path:?} is not a path inside the output, or is hidden, as no generated file is");
    Ok(())
}
