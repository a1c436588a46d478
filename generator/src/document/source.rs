//! The text of a file, kept so that diagnostics can point into it.

use std::ops::Range;
use std::sync::OnceLock;

use super::Pointer;
use super::locate::{Index, Position, Ruler};

/// A file as it was read.
#[derive(Debug)]
pub struct Source {
    /// Its name, for messages.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
    ruler: OnceLock<Ruler>,
    index: OnceLock<Index>,
}

impl Source {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), ruler: OnceLock::new(), index: OnceLock::new() }
    }

    /// A file in TOML: settings.
    pub(crate) fn toml(name: impl Into<String>, text: impl Into<String>) -> Self {
        let source = Self::new(name, text);
        Self { index: Index::of_toml(&source.text).into(), ..source }
    }

    /// Where in the text `pointer` leads: its value, or its key when the value is an
    /// object or a list; the nearest place around it when it is not in the text.
    ///
    /// The first call scans the text; documents without diagnostics are never scanned.
    #[must_use]
    pub fn position(&self, pointer: &Pointer) -> Position {
        let index = self.index.get_or_init(|| Index::of(&self.text, self.ruler()));
        self.position_at(index.find(pointer))
    }

    /// The position of a range of bytes, cut off at the end of its first line.
    pub(crate) fn position_at(&self, range: Range<usize>) -> Position {
        self.ruler().position(&self.text, range)
    }

    fn ruler(&self) -> &Ruler {
        self.ruler.get_or_init(|| Ruler::of(&self.text))
    }
}
