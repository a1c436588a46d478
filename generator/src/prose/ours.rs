//! Words of ours, with parts of the document between them.
//!
//! Words are written out in our source, and parts have been made safe, so what is put together
//! here is as safe as its parts.

use std::fmt::Display;

use serde_json::Value;

use super::{Prose, settle, span, url};

/// What may stand between words of ours.
pub(crate) trait SafeText: Display {}

impl SafeText for Prose {}

impl From<&'static str> for Prose {
    fn from(words: &'static str) -> Self {
        Self(words.to_owned())
    }
}

impl From<&Prose> for Prose {
    fn from(prose: &Prose) -> Self {
        prose.clone()
    }
}

impl Prose {
    /// `words` with the parts in place of its `{}`, one after the other.
    ///
    /// # Panics
    ///
    /// When there are not as many parts as places; both are ours.
    pub(crate) fn fill(words: &'static str, parts: &[&dyn SafeText]) -> Self {
        let mut pieces = words.split("{}");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        let mut parts = parts.iter();
        for piece in pieces {
            let part = parts.next().unwrap_or_else(|| panic!("every place has a part: {words}"));
            text.push_str(&part.to_string());
            text.push_str(piece);
        }
        assert!(parts.next().is_none(), "every part has a place: {words}");
        Self(text)
    }

    /// A part by itself.
    pub(crate) fn name(part: &dyn SafeText) -> Self {
        Self(part.to_string())
    }

    /// `text` as a code span, in which nothing has a meaning.
    pub(crate) fn code(text: &str) -> Self {
        Self(span::code(text))
    }

    /// A value as a code span: texts without their quotation marks, unless they are empty.
    pub(crate) fn value(value: &Value) -> Self {
        match value {
            Value::String(text) if !text.trim().is_empty() => Self::code(text),
            other => Self::code(&other.to_string()),
        }
    }

    /// `text` on one line, in which everything stands for itself.
    pub(crate) fn plain(text: &str) -> Self {
        Self(span::plain(text))
    }

    /// A link to a page of ours.
    pub(crate) fn link(text: &Self, target: &str) -> Self {
        Self(format!("[{text}]({})", url::encode(target)))
    }

    /// The parts that say something, one after the other.
    pub(crate) fn join(separator: &'static str, parts: impl IntoIterator<Item = Self>) -> Self {
        let parts: Vec<String> =
            parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.0).collect();
        Self(parts.join(separator))
    }

    /// The same for a cell of a table; it has to be on one line already.
    pub(crate) fn in_cell(&self) -> Self {
        Self(span::in_cell(&self.0))
    }

    /// The same without links to other files: those of the document's author, not ours.
    pub(crate) fn settled(&self) -> Self {
        Self(settle::settled(&self.0))
    }

    /// The same with a full stop, when it is one line of text that ends without one.
    pub(crate) fn sentence(&self) -> Self {
        let is_text = self.0.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '`' | '['));
        let is_open = self.0.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | '`'));
        let is_sentence = is_text && is_open && !self.0.contains('\n');
        Self(if is_sentence { format!("{}.", self.0) } else { self.0.clone() })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_stand_in_their_places() {
        let parts: [&dyn SafeText; 2] = [&Prose::code("a"), &Prose::plain("404")];
        assert_eq!(Prose::fill("From {} on {}.", &parts).as_str(), "From `a` on 404.");
    }

    #[test]
    fn texts_are_shown_as_they_are_and_the_rest_as_json() {
        let shown = |value| Prose::value(&value).to_string();
        assert_eq!(shown(json!("fine-tune")), "`fine-tune`");
        assert_eq!(shown(json!("")), "`\"\"`");
        assert_eq!(shown(json!(0)), "`0`");
        assert_eq!(shown(json!(null)), "`null`");
        assert_eq!(shown(json!([1, "a"])), "`[1,\"a\"]`");
    }

    #[test]
    fn sentences_end() {
        let ended = |text| Prose::new(text).sentence().to_string();
        assert_eq!(ended("A file"), "A file.");
        assert_eq!(ended("A file (`large`)"), "A file (`large`).");
        assert_eq!(ended("What?"), "What?");
        assert_eq!(ended("```\na\n```"), "```text\na\n```");
    }
}
