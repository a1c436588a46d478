//! Compares a file tree with a folder. Reads, never writes.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sdk_generator::lock::{self, Lock};
use sdk_generator::tree::FileTree;

use super::place;

/// How a folder differs from a tree.
#[derive(Debug, Default)]
pub(crate) struct Survey {
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

/// Compares `tree` with the folder `out`, which need not exist.
pub(crate) fn survey(tree: &FileTree, out: &Path) -> Result<Survey> {
    let is_folder = out.is_dir() || out.symlink_metadata().is_err();
    ensure!(is_folder, "{} is not a folder", out.display());
    let owned = read_lock(out)?;
    let mut survey = Survey::default();
    for (path, text) in tree.iter() {
        if let Some(obstacle) = obstacle(out, path) {
            let refusal = Refusal::Foreign { path: obstacle };
            if !survey.refusals.contains(&refusal) {
                survey.refusals.push(refusal);
            }
            survey.differences.push(Difference::Missing { path: path.to_owned() });
            continue;
        }
        match read(&place(out, path)?)? {
            None => survey.differences.push(Difference::Missing { path: path.to_owned() }),
            Some(old) if old == text.as_bytes() => survey.unchanged += 1,
            Some(old) => {
                survey.refusals.extend(refusal(path, &old, &owned));
                survey.differences.push(Difference::Changed { path: path.to_owned(), old });
            }
        }
    }
    let wanted: BTreeSet<&str> = tree.iter().map(|(path, _)| path).collect();
    for path in owned.files.keys().filter(|path| !wanted.contains(path.as_str())) {
        if let Some(old) = read(&place(out, path)?)? {
            survey.refusals.extend(refusal(path, &old, &owned));
            survey.differences.push(Difference::Stale { path: path.clone(), old });
        }
    }
    Ok(survey)
}

/// What stands where the file `path` or one of its folders has to be, and is of the other kind.
fn obstacle(out: &Path, path: &str) -> Option<String> {
    if out.join(path).is_dir() {
        return Some(path.to_owned());
    }
    let folders = Path::new(path).ancestors().skip(1);
    let file = folders.into_iter().find(|folder| out.join(folder).is_file())?;
    Some(file.to_string_lossy().into_owned())
}

fn refusal(path: &str, old: &[u8], owned: &Lock) -> Option<Refusal> {
    let path = path.to_owned();
    match owned.files.get(&path) {
        // The lock file lists all others, and is nobody's to edit.
        _ if path == lock::PATH => None,
        Some(hash) if *hash == lock::hash(old) => None,
        Some(_) => Some(Refusal::Edited { path }),
        None => Some(Refusal::Foreign { path }),
    }
}

/// The lock file of `out`; an empty one when nothing has been generated there.
fn read_lock(out: &Path) -> Result<Lock> {
    let Some(bytes) = read(&out.join(lock::PATH))? else { return Ok(Lock::default()) };
    let text = String::from_utf8_lossy(&bytes);
    Lock::parse(&text).with_context(|| {
        format!("{} cannot be read, so nobody can tell which files are generated; restore it", lock::PATH)
    })
}

/// The bytes of a file, or `None` when there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
