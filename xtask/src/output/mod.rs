//! A file tree and a folder on disk: what differs, and how the folder becomes the tree.
//!
//! Generated files are those that the folder's lock file lists. Anything else in the folder belongs
//! to somebody else and is never touched.

mod commit;
mod diff;
mod disk;
mod folder_lock;
mod journal;
mod staging;
#[cfg(test)]
mod tests;
mod text_diff;

pub(crate) use diff::{Diff, Difference, Refusal};
pub(crate) use folder_lock::FolderLock;
pub(crate) use text_diff::short_diff;

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};

use disk::{Disk, EntryKind, Local};

/// A folder that a file tree is written to.
///
/// Paths are relative to it. Each is looked at before it is used: one that leads out of the folder,
/// upwards or through a link, is refused, wherever it comes from. Lock files, journals and staged
/// files may be those of a cloned repository, in which anybody may have put anything.
pub(crate) struct Output<'a> {
    root: &'a Path,
    disk: &'a dyn Disk,
}

impl<'a> Output<'a> {
    /// The folder `root` on this machine, which need not exist.
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root, disk: &Local }
    }

    /// Where `path` is on the disk.
    fn locate(&self, path: &str) -> Result<PathBuf> {
        let relative = Path::new(path);
        let is_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
        ensure!(is_inside && !path.is_empty(), "{path:?} is not a path inside the output");
        let mut place = self.root.to_owned();
        for part in relative.components() {
            place.push(part);
            let is_link = self.kind_of(&place)? == Some(EntryKind::Link);
            ensure!(!is_link, "{} is a link; no file is written or read through one", place.display());
        }
        Ok(place)
    }

    /// What is at `path`; `None` when nothing is.
    fn kind(&self, path: &str) -> Result<Option<EntryKind>> {
        self.kind_of(&self.locate(path)?)
    }

    fn kind_of(&self, place: &Path) -> Result<Option<EntryKind>> {
        self.disk.kind(place).with_context(|| format!("cannot look at {}", place.display()))
    }

    fn exists(&self, path: &str) -> Result<bool> {
        Ok(self.kind(path)?.is_some())
    }

    /// The bytes of the file `path`; `None` when nothing is there.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let place = self.locate(path)?;
        match self.kind_of(&place)? {
            None => Ok(None),
            Some(EntryKind::File) => {
                let bytes = self.disk.read(&place);
                bytes.map(Some).with_context(|| format!("cannot read {}", place.display()))
            }
            Some(_) => anyhow::bail!("{} is not a file", place.display()),
        }
    }

    /// Writes the file `path`, and creates the folders that it is in.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let place = self.locate(path)?;
        self.create_parent(&place)?;
        self.disk.write(&place, bytes).with_context(|| format!("cannot write {}", place.display()))
    }

    /// Waits until the file `path` would survive a power failure.
    fn sync(&self, path: &str) -> Result<()> {
        let place = self.locate(path)?;
        self.disk.sync(&place).with_context(|| format!("cannot write {}", place.display()))
    }

    /// Moves a file, and creates the folders that it goes to.
    fn rename(&self, from: &str, to: &str) -> Result<()> {
        let (from, to) = (self.locate(from)?, self.locate(to)?);
        self.create_parent(&to)?;
        self.disk
            .rename(&from, &to)
            .with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
    }

    fn create_parent(&self, place: &Path) -> Result<()> {
        let parent = place.parent().unwrap_or(place);
        self.disk.create_folder(parent).with_context(|| format!("cannot create {}", parent.display()))
    }

    /// Removes what is at `place`, and what is in it. A link goes, and not what it leads to.
    fn remove_all(&self, place: &Path) -> Result<()> {
        let Some(kind) = self.kind_of(place)? else { return Ok(()) };
        if kind == EntryKind::Folder {
            for name in self.list(place)? {
                self.remove_all(&place.join(name))?;
            }
        }
        let removed = match kind {
            EntryKind::Folder => self.disk.remove_folder(place),
            _ => self.disk.remove_file(place),
        };
        removed.with_context(|| format!("cannot remove {}", place.display()))
    }

    fn list(&self, place: &Path) -> Result<Vec<std::ffi::OsString>> {
        self.disk.list(place).with_context(|| format!("cannot read {}", place.display()))
    }

    /// Removes the folders above `path` that hold nothing any more. One that stays does no harm.
    fn remove_empty_folders_above(&self, path: &str) {
        for folder in Path::new(path).ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty())
        {
            if self.disk.remove_folder(&self.root.join(folder)).is_err() {
                break;
            }
        }
    }
}
