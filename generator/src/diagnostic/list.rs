//! The diagnostics of a run, and the texts that they are about.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, Location, Severity, Source, clean};

/// How many characters of a message are shown.
const MESSAGE_LIMIT: usize = 400;

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
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let location = Location::of(&source.name);
        let mut new = Diagnostic::new(Severity::Error, code, location, &message.into(), &help.into());
        new.position = Some(source.position_at(range));
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

    /// Adds the diagnostics and texts of `other`.
    pub(crate) fn extend(&mut self, other: Self) {
        self.sources.extend(other.sources);
        other.list.into_iter().for_each(|one| self.add(one));
    }

    /// Whether anything stands in the way of generating.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|one| one.severity == Severity::Error)
    }

    /// The diagnostics: at first in the order in which they were added, once located in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Keeps the diagnostics that `keep` holds for.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// The errors, to make warnings of them.
    pub(crate) fn errors_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.list.iter_mut().filter(|one| one.severity == Severity::Error)
    }

    /// The file `name` as it was read, to draw a diagnostic over.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name).map(Arc::as_ref)
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
        self.list.sort_by_cached_key(|one| (file(one), one.position.map(|position| position.offset)));
    }
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, location: Location, message: &str, help: &str) -> Self {
        let (message, help) = (printable(message), printable(help));
        Self {
            severity,
            code,
            message,
            help,
            location,
            position: None,
            waived: None,
            reading: None,
            is_waivable: false,
        }
    }

    /// Makes a warning of this error, for which the settings give a `reason`.
    pub(crate) fn waive(&mut self, reason: &str) {
        self.severity = Severity::Warning;
        self.waived = Some(reason.to_owned());
    }

    /// Makes a warning of this error, in place of which `reading` is generated.
    pub(crate) fn accept(&mut self, reading: &'static str) {
        self.severity = Severity::Warning;
        self.reading = Some(reading);
    }
}

/// `text`, which quotes the document, without what would move a terminal's cursor or
/// turn its text around, and not without end.
fn printable(text: &str) -> String {
    let cut = text.char_indices().nth(MESSAGE_LIMIT).map_or(text, |(end, _)| &text[..end]);
    let mut printable = clean(cut).replace('\n', " ");
    if cut.len() < text.len() {
        printable.push('…');
    }
    printable
}
