//! A document as it was written: a tree of values, and where each of them stands.
//!
//! [`load`] reads the text, [`Unresolved::overlay`] changes the tree, and [`Unresolved::resolve`]
//! checks every `$ref`. A [`Cursor`] walks the result. Nothing here knows what a schema means.

mod cursor;
mod load;
mod overlay;
mod reference;
mod resolve;
mod scan;
mod tree;
mod version;

pub use crate::diagnostic::{Location, Pointer};
pub use cursor::Cursor;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::{Diagnostics, Source};

/// What a crate is generated from.
pub struct Input<'a> {
    /// The name of the document, for messages; a path relative to nothing in particular.
    pub name: &'a str,
    /// The bytes of the document: YAML or JSON in UTF-8.
    pub bytes: &'a [u8],
    /// Overlays (OpenAPI Overlay 1.0) to apply, in order: name and bytes.
    pub overlays: &'a [(&'a str, &'a [u8])],
    /// Reads another file that the document refers to, by its path relative to the document's folder.
    /// The caller keeps it inside that folder.
    pub read: &'a dyn Fn(&str) -> Result<Vec<u8>, String>,
}

/// A document that was read, before it is known where its references lead.
#[derive(Debug)]
pub struct Unresolved {
    source: Arc<Source>,
    root: Value,
}

/// A document with the files that it refers to.
#[derive(Debug)]
pub struct Document {
    /// The main file first.
    files: Vec<File>,
    /// The place that a `$anchor` (as `file#name`) or a `$id` names.
    names: HashMap<String, (usize, Pointer)>,
    /// How often the name of each `$dynamicAnchor` is used.
    dynamic_anchors: BTreeMap<String, usize>,
    /// The objects whose `$ref` was reported, by address: it counts as absent.
    dangling: HashSet<usize>,
}

#[derive(Debug)]
struct File {
    source: Arc<Source>,
    /// Its path relative to the document's folder.
    path: String,
    /// Boxed, so that values stay where they are while files are added.
    root: Box<Value>,
}

impl<'a> Input<'a> {
    /// A document on its own: without overlays and without other files to refer to.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, overlays: &[], read: &|_| Err("there are no other files".to_owned()) }
    }
}

/// Reads the text of the document. `None` when there is nothing to go on with, which is reported.
pub fn load(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Unresolved> {
    let (source, root) = load::load(input.name, input.bytes, diagnostics)?;
    Some(Unresolved { source, root })
}

impl Unresolved {
    /// Applies the overlays of `input`.
    pub fn overlay(&mut self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        overlay::apply(&mut self.root, input.overlays, diagnostics);
    }

    /// Checks every reference, and reads the files that they lead to. `None` when this is not a document of a
    /// version that is known, which is reported.
    #[must_use]
    pub fn resolve(self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Document> {
        let Self { source, root } = self;
        version::check(&source, &root, diagnostics)?;
        let path = input.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut document = Document {
            files: vec![File { source, path, root: Box::new(root) }],
            names: HashMap::new(),
            dynamic_anchors: BTreeMap::new(),
            dangling: HashSet::new(),
        };
        resolve::resolve(&mut document, input, diagnostics);
        Some(document)
    }
}

impl Document {
    /// Whether a reference was reported that does not resolve: what it was for counts as absent.
    #[must_use]
    pub fn has_dangling_references(&self) -> bool {
        !self.dangling.is_empty()
    }

    /// The whole of the main file.
    #[must_use]
    pub fn root(&self) -> Cursor<'_> {
        Cursor::root(self, 0)
    }

    fn file_at(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }
}

#[cfg(test)]
mod tests;
