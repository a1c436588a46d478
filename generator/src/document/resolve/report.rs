//! Says what is wrong with a reference.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::super::cursor::CHAIN_LIMIT;
use super::super::reference::{Reference, Refusal};
use super::super::{Cursor, Document, Location, Pointer};
use super::files::Files;
use super::grammar::ObjectKind;
use super::{Site, Structure, reference_at};
use crate::diagnostic::Diagnostics;

/// How many names are compared to find the one that was meant.
const SUGGESTION_LIMIT: usize = 2000;

/// Whether `reference` does not lead to what may be in its place, which is reported.
pub(super) fn check(
    document: &Document,
    reference: &Site,
    structure: &Structure,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> bool {
    let cursor = reference.cursor(document);
    let Some(text) = cursor.str("$ref") else { return false };
    let place = reference_at(&cursor);
    match cursor.reference() {
        None => report_unresolved(&cursor, text, place, files, diagnostics),
        Some(target) if !reference.kind.allows(target.value()) => {
            let message = format!("`{text}` refers to a value that is not an object");
            diagnostics.error("ref-not-object", place, message, "refer to an object");
        }
        Some(target)
            if structure.objects.get(&target.address()).is_some_and(|kind| *kind != reference.kind) =>
        {
            let (wanted, kind) = (reference.kind.words(), structure.objects[&target.address()].words());
            let message = format!("`{text}` refers to {kind}, where {wanted} is expected");
            diagnostics.error("ref-kind", place, message, format!("refer to {wanted}"));
        }
        Some(_) if is_endless(&cursor) => {
            let message = format!("`{text}` is a cyclic or too long chain of references");
            let help = format!("refer to what is meant, in fewer than {CHAIN_LIMIT} steps");
            diagnostics.error("ref-cycle", place, message, help);
        }
        Some(target) => {
            let Some(kind) = structure.maps.get(&target.address()) else { return false };
            let is_wanted = *kind == reference.kind;
            let (wanted, kind) = (reference.kind.words(), kind.words());
            let message = format!(
                "`{text}` refers to an object with {kind} under each key, where {wanted} is expected"
            );
            let help = if is_wanted {
                format!("refer to one of them, like `{text}/Name`")
            } else {
                format!("refer to {wanted}")
            };
            diagnostics.error("ref-kind", place, message, help);
        }
    }
    true
}

impl ObjectKind {
    fn allows(self, target: &Value) -> bool {
        target.is_object() || (self == Self::Schema && target.is_boolean())
    }
}

fn is_endless(cursor: &Cursor<'_>) -> bool {
    let mut end = cursor.clone();
    for _ in 0..CHAIN_LIMIT {
        let Some(next) = end.reference() else { return false };
        end = next;
    }
    true
}

fn report_unresolved(
    cursor: &Cursor<'_>,
    text: &str,
    place: Location,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    match Reference::parse(text, cursor.file_path()) {
        Ok(reference) if files.failure(reference.file()).is_some() => {
            // A file that was read and is broken has its own diagnostics.
            if let Some(Some(reason)) = files.failure(reference.file()) {
                let message = format!("`{}` cannot be read: {reason}", reference.file());
                diagnostics.error("ref-file", place, message, "correct the path, or add the file");
            }
        }
        Ok(Reference::Pointer { file, pointer }) => {
            let help = suggestion(cursor, &file, &pointer);
            diagnostics.error("ref-dangling", place, format!("there is no `{text}`"), help);
        }
        Ok(Reference::Anchor(_)) => {
            let help = "give the schema that is meant this `$anchor`, or refer to it by a JSON pointer";
            diagnostics.error("ref-dangling", place, format!("there is no `{text}`"), help);
        }
        Ok(Reference::Remote { .. }) => {
            let help = "copy it into the document, or into a file beside it; nothing is fetched";
            diagnostics.error("ref-remote", place, format!("`{text}` is not in the document's folder"), help);
        }
        Err(refusal) => refuse(text, &refusal, place, diagnostics),
    }
}

fn refuse(text: &str, refusal: &Refusal, place: Location, diagnostics: &mut Diagnostics) {
    let why = match refusal {
        Refusal::Absolute => "is an absolute path",
        Refusal::Outside => "leaves the document's folder",
        Refusal::Malformed => {
            let help = "write a relative path, `#`, and a JSON pointer";
            return diagnostics.error("ref-malformed", place, format!("`{text}` is not a reference"), help);
        }
    };
    let help = "copy the file beside the document, and refer to it by a relative path";
    diagnostics.error("ref-outside", place, format!("`{text}` {why}"), help);
}

/// What to do about a dangling pointer: how far it leads, and what has nearly its name there.
fn suggestion(cursor: &Cursor<'_>, file: &str, pointer: &Pointer) -> String {
    let Some(root) = cursor.root_of(file) else { return "add the file".to_owned() };
    let mut reached = root;
    let mut tokens = pointer.tokens();
    while let Some(token) = tokens.next() {
        let Some(next) = reached.child(&token) else {
            return help_at(&reached, &token, tokens.count());
        };
        reached = next;
    }
    "refer to something else".to_owned()
}

/// `rest` is how many steps were to follow.
fn help_at(reached: &Cursor<'_>, token: &str, rest: usize) -> String {
    if token.is_empty() {
        return "write the whole pointer, like `#/components/schemas/Name`".to_owned();
    }
    let meant = plain(token);
    let mut names = reached.value().as_object().into_iter().flat_map(Map::keys).take(SUGGESTION_LIMIT);
    match names.find(|name| is_near(&plain(name), &meant)) {
        Some(name) => format!("write `{name}`, which is in `#{}`", reached.pointer()),
        None if rest == 0 => format!("add `{token}` to `#{}`, or refer to something else", reached.pointer()),
        None => format!("add what is meant: `#{}` has no `{token}` to begin with", reached.pointer()),
    }
}

/// Whether one letter makes the difference, if any.
fn is_near(name: &str, meant: &str) -> bool {
    // Of short names, and numbers, each is a letter away from many.
    if meant.len() <= 3 {
        return name == meant;
    }
    let same = name.chars().zip(meant.chars()).take_while(|(a, b)| a == b).count();
    let (rest, meant_rest) = (name.chars().skip(same), meant.chars().skip(same));
    match name.chars().count().cmp(&meant.chars().count()) {
        Ordering::Equal => rest.skip(1).eq(meant_rest.skip(1)),
        Ordering::Less => rest.eq(meant_rest.skip(1)),
        Ordering::Greater => rest.skip(1).eq(meant_rest),
    }
}

/// A name without what is easily mistaken in it.
fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
