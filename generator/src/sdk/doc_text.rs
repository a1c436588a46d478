//! The documentation of items.
//!
//! In goes what the document says, out come its paragraphs, the facts that are known beside them,
//! and what is said of items about which the document is silent.

use super::{Context, Type, value_text};
use crate::ir::{Docs, TypeId};
use crate::prose::Prose;

/// What the variant of an enum or union is that the document does not list.
pub const UNKNOWN_VARIANT: &str = "A value that this version of the crate does not know.";

/// What a deprecated item means: half of a sentence.
pub const DEPRECATION: &str = "the API advises against using it";

/// What the field is that keeps the properties without a field of their own.
pub const ADDITIONAL_PROPERTIES: &str = "The properties that are not listed above, by name.";

/// What the setter of such properties of a body sends.
pub(super) const ADDITIONAL_BODY_PROPERTIES: &str = "Further properties of the body, by name.";

/// The statuses of a response that the document calls `default`.
pub const ANY_OTHER_STATUS: &str = "any other status";

/// The documentation of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocText {
    /// What the document says, in paragraphs that end like sentences, each once.
    pub paragraphs: Vec<Prose>,
    /// The text in their place when there are none; may be empty.
    pub fallback: Prose,
    /// What is known beyond them: ``Default: `0`. Example: `7`.``
    pub facts: Prose,
    /// Whether the document advises against the item.
    pub is_deprecated: bool,
}

impl DocText {
    /// What `docs` says of the item of this name.
    pub(super) fn new(docs: &Docs, name: &str) -> Self {
        Self { paragraphs: paragraphs(docs, name), is_deprecated: docs.deprecated, ..Self::default() }
    }

    /// The same with a text for when the document says nothing.
    pub(super) fn or(self, fallback: Prose) -> Self {
        Self { fallback, ..self }
    }

    /// The same with these facts.
    pub(super) fn with_facts(self, facts: Prose) -> Self {
        Self { facts, ..self }
    }

    /// The paragraphs and the facts, when that is one line of text.
    #[must_use]
    pub fn line(&self) -> Option<Prose> {
        let [text] = self.paragraphs.as_slice() else { return None };
        let is_text =
            text.as_str().starts_with(|character: char| character.is_alphanumeric() || character == '`');
        if !is_text || text.as_str().contains('\n') {
            return None;
        }
        Some(Prose::join(" ", [text.clone(), self.facts.clone()]))
    }
}

/// What is said of the item of this name, in paragraphs that end like sentences, each once.
///
/// A summary says nothing when it is the name once more, or one word, and it need not be said when
/// the description starts with it.
fn paragraphs(docs: &Docs, name: &str) -> Vec<Prose> {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let summary = plain(docs.summary.as_str());
    let says_something = docs.summary.as_str().contains(' ') && summary != plain(name);
    let is_repeated = plain(docs.description.as_str()).starts_with(&summary);
    let summary = (says_something && !is_repeated).then_some(&docs.summary);
    let texts = summary.into_iter().chain([&docs.description]);
    texts.filter(|prose| !prose.is_empty()).map(|prose| prose.settled().sentence()).collect()
}

impl Context<'_> {
    /// The documentation of a named type.
    pub(super) fn type_docs(&self, id: TypeId) -> DocText {
        let docs = &self.api.type_def(id).docs;
        DocText::new(docs, self.names.ty(id).ident.as_str())
            .or(self.unnamed_type_text(id))
            .with_facts(value_text::constraints(docs))
    }

    /// What a named type is, when the document does not say.
    fn unnamed_type_text(&self, id: TypeId) -> Prose {
        match self.api.type_def(id).name_parts.as_slice() {
            [_] => Prose::default(),
            [outer @ .., last] if last == "item" => {
                Prose::fill("An item of {}.", &[&Prose::code(&outer.join("."))])
            }
            [outer @ .., last] => {
                Prose::fill("The {} of {}.", &[&Prose::code(last), &Prose::code(&outer.join("."))])
            }
            [] => "A value without a name of its own.".into(),
        }
    }

    /// What a value of this type is: the first sentence about the model in it, if there is one.
    pub(super) fn type_sentence(&self, ty: &Type) -> Prose {
        let [model] = ty.models()[..] else { return Prose::default() };
        let text = paragraphs(&self.api.type_def(model.ir_id()).docs, model.name.as_str());
        text.first().map(|text| text.first_sentence().sentence()).unwrap_or_default()
    }
}
