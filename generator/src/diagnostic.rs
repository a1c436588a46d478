//! What can be wrong with a document, and where.
//!
//! Stages add to one [`Diagnostics`], which also keeps the text that the
//! diagnostics are about; the driver stops at its gates. Rendering is the caller's
//! business: everything that it needs is plain data here.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::config::{Config, Waiver};
use crate::document::{Location, Pointer, Position, Source};
use crate::prose::characters;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The crate is generated, and the reader should know.
    Warning,
}

/// One thing that is wrong with the input, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name such as `ref-dangling`, in kebab-case; a waiver names it.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it: lower case, no full stop.
    pub help: String,
    /// Where it is.
    pub location: Location,
    /// Where that is in the text of its file. Set at the gates; `None` for what
    /// stands in no text, like a setting.
    pub position: Option<Position>,
    /// Why the settings made a warning of this error.
    pub waived: Option<String>,
    /// Whether a waiver in the settings would make this error a warning. Not so where there is nothing
    /// to go on with, as with a document that cannot be read.
    pub is_waivable: bool,
}

/// The diagnostics so far, and the texts that they are about.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The same schema can be reached along several paths, and is reported once.
    seen: HashSet<Diagnostic>,
    sources: Vec<Arc<Source>>,
}

impl Diagnostics {
    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        location: impl Into<Location>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Diagnostic::new(Severity::Error, code, location.into(), &message.into(), &help.into()));
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        location: impl Into<Location>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Diagnostic::new(Severity::Warning, code, location.into(), &message.into(), &help.into()));
    }

    /// Adds an error about a range of bytes of a text that has no places with pointers.
    pub(crate) fn error_at(
        &mut self,
        code: &'static str,
        source: &Source,
        place: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let location = Location::of(&source.name);
        let mut new = Diagnostic::new(Severity::Error, code, location, &message.into(), &help.into());
        new.position = Some(source.position_at(place));
        self.add(new);
    }

    fn add(&mut self, new: Diagnostic) {
        if self.seen.insert(new.clone()) {
            self.list.push(new);
        }
    }

    /// Keeps the text of a file, for the diagnostics in it.
    pub(crate) fn add_source(&mut self, source: Arc<Source>) {
        self.sources.push(source);
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.sources.extend(other.sources);
        other.list.into_iter().for_each(|one| self.add(one));
    }

    /// Whether anything stands in the way of generating.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|one| one.severity == Severity::Error)
    }

    /// The diagnostics: at first in the order in which they were added, after a gate in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The file `name` as it was read, to draw a diagnostic over.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name).map(Arc::as_ref)
    }

    /// Returns `value`, or all diagnostics where there is none. Applies the waivers of the settings.
    pub(crate) fn first_gate<T>(&mut self, value: Option<T>, config: &Config) -> Result<T, Diagnostics> {
        if let Some(value) = value {
            self.settle(config);
            return Ok(value);
        }
        self.locate();
        Err(std::mem::take(self))
    }

    /// Returns `value` when nothing is wrong, once everything that a setting could be for has been looked at;
    /// all diagnostics otherwise.
    pub(crate) fn last_gate<T>(&mut self, value: T, config: &Config) -> Result<T, Diagnostics> {
        for (index, waiver) in config.waivers.iter().enumerate() {
            if !self.list.iter().any(|one| one.is_under(waiver)) {
                let location = config.location(&["waivers", &index.to_string()]);
                let message = format!("nothing is waived by `{}` at `#{}`", waiver.code, waiver.pointer);
                self.error("waiver-unused", location, message, "remove the waiver");
            }
            if waiver.reason.trim().is_empty() {
                let location = config.location(&["waivers", &index.to_string(), "reason"]);
                let message = format!("the waiver of `{}` has no reason", waiver.code);
                self.error("waiver-unreasoned", location, message, "say why the crate is right all the same");
            }
        }
        self.settle(config);
        self.locate();
        if self.has_errors() { Err(std::mem::take(self)) } else { Ok(value) }
    }

    /// Waives what the settings waive, and notes of what is left whether they could.
    fn settle(&mut self, config: &Config) {
        for waiver in &config.waivers {
            self.waive(waiver);
        }
        let settings = config.source.as_ref().map(|source| source.name.as_str());
        for one in self.list.iter_mut().filter(|one| one.severity == Severity::Error) {
            one.is_waivable = settings != Some(one.location.file.as_str());
        }
    }

    /// Turns the errors that `waiver` is for into warnings.
    fn waive(&mut self, waiver: &Waiver) {
        let errors = self.list.iter_mut().filter(|one| one.severity == Severity::Error);
        for one in errors.filter(|one| one.is_under(waiver)) {
            one.severity = Severity::Warning;
            one.waived = Some(waiver.reason.clone());
        }
    }

    /// Looks up where every diagnostic is in its text, and sorts by that. The gates do it.
    pub fn locate(&mut self) {
        for one in &mut self.list {
            let source = self.sources.iter().find(|source| source.name == one.location.file);
            if one.position.is_none() {
                one.position = source.map(|source| source.position(&one.location.pointer));
            }
        }
        let file = |one: &Diagnostic| {
            self.sources.iter().position(|source| source.name == one.location.file).unwrap_or(usize::MAX)
        };
        self.list.sort_by_cached_key(|one| (file(one), one.position.map(|place| place.offset)));
    }
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, location: Location, message: &str, help: &str) -> Self {
        let (message, help) = (printable(message), printable(help));
        Self { severity, code, message, help, location, position: None, waived: None, is_waivable: false }
    }

    fn is_under(&self, waiver: &Waiver) -> bool {
        let place = Pointer::parse(&waiver.pointer);
        self.code == waiver.code && place.is_some_and(|place| self.location.pointer.is_within(&place))
    }
}

/// How many characters of a message are shown.
const MESSAGE_LIMIT: usize = 400;

/// `text`, which quotes the document, without what would move a terminal's cursor or
/// turn its text around, and not without end.
fn printable(text: &str) -> String {
    let cut = text.char_indices().nth(MESSAGE_LIMIT).map_or(text, |(end, _)| &text[..end]);
    let mut printable = characters::clean(cut).replace('\n', " ");
    if cut.len() < text.len() {
        printable.push('…');
    }
    printable
}
