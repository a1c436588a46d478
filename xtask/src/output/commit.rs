//! Makes a folder hold a file tree: all of it, or nothing.
//!
//! ```text
//! stage new files ─▶ write the journal ─▶ old files out, new ones in ─▶ remove the journal, then the rest
//!                    │                    └ an error: new files out, old ones in ─▶ …
//!                    └ from here on, the next run goes on where this one stops
//! ```
//!
//! What a run finds in `.regen`, how it came to be, and what it does:
//!
//! | journal | the earlier run | the output | this run |
//! | --- | --- | --- | --- |
//! | no | was stopped or failed while it staged, or could not clear up when it was done | old, or new | removes `.regen` |
//! | yes | was stopped while it put files in place, or could not remove the journal | old, new, or mixed | puts the new files in place; when one of them is damaged, the old ones |
//!
//! A file is in one of these states: what is in its place, what is staged, and what is kept. The
//! new files are put in place by going to the right, the old ones by going to the left, from wherever
//! an earlier run stopped. Nothing is lost either way before the journal is removed.
//!
//! | change | before | between | after |
//! | --- | --- | --- | --- |
//! | replaced | old, new, – | –, new, old | new, –, old |
//! | added | –, new, – | | new, –, – |
//! | removed | old, –, – | | –, –, old |
//!
//! A run that is killed needs no file to be on the disk, only in the memory of the system. After a
//! power failure files may be empty: the hashes in the lock file show which, so that it and the
//! journal are all that a run waits for.

use anyhow::{Error, Result, ensure};
use sdk_generator::lock;
use sdk_generator::tree::FileTree;

use super::journal::{Journal, Step};
use super::staging::{self, FOLDER, kept, staged};
use super::{Difference, Output};

/// What a run left behind that the next one has to remove.
pub(crate) type Leftover = Option<Error>;

impl Output<'_> {
    /// Makes the folder hold `tree`, given how they differ. [`Self::recover`] comes before.
    ///
    /// After an error all files are as they were, or the error says what to do.
    pub(crate) fn commit(&self, tree: &FileTree, differences: &[Difference]) -> Result<Leftover> {
        if differences.is_empty() {
            return Ok(None);
        }
        let journal = self.prepare(tree, differences).map_err(|error| self.give_up(error))?;
        self.finish(&journal)?;
        Ok(staging::clear(self).err())
    }

    /// Stages the new files and writes the journal.
    pub(super) fn prepare(&self, tree: &FileTree, differences: &[Difference]) -> Result<Journal> {
        let mut journal = Journal::default();
        for difference in differences {
            let path = difference.path().to_owned();
            let old = difference.old().map(lock::hash);
            match tree.get(&path) {
                Some(text) => {
                    self.write(&staged(&path), text.as_bytes())?;
                    journal.writes.push(Step { path, old, new: Some(lock::hash(text.as_bytes())) });
                }
                None => journal.removals.push(Step { path, old, new: None }),
            }
        }
        // The lock file comes last, so that it never lists what is not there yet.
        journal.writes.sort_by_key(|step| step.path == lock::PATH);
        if journal.writes.last().is_some_and(|step| step.path == lock::PATH) {
            self.sync(&staged(lock::PATH))?;
        }
        journal.write(self)?;
        Ok(journal)
    }

    /// Removes what was staged, at once: the disk may be full.
    fn give_up(&self, error: Error) -> Error {
        error.context(match staging::clear(self) {
            Ok(()) => "no file was changed".to_owned(),
            Err(leftover) => format!("no file was changed ({leftover:#})"),
        })
    }

    /// Puts the new files in place, or, when that fails, the old ones back.
    fn finish(&self, journal: &Journal) -> Result<()> {
        let Err(error) = self.put_in_place(journal) else { return Ok(()) };
        if self.put_back(journal).is_err() {
            return Err(error.context("some files are new and some old; run this again to finish or undo it"));
        }
        Err(error.context(match staging::clear(self) {
            Ok(()) => "all files are as they were".to_owned(),
            Err(leftover) => format!("all files are as they were ({leftover:#})"),
        }))
    }

    /// Finishes or undoes what an earlier run began, and clears away what one only staged.
    /// Says whether there was something to finish or to undo.
    pub(crate) fn recover(&self) -> Result<bool> {
        staging::check(self)?;
        let found = Journal::read(self)?;
        match &found {
            None => {}
            Some(journal) if self.can_finish(journal)? => self.finish(journal)?,
            Some(journal) => self.put_back(journal)?,
        }
        staging::clear(self)?;
        Ok(found.is_some())
    }

    fn put_in_place(&self, journal: &Journal) -> Result<()> {
        for Step { path, .. } in &journal.writes {
            if self.exists(&staged(path))? {
                self.keep(path)?;
                self.rename(&staged(path), path)?;
            }
        }
        for Step { path, .. } in &journal.removals {
            self.keep(path)?;
            self.remove_empty_folders_above(path);
        }
        Ok(())
    }

    /// Takes the old text of a file out, and keeps it.
    fn keep(&self, path: &str) -> Result<()> {
        if self.exists(path)? { self.rename(path, &kept(path)) } else { Ok(()) }
    }

    /// Whether all new files are whole, be they staged or in place.
    fn can_finish(&self, journal: &Journal) -> Result<bool> {
        for step in &journal.writes {
            let is_whole = match self.hash(&staged(&step.path))? {
                Some(staged) => {
                    self.refuse_edit(step)?;
                    Some(staged) == step.new
                }
                None => self.hash(&step.path)? == step.new,
            };
            if !is_whole {
                return Ok(false);
            }
        }
        for step in &journal.removals {
            self.refuse_edit(step)?;
        }
        Ok(true)
    }

    /// Puts the old files back, if they are whole, be they kept or in place.
    fn put_back(&self, journal: &Journal) -> Result<()> {
        for step in journal.steps().filter(|step| step.old.is_some()) {
            self.refuse_edit(step)?;
            let kept = self.hash(&kept(&step.path))?;
            let old = if kept.is_some() { kept } else { self.hash(&step.path)? };
            ensure!(
                old == step.old,
                "an earlier run was stopped, and {} is damaged; remove {FOLDER} and run this with `--force`",
                step.path
            );
        }
        for Step { path, old, new } in journal.steps() {
            if new.is_some() && !self.exists(&staged(path))? && self.hash(path)? == *new {
                self.rename(path, &staged(path))?;
            }
            if self.exists(&kept(path))? {
                self.rename(&kept(path), path)?;
            }
            if old.is_none() {
                self.remove_empty_folders_above(path);
            }
        }
        Ok(())
    }

    /// A file may have been edited between the run that was stopped and this one.
    fn refuse_edit(&self, step: &Step) -> Result<()> {
        let found = self.hash(&step.path)?;
        let is_edited = found.is_some() && found != step.old && found != step.new;
        ensure!(
            !is_edited,
            "an earlier run was stopped before it was done with {0}, and {0} was edited since, or is damaged; \
             move it elsewhere and run this again",
            step.path
        );
        Ok(())
    }

    fn hash(&self, path: &str) -> Result<Option<String>> {
        Ok(self.read(path)?.map(|bytes| lock::hash(&bytes)))
    }
}
