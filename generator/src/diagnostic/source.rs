//! The text of a file, kept so that diagnostics can point into it.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{Diagnostics, Index, Location, Pointer, Position, Ruler};

/// The largest file that is read, in bytes.
const SIZE_LIMIT: usize = 64 << 20;

/// Finds out where every value of a text stands. It never fails: what it cannot read has no place in the index.
pub(crate) type Scan = fn(&str, &Ruler) -> Index;

/// A file as it was read.
pub struct Source {
    /// Its name, for messages.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
    scan: Scan,
    ruler: OnceLock<Ruler>,
    index: OnceLock<Index>,
}

impl Source {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>, scan: Scan) -> Self {
        let (ruler, index) = (OnceLock::new(), OnceLock::new());
        Self { name: name.into(), text: text.into(), scan, ruler, index }
    }

    /// The file `name`, which has to be in UTF-8. `None` when it is not or is too large, which is reported.
    pub(crate) fn decode(
        name: &str,
        bytes: &[u8],
        scan: Scan,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Self>> {
        if bytes.len() > SIZE_LIMIT {
            let message =
                format!("the file has {} bytes, more than the {SIZE_LIMIT} that are read", bytes.len());
            diagnostics.error("document-too-large", Location::of(name), message, "split the document");
            return None;
        }
        let (text, error) = match std::str::from_utf8(bytes) {
            Ok(text) => (text.strip_prefix('\u{feff}').unwrap_or(text).into(), None),
            Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
        };
        let source = Arc::new(Self::new(name, text, scan));
        diagnostics.add_source(Arc::clone(&source));
        let Some(offset) = error else { return Some(source) };
        let message = format!("the byte 0x{:02x} is not UTF-8", bytes[offset]);
        let help = "save the file as UTF-8";
        diagnostics.error_at("document-not-utf8", &source, offset..offset + 1, message, help);
        None
    }

    /// Where in the text `pointer` leads: its value, or its key when the value is an
    /// object or a list; the nearest place around it when it is not in the text.
    ///
    /// The first call scans the text; documents without diagnostics are never scanned.
    #[must_use]
    pub fn position(&self, pointer: &Pointer) -> Position {
        let index = self.index.get_or_init(|| (self.scan)(&self.text, self.ruler()));
        self.position_at(index.find(pointer))
    }

    /// The text where `pointer` leads: of a scalar as it is written, on one line.
    ///
    /// The first call scans the text.
    pub(crate) fn written(&self, pointer: &Pointer) -> Option<&str> {
        let index = self.index.get_or_init(|| (self.scan)(&self.text, self.ruler()));
        self.text.get(index.find(pointer))
    }

    /// The position of a range of bytes, cut off at the end of its first line.
    pub(crate) fn position_at(&self, range: Range<usize>) -> Position {
        self.ruler().position(&self.text, range)
    }

    fn ruler(&self) -> &Ruler {
        self.ruler.get_or_init(|| Ruler::of(&self.text))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}
