//! Compares a file tree with a folder. Reads, never writes.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use sdk_generator::lock::{self, Lock};
use sdk_generator::tree::FileTree;

use super::Output;
use super::disk::EntryKind;
use super::journal::check_generated;

/// How a folder differs from a tree.
#[derive(Debug, Default)]
pub(crate) struct Diff {
    /// What has to change.
    pub(crate) differences: Vec<Difference>,
    /// What stands in the way of changing it.
    pub(crate) refusals: Vec<Refusal>,
    /// How many files are as they should be.
    pub(crate) unchanged: usize,
}

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// It is not there.
    Missing {
        /// Its path in the output.
        path: String,
    },
    /// It has another text.
    Changed {
        /// Its path in the output.
        path: String,
        /// The text on disk.
        old: Vec<u8>,
    },
    /// It was generated once and no longer is.
    Stale {
        /// Its path in the output.
        path: String,
        /// The text on disk.
        old: Vec<u8>,
    },
}

/// A file that cannot simply be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Somebody edited it since it was generated; `--force` gives the edit up.
    Edited {
        /// Its path in the output.
        path: String,
    },
    /// It was never generated, so it is not ours at any price.
    Foreign {
        /// Its path in the output.
        path: String,
    },
}

impl Difference {
    /// The file's path in the output.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Changed { path, .. } | Self::Stale { path, .. } => path,
        }
    }

    /// The text on disk, when there is one.
    pub(crate) fn old(&self) -> Option<&[u8]> {
        match self {
            Self::Missing { .. } => None,
            Self::Changed { old, .. } | Self::Stale { old, .. } => Some(old),
        }
    }
}

impl Output<'_> {
    /// Compares `tree` with the folder, which need not exist.
    pub(crate) fn diff(&self, tree: &FileTree) -> Result<Diff> {
        let is_folder = match self.kind_of(self.root)? {
            None | Some(EntryKind::Folder) => true,
            // A link to a folder is fine here: whoever runs this named it.
            Some(_) => self.root.is_dir(),
        };
        ensure!(is_folder, "{} is not a folder", self.root.display());
        let lock = self.read_lock()?;
        let mut diff = Diff::default();
        for (path, text) in tree.iter() {
            self.compare(path, text, &lock, &mut diff)?;
        }
        for path in lock.files.keys().filter(|path| tree.get(path).is_none()) {
            if let Some(old) = self.read(path)? {
                diff.refusals.extend(refusal(path, &old, &lock));
                diff.differences.push(Difference::Stale { path: path.clone(), old });
            }
        }
        Ok(diff)
    }

    fn compare(&self, path: &str, text: &str, lock: &Lock, diff: &mut Diff) -> Result<()> {
        let old = match self.kind(path)? {
            Some(EntryKind::File) => self.read(path)?,
            _ => None,
        };
        let path = path.to_owned();
        match old {
            Some(old) if old == text.as_bytes() => diff.unchanged += 1,
            Some(old) => {
                diff.refusals.extend(refusal(&path, &old, lock));
                diff.differences.push(Difference::Changed { path, old });
            }
            None => {
                let obstacle = self.obstacle(&path)?.map(|path| Refusal::Foreign { path });
                diff.refusals.extend(obstacle.filter(|obstacle| !diff.refusals.contains(obstacle)));
                diff.differences.push(Difference::Missing { path });
            }
        }
        Ok(())
    }

    /// What stands where the file `path` or one of its folders has to be, and is of another kind.
    fn obstacle(&self, path: &str) -> Result<Option<String>> {
        if !matches!(self.kind(path)?, None | Some(EntryKind::File)) {
            return Ok(Some(path.to_owned()));
        }
        let folders = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders.map(|folder| folder.to_string_lossy().into_owned()) {
            if !matches!(self.kind(&folder)?, None | Some(EntryKind::Folder)) {
                return Ok(Some(folder));
            }
        }
        Ok(None)
    }

    /// The lock file; an empty one when nothing has been generated here.
    fn read_lock(&self) -> Result<Lock> {
        let Some(bytes) = self.read(lock::PATH)? else { return Ok(Lock::default()) };
        let lock = Lock::parse(&String::from_utf8_lossy(&bytes)).with_context(|| {
            format!("{} cannot be read, so nobody can tell which files are generated; restore it", lock::PATH)
        })?;
        lock.files.keys().try_for_each(|path| check_generated(path))?;
        Ok(lock)
    }
}

fn refusal(path: &str, old: &[u8], lock: &Lock) -> Option<Refusal> {
    let path = path.to_owned();
    match lock.files.get(&path) {
        // The lock file lists all others, and is nobody's to edit.
        _ if path == lock::PATH => None,
        Some(hash) if *hash == lock::hash(old) => None,
        Some(_) => Some(Refusal::Edited { path }),
        None => Some(Refusal::Foreign { path }),
    }
}
