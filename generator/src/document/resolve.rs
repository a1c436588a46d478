//! Checks every `$ref` of a document, and loads the files that they lead to.
//!
//! Trees come in; afterwards every reference leads somewhere or is reported, so
//! that walking is total. Nothing outside of the document's folder is asked
//! for, and nothing on a network. Cycles through schemas are data: only a
//! reference that leads to nothing but itself is wrong.

mod files;
mod grammar;
mod report;
mod walk;

use std::collections::HashSet;

use super::{Cursor, Document, Input, Location, Pointer};
use crate::diagnostic::Diagnostics;
use files::Files;
use grammar::Kind;

/// A place in a document that does not borrow it, and what stands there.
#[derive(Clone)]
struct Site {
    file: usize,
    pointer: Pointer,
    kind: Kind,
}

/// Checks every `$ref` in `document`.
pub(super) fn resolve(document: &mut Document, input: &Input<'_>, found: &mut Diagnostics) {
    let mut files = Files::default();
    let mut walked = HashSet::new();
    let mut references = Vec::new();
    let mut open: Vec<Site> = Vec::new();
    let mut queue = vec![Site { file: 0, pointer: Pointer::default(), kind: Kind::OpenApi }];
    while !queue.is_empty() {
        let seen = walk::walk(document, &queue, &mut walked, found);
        document.names.extend(seen.names);
        files.load(document, &seen.references, input, found);
        open.extend(seen.references.iter().cloned());
        references.extend(seen.references);
        queue = take_targets(document, &mut open);
    }
    for reference in &references {
        report::check(document, reference, &files, found);
    }
}

/// Where the references in `open` lead. Those that lead nowhere yet stay in it:
/// the file or the `$anchor` that they name may still come.
fn take_targets(document: &Document, open: &mut Vec<Site>) -> Vec<Site> {
    let mut targets = Vec::new();
    open.retain(|reference| {
        let target = reference.cursor(document).reference();
        targets.extend(target.as_ref().map(|target| Site::of(target, reference.kind)));
        target.is_none()
    });
    targets
}

/// Where the `$ref` of the object at `cursor` stands.
fn reference_at(cursor: &Cursor<'_>) -> Location {
    let Location { file, pointer } = cursor.location();
    Location { file, pointer: pointer.child("$ref") }
}

impl Site {
    fn of(cursor: &Cursor<'_>, kind: Kind) -> Self {
        Self { file: cursor.file(), pointer: cursor.pointer(), kind }
    }

    fn cursor<'d>(&self, document: &'d Document) -> Cursor<'d> {
        let root = Cursor::root(document, self.file);
        root.descendant(&self.pointer).expect("a site is made from a cursor, and the tree stays as it is")
    }
}
