//! Checks every `$ref` of a document, and loads the files that they lead to.
//!
//! Trees come in; afterwards every reference leads somewhere or is reported, so
//! that walking is total. Nothing outside of the document's folder is asked
//! for, and nothing on a network. Cycles through schemas are data: only a
//! reference that leads to nothing but itself is wrong.

mod files;
mod grammar;
mod report;
mod shape;
mod walk;

use std::collections::{HashMap, HashSet};

use super::{Cursor, Document, Input, Location, Pointer};
use crate::diagnostic::Diagnostics;
use files::Files;
use grammar::ObjectKind;

/// A place in a document that does not borrow it, and what stands there.
#[derive(Clone)]
struct Site {
    file: usize,
    pointer: Pointer,
    kind: ObjectKind,
}

/// Checks every `$ref` in `document`.
pub(super) fn resolve(document: &mut Document, input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let mut files = Files::default();
    let mut walked = HashSet::new();
    let mut structure: Option<Structure> = None;
    let mut references = Vec::new();
    let mut dynamic = Vec::new();
    let mut open: Vec<Site> = Vec::new();
    let mut queue = vec![Site { file: 0, pointer: Pointer::default(), kind: ObjectKind::OpenApi }];
    while !queue.is_empty() {
        let seen = walk::walk(document, &queue, &mut walked, diagnostics);
        let structure = structure
            .get_or_insert_with(|| Structure { objects: walked.iter().copied().collect(), maps: seen.maps });
        document.names.extend(seen.names);
        for (name, count) in seen.dynamic_anchors {
            *document.dynamic_anchors.entry(name).or_default() += count;
        }
        dynamic.extend(seen.dynamic);
        files.load(document, &seen.references, input, diagnostics);
        open.extend(seen.references.iter().cloned());
        references.extend(seen.references);
        queue = take_targets(document, structure, &mut open);
    }
    let structure = structure.unwrap_or_default();
    let is_wrong = |reference: &&Site| report::check(document, reference, &structure, &files, diagnostics);
    let wrong = references.iter().filter(is_wrong).map(|reference| reference.cursor(document).address());
    document.dangling = wrong.collect();
    for place in dynamic.iter().map(|site| site.cursor(document)).filter(|place| place.reference().is_none())
    {
        place.get("$dynamicRef").iter().for_each(|reference| walk::dynamic(reference, diagnostics));
    }
}

/// What the objects of the main file are by where they stand, by address.
#[derive(Default)]
struct Structure {
    objects: HashMap<usize, ObjectKind>,
    /// Objects with one of a kind under each key.
    maps: HashMap<usize, ObjectKind>,
}

/// The targets of the references in `open`. Those that do not resolve yet stay in it:
/// the file or the `$anchor` that they name may still come.
fn take_targets(document: &Document, structure: &Structure, open: &mut Vec<Site>) -> Vec<Site> {
    let mut targets = Vec::new();
    open.retain(|reference| {
        let Some(target) = reference.cursor(document).reference() else { return true };
        if structure.objects.get(&target.address()).is_none_or(|kind| *kind == reference.kind) {
            targets.push(Site::of(&target, reference.kind));
        }
        false
    });
    targets
}

/// Where the `$ref` of the object at `cursor` stands.
fn reference_at(cursor: &Cursor<'_>) -> Location {
    let Location { file, pointer } = cursor.location();
    Location { file, pointer: pointer.child("$ref") }
}

impl Site {
    fn of(cursor: &Cursor<'_>, kind: ObjectKind) -> Self {
        Self { file: cursor.file(), pointer: cursor.pointer(), kind }
    }

    fn cursor<'d>(&self, document: &'d Document) -> Cursor<'d> {
        let root = Cursor::root(document, self.file);
        root.descendant(&self.pointer).expect("a site is made from a cursor, and the tree stays as it is")
    }
}
