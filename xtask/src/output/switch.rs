//! Makes a folder hold a file tree: all of it, or nothing.
//!
//! ```text
//! stage new texts ─▶ write the journal ─▶ rename, remove ─▶ remove the journal and the stage
//!                    └ the point of no return
//! ```

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sdk_generator::lock;
use sdk_generator::tree::FileTree;

use super::journal::{Journal, Step};
use super::survey::read;
use super::{Difference, STAGE, place};

/// Makes `out` hold `tree`, given how they differ.
pub(crate) fn switch(tree: &FileTree, differences: &[Difference], out: &Path) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    let journal = prepare(tree, differences, out)?;
    carry_out(&journal, out)
}

/// Stages the new texts and commits to the switch.
pub(super) fn prepare(tree: &FileTree, differences: &[Difference], out: &Path) -> Result<Journal> {
    let mut journal = Journal::default();
    for difference in differences {
        let path = difference.path().to_owned();
        let old = difference.old().map(lock::hash);
        match tree.get(&path) {
            Some(text) => {
                stage(text, &staged(out, &path))?;
                journal.writes.push(Step { path, old, new: Some(lock::hash(text.as_bytes())) });
            }
            None => journal.removals.push(Step { path, old, new: None }),
        }
    }
    // The lock file comes last, so that it never promises what is not there yet.
    journal.writes.sort_by_key(|step| step.path == lock::PATH);
    journal.write(out)?;
    Ok(journal)
}

/// Finishes what an earlier run committed to, and clears away what one only prepared.
/// Says whether there was something to finish.
pub(crate) fn recover(out: &Path) -> Result<bool> {
    let Some(journal) = Journal::read(out)? else {
        clear_stage(out)?;
        return Ok(false);
    };
    refuse_edits(&journal, out)?;
    carry_out(&journal, out)?;
    Ok(true)
}

/// A file may have been edited between the run that was stopped and this one.
fn refuse_edits(journal: &Journal, out: &Path) -> Result<()> {
    for step in journal.writes.iter().chain(&journal.removals) {
        let found = read(&place(out, &step.path)?)?.map(|bytes| lock::hash(&bytes));
        if found.is_some() && found != step.old && found != step.new {
            bail!(
                "an earlier run was stopped before it had replaced {0}, and {0} was edited since; \
                 put the edit aside and run this again",
                step.path
            );
        }
    }
    Ok(())
}

/// Every step may find that it has been taken already.
fn carry_out(journal: &Journal, out: &Path) -> Result<()> {
    for step in &journal.writes {
        let (from, to) = (staged(out, &step.path), place(out, &step.path)?);
        if from.exists() {
            create_parent(&to)?;
            fs::rename(&from, &to).with_context(|| format!("cannot put {} in place", to.display()))?;
        }
    }
    for step in &journal.removals {
        let place = place(out, &step.path)?;
        if place.exists() {
            fs::remove_file(&place).with_context(|| format!("cannot remove {}", place.display()))?;
        }
        remove_empty_parents(&place, out);
    }
    Journal::remove(out)?;
    clear_stage(out)
}

pub(super) fn staged(out: &Path, path: &str) -> PathBuf {
    out.join(STAGE).join("files").join(path)
}

fn stage(text: &str, place: &Path) -> Result<()> {
    create_parent(place)?;
    let mut file = File::create(place).with_context(|| format!("cannot write {}", place.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    Ok(())
}

fn create_parent(place: &Path) -> Result<()> {
    let parent = place.parent().unwrap_or(place);
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))
}

/// Folders that held nothing but the removed file go with it; `remove_dir` leaves others alone.
fn remove_empty_parents(place: &Path, out: &Path) {
    let parents = place.ancestors().skip(1).take_while(|parent| *parent != out);
    for parent in parents {
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
}

fn clear_stage(out: &Path) -> Result<()> {
    let stage = out.join(STAGE);
    if stage.exists() {
        fs::remove_dir_all(&stage).with_context(|| format!("cannot remove {}", stage.display()))?;
    }
    Ok(())
}
