//! Cuts a body that comes in pieces into lines.
//!
//! Each byte is looked at once, wherever the pieces begin and end. A line that
//! lies within one piece is handed out as a part of it, without a copy.

use bytes::{Buf as _, Bytes, BytesMut};
use memchr::{memchr, memchr2};

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "only JSON Lines end with a line feed alone")]
pub(crate) enum LineEnd {
    /// A line feed.
    Lf,
    /// A carriage return, a line feed, or both in this order.
    Any,
}

/// The lines of what was pushed so far.
#[derive(Debug)]
pub(crate) struct Lines {
    end: LineEnd,
    /// What is left of the last piece.
    piece: Bytes,
    /// The beginning of a line whose end is still to come.
    begun: BytesMut,
    /// The last line ended in a carriage return, so a line feed that follows belongs to it.
    after_return: bool,
}

impl Lines {
    /// No lines yet.
    #[must_use]
    pub(crate) fn new(end: LineEnd) -> Self {
        Self { end, piece: Bytes::new(), begun: BytesMut::new(), after_return: false }
    }

    /// Adds a piece. All lines of the one before have to be taken by then.
    pub(crate) fn push(&mut self, piece: Bytes) {
        debug_assert!(self.piece.is_empty(), "the lines of a piece are taken before the next one comes");
        self.piece = piece;
    }

    /// The next line, without its end; `None` when more has to be pushed first.
    pub(crate) fn next_line(&mut self) -> Option<Bytes> {
        if self.after_return && !self.piece.is_empty() {
            self.after_return = false;
            if self.piece[0] == b'\n' {
                self.piece.advance(1);
            }
        }
        let end = match self.end {
            LineEnd::Lf => memchr(b'\n', &self.piece),
            LineEnd::Any => memchr2(b'\n', b'\r', &self.piece),
        };
        let Some(end) = end else {
            self.begun.extend_from_slice(&std::mem::take(&mut self.piece));
            return None;
        };
        self.after_return = self.piece[end] == b'\r';
        let line = self.piece.split_to(end);
        self.piece.advance(1);
        if self.begun.is_empty() {
            return Some(line);
        }
        self.begun.extend_from_slice(&line);
        Some(self.begun.split().freeze())
    }

    /// How long the line is whose end is still to come.
    #[must_use]
    pub(crate) fn begun(&self) -> usize {
        self.begun.len()
    }
}
