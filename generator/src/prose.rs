//! Text from a document, made safe to print.
//!
//! Descriptions are untrusted: they end up in rustdoc and Markdown, where a
//! fence would become a doctest and HTML would become a page. A [`Prose`] can
//! only be made here, so what the emitters print has been cleaned: the text is
//! parsed as CommonMark and written anew, in few constructs, all else escaped.
//! What the emitters say themselves is a [`Prose`], too: words of ours with parts
//! of the document between them, which are clean by themselves.

mod blocks;
mod escape;
mod html;
mod indent;
mod inline;
mod ours;
mod sentence;
mod settle;
mod span;
mod url;
mod write;

use std::fmt;

use serde::Serialize;

pub(crate) use ours::SafeText;

use crate::diagnostic::clean;
use blocks::{Dialect, parse};

/// Markdown that is safe to print in rustdoc and on a page.
///
/// Its paragraphs, lists, quotes and tables hold text, code spans, emphasis and
/// links to the web; its code blocks are fences of `text`; it has no headings,
/// no images, and no HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Prose(String);

impl Prose {
    /// Cleans `text`, which is CommonMark from a document.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = html::to_markdown(&indent::dedent(&clean(text)));
        let written = stable(&text, Dialect::Page).or_else(|| stable(&text, Dialect::Unstressed));
        Self(written.unwrap_or_else(|| write::fence(&text)))
    }

    /// The Markdown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first sentence, on one line.
    #[must_use]
    pub fn first_sentence(&self) -> Self {
        Self::new(&write::one_line(&parse(sentence::first(&self.0), Dialect::Line)))
    }

    /// All of it on one line, fit for a cell of a Markdown table.
    #[must_use]
    pub fn one_line(&self) -> Self {
        Self(write::one_line(&parse(&self.0, Dialect::Cell)))
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Writes `text` until it stays as it is.
///
/// That it does is what makes it safe: whatever a parser finds in it is something
/// that we write, so nothing in it is a construct that we would have taken out.
fn stable(text: &str, dialect: Dialect) -> Option<String> {
    let mut last = write::write(&parse(text, dialect));
    for _ in 0..3 {
        let next = write::write(&parse(&last, dialect));
        if next == last {
            return Some(last);
        }
        last = next;
    }
    None
}

#[cfg(test)]
mod tests;
