//! The folder, inside the output, in which a run prepares new files, and keeps old ones until it is
//! done.

use anyhow::{Result, bail};

use super::Output;
use super::disk::EntryKind;

pub(super) const FOLDER: &str = ".regen";

/// All that a run puts there, in the order in which it is removed.
const ENTRIES: [(&str, EntryKind); 4] = [
    ("journal.json", EntryKind::File),
    ("journal.draft", EntryKind::File),
    ("files", EntryKind::Folder),
    ("kept", EntryKind::Folder),
];

/// Where the new text of `path` waits.
pub(super) fn staged(path: &str) -> String {
    format!("{FOLDER}/files/{path}")
}

/// Where the old text of `path` is kept.
pub(super) fn kept(path: &str) -> String {
    format!("{FOLDER}/kept/{path}")
}

/// Refuses a folder that no run made: what is in it would be removed.
pub(super) fn check(output: &Output<'_>) -> Result<()> {
    let place = output.root.join(FOLDER);
    match output.kind_of(&place)? {
        None => return Ok(()),
        Some(EntryKind::Folder) => {}
        Some(_) => bail!("{} is not a folder; move it elsewhere", place.display()),
    }
    for name in output.list(&place)? {
        let kind = output.kind_of(&place.join(&name))?;
        if !ENTRIES.iter().any(|(ours, its)| name == *ours && kind == Some(*its)) {
            bail!(
                "{} is where new files are prepared, and {} in it is not from a run; move it elsewhere",
                place.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// Removes the folder with what is in it. The journal goes first: without it
/// no run needs the rest.
pub(super) fn clear(output: &Output<'_>) -> Result<()> {
    check(output)?;
    let place = output.root.join(FOLDER);
    for (name, _) in ENTRIES {
        output.remove_all(&place.join(name))?;
    }
    output.remove_all(&place)
}
