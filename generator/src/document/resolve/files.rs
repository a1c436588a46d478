//! The files beside a document that its references lead to.

use std::collections::HashMap;

use super::super::reference::Reference;
use super::super::{Document, File, Input, load};
use super::Site;
use crate::diagnostic::Diagnostics;

/// How many files a document may consist of.
const FILE_LIMIT: usize = 1000;

/// The files that were asked for.
#[derive(Default)]
pub(super) struct Files {
    /// Why a file cannot be had; `None` where the file itself has diagnostics.
    failed: HashMap<String, Option<String>>,
}

impl Files {
    /// Loads the files that `references` lead to, each once.
    pub(super) fn load(
        &mut self,
        document: &mut Document,
        references: &[Site],
        input: &Input<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        for reference in references {
            let Some(path) = path_of(document, reference) else { continue };
            if document.file_at(&path).is_some() || self.failed.contains_key(&path) {
                continue;
            }
            match read(document, &path, input, diagnostics) {
                Ok(file) => document.files.push(file),
                Err(reason) => drop(self.failed.insert(path, reason)),
            }
        }
    }

    /// Why the file at `path` cannot be had, if it cannot.
    pub(super) fn failure(&self, path: &str) -> Option<&Option<String>> {
        self.failed.get(path)
    }
}

/// The file that `reference` leads to, unless it names something that was seen already.
fn path_of(document: &Document, reference: &Site) -> Option<String> {
    let cursor = reference.cursor(document);
    let text = cursor.str("$ref")?;
    if cursor.resolve(text).is_some() {
        return None;
    }
    let reference = Reference::parse(text, cursor.file_path()).ok()?;
    Some(reference.file().to_owned()).filter(|file| !file.is_empty())
}

fn read(
    document: &Document,
    path: &str,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<File, Option<String>> {
    if document.files.len() == FILE_LIMIT {
        return Err(Some(format!("the document consists of more than {FILE_LIMIT} files")));
    }
    let bytes = (input.read)(path).map_err(Some)?;
    let folder = input.name.rfind('/').map_or("", |end| &input.name[..=end]);
    let (source, root) = load::load(&format!("{folder}{path}"), &bytes, diagnostics).ok_or(None)?;
    Ok(File { source, path: path.to_owned(), root: Box::new(root) })
}
