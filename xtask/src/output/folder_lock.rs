//! Keeps two runs on one folder apart.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The right to write to a folder. It ends with this value, or with the process, however that ends.
#[must_use = "the folder is free again when this is dropped"]
pub(crate) struct FolderLock {
    _lock: File,
}

impl FolderLock {
    /// Locks the folder `out`, which is made when it is not there.
    pub(crate) fn take(out: &Path) -> Result<Self> {
        fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
        let lock = open(out).with_context(|| format!("cannot open {}", out.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                bail!("another run is writing to {}; run this again when it has ended", out.display())
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", out.display()))
            }
        }
    }
}

/// The folder itself is what is locked, so that nothing is left in it.
#[cfg(unix)]
fn open(out: &Path) -> std::io::Result<File> {
    File::open(out)
}

/// Folders cannot be locked here. The file stays: removing it could free a lock that is held.
#[cfg(not(unix))]
fn open(out: &Path) -> std::io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(out.join(".regen.lock"))
}
