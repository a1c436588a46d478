//! Walks a document: a value, and the way to it.
//!
//! A document comes in; what its readers ask of one place goes out. Knows how a
//! `$ref` is written, not what is at its end.

use std::borrow::Cow;
use std::rc::Rc;

use serde_json::Value;

use super::reference::Reference;
use super::{Document, Location, Pointer};

/// How many references in a row lead somewhere. `resolve` reports longer chains.
pub(super) const CHAIN_LIMIT: usize = 100;

/// A place in a document.
#[derive(Clone)]
pub struct Cursor<'d> {
    document: &'d Document,
    file: usize,
    value: &'d Value,
    step: Option<Rc<Step<'d>>>,
}

/// The last step of the way from the root of a file.
struct Step<'d> {
    before: Option<Rc<Step<'d>>>,
    token: Cow<'d, str>,
}

impl<'d> Cursor<'d> {
    pub(super) fn root(document: &'d Document, file: usize) -> Self {
        Self { document, file, value: &document.files[file].root, step: None }
    }

    /// What is here. An object with a `$ref` stays what it is.
    #[must_use]
    pub fn value(&self) -> &'d Value {
        self.value
    }

    /// Where this is.
    #[must_use]
    pub fn location(&self) -> Location {
        Location { file: self.file_name().to_owned(), pointer: self.pointer() }
    }

    /// Where in its file this is.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        let mut tokens = Vec::new();
        let mut step = self.step.as_deref();
        while let Some(Step { before, token }) = step {
            tokens.push(token);
            step = before.as_deref();
        }
        let mut pointer = Pointer::default();
        tokens.into_iter().rev().for_each(|token| pointer.push(token));
        pointer
    }

    /// The last token of its pointer: the name of a member, the number of an item, `""` at the root.
    #[must_use]
    pub fn key(&self) -> &str {
        self.step.as_deref().map_or("", |step| &step.token)
    }

    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let (key, value) = self.value.as_object()?.get_key_value(key)?;
        Some(self.step_to(Cow::Borrowed(key), value))
    }

    /// The item `index` of an array.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Self> {
        let value = self.value.as_array()?.get(index)?;
        Some(self.step_to(Cow::Owned(index.to_string()), value))
    }

    /// The place that `token` of a pointer leads to: a member or an item.
    #[must_use]
    pub fn child(&self, token: &str) -> Option<Self> {
        match self.value {
            Value::Array(_) => self.item(parse_index(token)?),
            _ => self.get(token),
        }
    }

    /// The place `pointer` below this one.
    #[must_use]
    pub fn descendant(&self, pointer: &Pointer) -> Option<Self> {
        pointer.tokens().try_fold(self.clone(), |place, token| place.child(&token))
    }

    /// The members of an object in the order of the document; nothing of anything else.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let here = self.clone();
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(key, value)| (key.as_str(), here.step_to(Cow::Borrowed(key), value)))
    }

    /// The items of an array; nothing of anything else.
    pub fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let here = self.clone();
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, value)| here.step_to(Cow::Owned(index.to_string()), value))
    }

    /// The text here, when it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&'d str> {
        self.value.as_str()
    }

    /// The truth value here, when it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.value.as_bool()
    }

    /// The text of the member `key`.
    #[must_use]
    pub fn str(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    /// The truth value of the member `key`.
    #[must_use]
    pub fn bool(&self, key: &str) -> Option<bool> {
        self.value.get(key)?.as_bool()
    }

    /// The number or truth value here as it is written, which has digits that the value has not: `1.10`.
    /// `None` for other values, and for what an overlay has put here. It scans the file.
    #[must_use]
    pub fn written(&self) -> Option<&'d str> {
        let text = self.document.files[self.file].source.written(&self.pointer())?;
        is_written_as(self.value, text).then_some(text)
    }

    /// Where its `$ref` leads in one step. `None` without a `$ref`.
    ///
    /// A reference that was reported counts as not being there, and its object speaks for itself.
    #[must_use]
    pub fn reference(&self) -> Option<Self> {
        if self.document.dangling.contains(&self.address()) {
            return None;
        }
        match self.str("$ref") {
            Some(reference) => self.resolve(reference),
            None if self.str("$recursiveRef") == Some("#") => {
                self.innermost(|place| place.bool("$recursiveAnchor") == Some(true))
            }
            None => self.dynamic_reference(),
        }
    }

    /// Where its `$dynamicRef` leads: to the one schema with that anchor, which no other schema overrides
    /// (JSON Schema 2020-12, section 8.2.3.2).
    fn dynamic_reference(&self) -> Option<Self> {
        let reference = self.str("$dynamicRef")?;
        let anchor = reference.split_once('#').map_or("", |(_, fragment)| fragment);
        let is_overridden = self.document.dynamic_anchors.get(anchor).is_some_and(|count| *count > 1);
        if is_overridden { None } else { self.resolve(reference) }
    }

    /// The end of its chain of `$ref`s; itself without one.
    #[must_use]
    pub fn follow(&self) -> Self {
        let mut end = self.clone();
        for _ in 0..CHAIN_LIMIT {
            let Some(next) = end.reference() else { return end };
            end = next;
        }
        // A chain without an end was reported, and counts as not being there.
        self.clone()
    }

    /// Whether there is nothing to go on with here, which `resolve` reported: a dangling `$ref`, or
    /// something else than an object.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        let end = self.follow();
        !end.value.is_object() || end.get("$ref").is_some()
    }

    /// Where `reference` leads when it stands here: for what refers without a `$ref`,
    /// like the mapping of a discriminator.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<Self> {
        // A `$id` is found by its own text, whatever it looks like.
        if let Some(place) = self.named(reference) {
            return Some(place);
        }
        match Reference::parse(reference, self.file_path()).ok()? {
            Reference::Pointer { file, pointer } => {
                let from_root = self.root_of(&file).and_then(|root| root.descendant(&pointer));
                // A schema with an `$id` is a document of its own to JSON Schema.
                from_root.or_else(|| self.innermost(|place| place.str("$id").is_some())?.descendant(&pointer))
            }
            Reference::Anchor(name) => self.named(&name),
            Reference::Remote { uri, pointer } => self.named(&uri)?.descendant(&pointer),
        }
    }

    /// The place `pointer` of its own file.
    #[must_use]
    pub fn from_root(&self, pointer: &Pointer) -> Option<Self> {
        Self::root(self.document, self.file).descendant(pointer)
    }

    /// The place `pointer` of the main file, whichever file this is in.
    #[must_use]
    pub fn from_main_root(&self, pointer: &Pointer) -> Option<Self> {
        self.document.root().descendant(pointer)
    }

    /// The path of its file relative to the document's folder, when that is not the main file.
    #[must_use]
    pub fn other_file(&self) -> Option<&'d str> {
        (self.file > 0).then(|| self.file_path())
    }

    /// The innermost place around this one, or this one, for which `is_meant` holds.
    fn innermost(&self, is_meant: impl Fn(&Self) -> bool) -> Option<Self> {
        let mut place = Self::root(self.document, self.file);
        let mut innermost = None;
        for token in self.pointer().tokens() {
            place = place.child(&token)?;
            if is_meant(&place) {
                innermost = Some(place.clone());
            }
        }
        innermost
    }

    fn named(&self, name: &str) -> Option<Self> {
        let (file, pointer) = self.document.names.get(name)?;
        Self::root(self.document, *file).descendant(pointer)
    }

    /// The identity of what is here: a value stays where it is in memory.
    pub(crate) fn address(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }

    pub(super) fn file(&self) -> usize {
        self.file
    }

    /// The path of its file, relative to the document's folder.
    pub(super) fn file_path(&self) -> &'d str {
        &self.document.files[self.file].path
    }

    /// The whole of the file at `path`, if it was loaded.
    pub(super) fn root_of(&self, path: &str) -> Option<Self> {
        Some(Self::root(self.document, self.document.file_at(path)?))
    }

    fn file_name(&self) -> &'d str {
        &self.document.files[self.file].source.name
    }

    fn step_to(&self, token: Cow<'d, str>, value: &'d Value) -> Self {
        let step = Some(Rc::new(Step { before: self.step.clone(), token }));
        Self { document: self.document, file: self.file, value, step }
    }
}

/// Whether YAML reads `text` as `value`.
fn is_written_as(value: &Value, text: &str) -> bool {
    let radix = |prefix: &str, radix| u64::from_str_radix(text.strip_prefix(prefix)?, radix).ok();
    match value {
        Value::Bool(is_true) => text.eq_ignore_ascii_case(&is_true.to_string()),
        Value::Number(number) => {
            let other = radix("0x", 16).or_else(|| radix("0o", 8));
            text.parse::<f64>().is_ok_and(|read| number.as_f64() == Some(read))
                || other.is_some_and(|read| number.as_u64() == Some(read))
        }
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

impl std::fmt::Debug for Cursor<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Cursor({}#{})", self.file_name(), self.pointer())
    }
}

impl From<Cursor<'_>> for Location {
    fn from(cursor: Cursor<'_>) -> Self {
        cursor.location()
    }
}

impl From<&Cursor<'_>> for Location {
    fn from(cursor: &Cursor<'_>) -> Self {
        cursor.location()
    }
}

/// An index as RFC 6901 writes it: digits without leading zeros.
fn parse_index(token: &str) -> Option<usize> {
    let is_canonical =
        token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    if is_canonical { token.parse().ok() } else { None }
}
