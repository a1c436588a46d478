//! Documentation comments: doc text and examples, as tokens.
//!
//! Takes [`Prose`], which is safe to print, and examples of ours. Knows nothing of what it documents.

use proc_macro2::TokenStream;
use quote::quote;

use crate::prose::Prose;
use crate::sdk::DocText;
use crate::snippet::Snippet;

/// A documentation comment in the making: paragraphs with empty lines between them.
#[derive(Default)]
pub(super) struct Rustdoc {
    paragraphs: Vec<String>,
}

impl Rustdoc {
    /// A comment that starts with this paragraph.
    pub(super) fn new(text: impl Into<Prose>) -> Self {
        Self::default().text(text)
    }

    /// A comment that starts with the paragraphs of `docs`, or what is said in their place.
    pub(super) fn of(docs: &DocText) -> Self {
        docs.paragraphs.iter().fold(Self::default(), Self::text).or(&docs.fallback)
    }

    /// This, or `otherwise` when nothing has been said yet.
    pub(super) fn or(self, otherwise: impl Into<Prose>) -> Self {
        if self.paragraphs.is_empty() { self.text(otherwise) } else { self }
    }

    /// Adds a paragraph; nothing when it is empty or has been said.
    pub(super) fn text(mut self, text: impl Into<Prose>) -> Self {
        let text = text.into().to_string();
        if !text.is_empty() && !self.paragraphs.contains(&text) {
            self.paragraphs.push(text);
        }
        self
    }

    /// Adds an example as a doctest.
    pub(super) fn example(mut self, snippet: &Snippet) -> Self {
        self.paragraphs.push(format!("```no_run\n{}\n```", snippet.doctest()));
        self
    }

    /// Adds the rest of a fence that has been opened: a whole program, and the end of the fence.
    pub(super) fn rest_of_fence(mut self, snippet: &Snippet) -> Self {
        self.paragraphs.push(format!("{}```", snippet.program()));
        self
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
