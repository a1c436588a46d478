//! A document as it was written: a tree of values, and where each of them stands.
//!
//! `load` reads text, `overlay` changes the tree, `resolve` checks every `$ref`.
//! A [`Cursor`] walks the result. Nothing here knows what a schema means.

mod cursor;
mod load;
mod locate;
mod overlay;
mod pointer;
mod resolve;

pub use cursor::Cursor;
pub use locate::Position;
pub use pointer::Pointer;

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
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: String,
    text: String,
    root: Value,
}

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// The place in it.
    pub pointer: Pointer,
}

impl Document {
    /// Loads, overlays and resolves. `None` when there is nothing to go on with.
    pub fn load(input: &Input<'_>, found: &mut Diagnostics) -> Option<Self> {
        let _ = (input, found);
        todo!()
    }

    /// The whole of the main file.
    #[must_use]
    pub fn root(&self) -> Cursor<'_> {
        todo!()
    }
}
