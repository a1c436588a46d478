//! The folder, inside the output, in which a run prepares what it is about to switch in, and keeps
//! what it took out until it is done.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const NAME: &str = ".regen";

/// All that a run puts there. A folder with anything else in it is not one of ours.
const ENTRIES: [&str; 4] = [FILES, KEPT, "journal.json", "journal.draft"];
const FILES: &str = "files";
const KEPT: &str = "kept";

/// The folder itself.
pub(super) fn folder(out: &Path) -> PathBuf {
    out.join(NAME)
}

/// Where the new text of `path` waits.
pub(super) fn staged(out: &Path, path: &str) -> PathBuf {
    folder(out).join(FILES).join(path)
}

/// Where the old text of `path` is kept until the switch is done.
pub(super) fn kept(out: &Path, path: &str) -> PathBuf {
    folder(out).join(KEPT).join(path)
}

/// Writes a new text to where it waits.
pub(super) fn write(out: &Path, path: &str, text: &str) -> Result<()> {
    let place = staged(out, path);
    create_parent(&place)?;
    let mut file = File::create(&place).with_context(|| format!("cannot write {}", place.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    Ok(())
}

/// Moves a file, and makes the folder that it goes to.
pub(super) fn shift(from: &Path, to: &Path) -> Result<()> {
    create_parent(to)?;
    fs::rename(from, to).with_context(|| format!("cannot put {} in place", to.display()))
}

fn create_parent(place: &Path) -> Result<()> {
    let parent = place.parent().unwrap_or(place);
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))
}

/// Refuses a folder of the same name that no run made.
pub(super) fn check(out: &Path) -> Result<()> {
    let stage = folder(out);
    let entries = match fs::read_dir(&stage) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("cannot read {}", stage.display()))?,
    };
    for entry in entries {
        let name = entry?.file_name();
        if !ENTRIES.iter().any(|ours| name == *ours) {
            bail!(
                "{} is where new files are prepared, and {} in it is not from a run; move it elsewhere",
                stage.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// Removes the folder with what is in it.
pub(super) fn clear(out: &Path) -> Result<()> {
    check(out)?;
    let stage = folder(out);
    if stage.exists() {
        fs::remove_dir_all(&stage).with_context(|| format!("cannot remove {}", stage.display()))?;
    }
    Ok(())
}
