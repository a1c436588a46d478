//! A document as it was written: a tree of values, and where each of them stands.
//!
//! `load` reads text, `overlay` changes the tree, `resolve` checks every `$ref`.
//! A [`Cursor`] walks the result. Nothing here knows what a schema means.

mod cursor;
mod load;
mod locate;
mod overlay;
mod pointer;
mod reference;
mod resolve;
mod source;
mod tree;
mod version;

pub use cursor::Cursor;
pub(crate) use load::decode;
pub use locate::Position;
pub use pointer::Pointer;
pub use source::Source;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Diagnostics;

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

/// A loaded document with the files that it refers to.
#[derive(Debug)]
pub struct Document {
    /// The main file first.
    files: Vec<File>,
    /// The place that a `$anchor` (as `file#name`) or a `$id` names.
    names: HashMap<String, (usize, Pointer)>,
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

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// The place in it.
    pub pointer: Pointer,
}

impl<'a> Input<'a> {
    /// A document on its own: without overlays and without other files to refer to.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, overlays: &[], read: &|_| Err("there are no other files".to_owned()) }
    }
}

impl Document {
    /// Loads, overlays and resolves. `None` when there is nothing to go on with.
    pub fn load(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let (source, mut root) = load::load(input.name, input.bytes, diagnostics)?;
        overlay::apply(&mut root, input.overlays, diagnostics);
        version::check(&source, &root, diagnostics)?;
        let path = input.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut document = Self {
            files: vec![File { source, path, root: Box::new(root) }],
            names: HashMap::new(),
            dangling: HashSet::new(),
        };
        resolve::resolve(&mut document, input, diagnostics);
        Some(document)
    }

    /// The whole of the main file.
    #[must_use]
    pub fn root(&self) -> Cursor<'_> {
        Cursor::root(self, 0)
    }

    /// Where `location` is in the text of its file.
    #[must_use]
    pub fn position(&self, location: &Location) -> Position {
        let file = self.files.iter().find(|file| file.source.name == location.file);
        file.map_or_else(Position::default, |file| file.source.position(&location.pointer))
    }

    fn file_at(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }
}

impl Location {
    /// The whole of the file `name`.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self { file: name.to_owned(), pointer: Pointer::default() }
    }
}

#[cfg(test)]
mod tests;
