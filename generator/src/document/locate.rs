//! Finds the line and column of a place in a document.

use std::ops::Range;

use super::Pointer;

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// In bytes, counted from 0.
    pub offset: usize,
    /// In bytes.
    pub length: usize,
}

/// Where every value of a text stands.
#[derive(Debug)]
pub(super) struct Index;

impl Index {
    pub(super) fn of(_text: &str) -> Self {
        Self
    }

    pub(super) fn find(&self, _pointer: &Pointer) -> Range<usize> {
        0..0
    }
}

/// The position of `range` in `text`, cut off at the end of its first line.
pub(super) fn position(text: &str, range: Range<usize>) -> Position {
    let offset = floor(text, range.start);
    let end = floor(text, range.end.max(offset));
    let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let marked = &text[offset..end];
    Position {
        line: text[..offset].matches('\n').count() + 1,
        column: text[line_start..offset].chars().count() + 1,
        offset,
        length: marked.lines().next().map_or(0, str::len),
    }
}

/// The nearest boundary between characters at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
