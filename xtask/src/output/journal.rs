//! What a switch is about to do, written down before it starts.
//!
//! The journal appears in one rename. Before that nothing has happened; after it, whoever comes
//! next can finish the work, because every new file is staged and every step may be repeated.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::stage;

const NAME: &str = "journal.json";

/// The steps of a switch.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Journal {
    /// Files to put in place, from the stage.
    pub(super) writes: Vec<Step>,
    /// Files to remove.
    pub(super) removals: Vec<Step>,
}

/// A file, and what was in it when the switch was planned.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Step {
    /// Its path in the output.
    pub(super) path: String,
    /// The hash of the text it had, if it was there.
    pub(super) old: Option<String>,
    /// The hash of the text it gets, if it stays.
    pub(super) new: Option<String>,
}

/// Whether a run was stopped in the middle of its switch.
pub(crate) fn is_interrupted(out: &Path) -> bool {
    stage::folder(out).join(NAME).exists()
}

impl Journal {
    /// Reads the journal of `out`, if a run left one.
    pub(super) fn read(out: &Path) -> Result<Option<Self>> {
        let path = stage::folder(out).join(NAME);
        if !path.exists() {
            return Ok(None);
        }
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let journal =
            serde_json::from_slice(&text).with_context(|| format!("cannot use {}", path.display()))?;
        Ok(Some(journal))
    }

    /// Commits to the switch: from here on it will be finished, by this run or by the next.
    pub(super) fn write(&self, out: &Path) -> Result<()> {
        let stage = stage::folder(out);
        let draft = stage.join("journal.draft");
        let mut file = File::create(&draft)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        fs::rename(&draft, stage.join(NAME)).context("cannot write the journal of the switch")
    }

    /// Ends the switch.
    pub(super) fn remove(out: &Path) -> Result<()> {
        fs::remove_file(stage::folder(out).join(NAME)).context("cannot remove the journal of the switch")
    }
}
