//! Lines, columns and characters of a text.
//!
//! Offsets in bytes come in, and go out as what a person counts.

use std::ops::Range;

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

/// The lines and characters of a text, counted once, so that a thousand
/// diagnostics in one long line are not a thousand walks over it.
#[derive(Debug)]
pub(crate) struct Ruler {
    /// Where each line starts, in bytes.
    lines: Vec<usize>,
    /// How many characters start before each block.
    characters: Vec<usize>,
    is_ascii: bool,
}

/// The size of a block in bytes.
const BLOCK: usize = 128;

impl Ruler {
    pub(crate) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut total = 0;
        let count = |block: &[u8]| {
            let before = total;
            total += count_characters(block);
            before
        };
        let characters = text.as_bytes().chunks(BLOCK).map(count).collect();
        Self { lines, characters, is_ascii: text.is_ascii() }
    }

    /// The position of `range`, cut off at the end of its first line.
    pub(super) fn position(&self, text: &str, range: Range<usize>) -> Position {
        let offset = floor(text, range.start);
        let end = floor(text, range.end.max(offset));
        let line = self.lines.partition_point(|start| *start <= offset);
        let column =
            self.characters_before(text, offset) - self.characters_before(text, self.lines[line - 1]) + 1;
        let length = text[offset..end].lines().next().map_or(0, str::len);
        Position { line, column, offset, length }
    }

    /// The offset in bytes of the character number `index`.
    pub(crate) fn offset(&self, text: &str, index: usize) -> usize {
        if self.is_ascii {
            return index.min(text.len());
        }
        let block = self.characters.partition_point(|before| *before <= index).saturating_sub(1);
        let before = self.characters.get(block).copied().unwrap_or_default();
        let mut starts =
            text.bytes().enumerate().skip(block * BLOCK).filter(|(_, byte)| starts_character(*byte));
        starts.nth(index - before).map_or(text.len(), |(at, _)| at)
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        let Some(before) = self.characters.get(block) else { return self.characters_in_all(text) };
        before + count_characters(&text.as_bytes()[block * BLOCK..offset])
    }

    fn characters_in_all(&self, text: &str) -> usize {
        let last = self.characters.len().saturating_sub(1);
        let before = self.characters.last().copied().unwrap_or_default();
        before + count_characters(&text.as_bytes()[last * BLOCK..])
    }
}

fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| starts_character(**byte)).count()
}

/// Whether `byte` is the first of a character in UTF-8.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// The nearest boundary between characters at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
