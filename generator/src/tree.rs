//! The files of a crate, in memory: path to text, in path order.
//!
//! Knows nothing of OpenAPI and nothing of the disk.

use std::collections::BTreeMap;

/// A set of files, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
}

impl FileTree {
    /// Adds a file at `path`, which is relative, with `/` between its parts.
    ///
    /// # Panics
    ///
    /// When two files get the same path: the names were not decided well.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        let taken = self.files.contains_key(&path);
        assert!(!taken, "every file has a path of its own, but {path} is taken");
        self.files.insert(path, text.into());
    }

    /// The text at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
