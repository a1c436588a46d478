//! Documentation comments: prose of the document and words of ours, as tokens.
//!
//! Takes text that [`crate::prose`] has cleaned. Knows nothing of what it documents.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;
use crate::prose::Prose;

/// A documentation comment in the making: paragraphs with empty lines between them.
#[derive(Default)]
pub(super) struct Rustdoc {
    paragraphs: Vec<String>,
}

impl Rustdoc {
    /// A comment that starts with this paragraph.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    /// A comment that starts with what the document says of an item, or with `otherwise`
    /// when it says nothing.
    pub(super) fn of(docs: &Docs, otherwise: &str) -> Self {
        Self::default().prose(&docs.summary).prose(&docs.description).or(otherwise)
    }

    /// This, or `otherwise` when nothing has been said yet.
    pub(super) fn or(self, otherwise: impl Into<String>) -> Self {
        if self.paragraphs.is_empty() { self.text(otherwise) } else { self }
    }

    /// Adds a paragraph of ours; nothing when it is empty.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() && !self.paragraphs.contains(&text) {
            self.paragraphs.push(text);
        }
        self
    }

    /// Adds a paragraph from the document; nothing when it is empty or has been said.
    pub(super) fn prose(self, prose: &Prose) -> Self {
        self.text(prose.as_str())
    }

    /// The comment of the item that follows.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.lines();
        quote! { #(#[doc = #lines])* }
    }

    /// The comment of the module that it stands in.
    pub(super) fn inner(&self) -> TokenStream {
        let lines = self.lines();
        quote! { #(#![doc = #lines])* }
    }

    fn lines(&self) -> Vec<String> {
        let text = self.paragraphs.join("\n\n");
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
    }
}
