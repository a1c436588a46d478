//! Makes a folder hold a file tree: all of it, or nothing.
//!
//! ```text
//! stage new texts ─▶ write the journal ─▶ shift old files out, new ones in ─▶ remove journal and stage
//!                    │                    └ an error: shift them back
//!                    └ a run that is killed from here on is finished by the next
//! ```

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use sdk_generator::lock;
use sdk_generator::tree::FileTree;

use super::journal::{Journal, Step};
use super::survey::read;
use super::{Difference, place, stage};

/// Makes `out` hold `tree`, given how they differ.
pub(crate) fn switch(tree: &FileTree, differences: &[Difference], out: &Path) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    let journal = prepare(tree, differences, out)?;
    carry_out(&journal, out).map_err(|error| match undo(&journal, out) {
        Ok(()) => error.context("all files are as they were"),
        Err(_) => error.context("run this again to finish what was begun"),
    })
}

/// Stages the new texts and commits to the switch.
pub(super) fn prepare(tree: &FileTree, differences: &[Difference], out: &Path) -> Result<Journal> {
    stage::check(out)?;
    let mut journal = Journal::default();
    for difference in differences {
        let path = difference.path().to_owned();
        let old = difference.old().map(lock::hash);
        match tree.get(&path) {
            Some(text) => {
                stage::write(out, &path, text)?;
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
        stage::clear(out)?;
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
        let (from, to) = (stage::staged(out, &step.path), place(out, &step.path)?);
        if from.exists() {
            keep_old(step, out)?;
            stage::shift(&from, &to)?;
        }
    }
    for step in &journal.removals {
        keep_old(step, out)?;
        remove_empty_parents(&place(out, &step.path)?, out);
    }
    Journal::remove(out)?;
    stage::clear(out)
}

/// Takes the old text of a file out, and keeps it.
fn keep_old(step: &Step, out: &Path) -> Result<()> {
    let place = place(out, &step.path)?;
    if place.exists() { stage::shift(&place, &stage::kept(out, &step.path)) } else { Ok(()) }
}

/// Puts everything back as it was before the switch.
fn undo(journal: &Journal, out: &Path) -> Result<()> {
    for step in journal.writes.iter().chain(&journal.removals) {
        let (kept, place) = (stage::kept(out, &step.path), place(out, &step.path)?);
        if kept.exists() {
            stage::shift(&kept, &place)?;
        } else if step.old.is_none() {
            if place.exists() {
                fs::remove_file(&place)?;
            }
            remove_empty_parents(&place, out);
        }
    }
    Journal::remove(out)?;
    stage::clear(out)
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
