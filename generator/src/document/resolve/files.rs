//! The files beside a document that its references lead to.

use std::collections::HashSet;

use super::super::reference::Reference;
use super::super::{Document, File, Input, load};
use super::{Site, reference_at};
use crate::diagnostic::Diagnostics;

/// How many files a document may consist of.
const FILE_LIMIT: usize = 1000;

/// The files that were asked for.
#[derive(Default)]
pub(super) struct Files {
    failed: HashSet<String>,
}

impl Files {
    /// Loads the files that `references` lead to, each once.
    pub(super) fn load(
        &mut self,
        document: &mut Document,
        references: &[Site],
        input: &Input<'_>,
        found: &mut Diagnostics,
    ) {
        for reference in references {
            let Some(path) = path_of(document, reference) else { continue };
            if document.file_at(&path).is_some() || self.failed.contains(&path) {
                continue;
            }
            match read(document, &path, reference, input, found) {
                Some(file) => document.files.push(file),
                None => drop(self.failed.insert(path)),
            }
        }
    }

    /// Whether it was reported that the file at `path` cannot be had.
    pub(super) fn has_failed(&self, path: &str) -> bool {
        self.failed.contains(path)
    }
}

/// The file that `reference` leads to, unless it names something that was seen already.
fn path_of(document: &Document, reference: &Site) -> Option<String> {
    let cursor = reference.cursor(document);
    let text = cursor.str("$ref")?;
    if cursor.resolve(text).is_some() {
        return None;
    }
    match Reference::parse(text, cursor.file_path()).ok()? {
        Reference::Pointer { file, .. } => Some(file),
        Reference::Anchor(name) => name.split_once('#').map(|(file, _)| file.to_owned()),
        Reference::Remote { .. } => None,
    }
}

fn read(
    document: &Document,
    path: &str,
    reference: &Site,
    input: &Input<'_>,
    found: &mut Diagnostics,
) -> Option<File> {
    let place = reference_at(&reference.cursor(document));
    if document.files.len() == FILE_LIMIT {
        let message = format!("the document consists of more than {FILE_LIMIT} files");
        found.error("ref-too-many-files", place, message, "bundle the document");
        return None;
    }
    let name =
        input.name.rfind('/').map_or_else(|| path.to_owned(), |end| format!("{}/{path}", &input.name[..end]));
    match (input.read)(path) {
        Ok(bytes) => {
            let (source, root) = load::load(&name, &bytes, found)?;
            Some(File { source, path: path.to_owned(), root: Box::new(root) })
        }
        Err(reason) => {
            let message = format!("`{path}` cannot be read: {reason}");
            found.error("ref-file", place, message, "correct the path, or add the file");
            None
        }
    }
}
