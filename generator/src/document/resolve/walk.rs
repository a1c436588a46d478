//! Finds the references in a document, and the names that they can use.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::{Cursor, Document, Pointer};
use super::grammar::{Kind, Shape};
use super::{Site, reference_at};
use crate::diagnostic::Diagnostics;

/// What has been walked, by address: trees stay where they are while files are added.
pub(super) type Walked = HashSet<(usize, Kind)>;

/// What a walk came past.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) references: Vec<Site>,
    /// See `Document::names`.
    pub(super) names: HashMap<String, (usize, Pointer)>,
}

/// Walks what is at and below `sites`, unless it was walked before.
pub(super) fn walk(
    document: &Document,
    sites: &[Site],
    walked: &mut Walked,
    found: &mut Diagnostics,
) -> Seen {
    let mut seen = Seen::default();
    let start = |site: &Site| (site.cursor(document), Shape::One(site.kind));
    let mut queue: Vec<_> = sites.iter().rev().map(start).collect();
    while let Some((place, shape)) = queue.pop() {
        match shape {
            Shape::One(kind) => {
                if walked.insert((std::ptr::from_ref(place.value()).addr(), kind)) {
                    look_at(&place, kind, &mut seen, found);
                    queue.extend(
                        place.members().filter_map(|(key, member)| Some((member, kind.member(key)?))),
                    );
                }
            }
            Shape::List(kind) => queue.extend(place.items().map(|item| (item, Shape::One(kind)))),
            Shape::OneOrList(kind) if place.value().is_array() => queue.push((place, Shape::List(kind))),
            Shape::OneOrList(kind) => queue.push((place, Shape::One(kind))),
            Shape::Map(kind) | Shape::Patterned(kind) => {
                let is_member = |key: &str| matches!(shape, Shape::Map(_)) || !key.starts_with("x-");
                let members = place.members().filter(|(key, _)| is_member(key));
                queue.extend(members.map(|(_, member)| (member, Shape::One(kind))));
                if place.str("$ref").is_some() {
                    misplaced(&place, found);
                }
            }
        }
    }
    seen
}

/// Notes what the object at `place` refers to, and what it can be referred to by.
fn look_at(place: &Cursor<'_>, kind: Kind, seen: &mut Seen, found: &mut Diagnostics) {
    if kind == Kind::Schema {
        look_at_schema(place, seen, found);
    }
    match place.get("$ref").map(|reference| (reference.value(), reference)) {
        None => {}
        Some(_) if !kind.may_be_reference() => misplaced(place, found),
        Some((Value::String(_), _)) => seen.references.push(Site::of(place, kind)),
        Some((_, reference)) => {
            let help = "write a reference as text, like `#/components/schemas/Name`";
            found.error("ref-malformed", reference, "a `$ref` is text", help);
        }
    }
}

fn look_at_schema(place: &Cursor<'_>, seen: &mut Seen, found: &mut Diagnostics) {
    let site = || (place.file(), place.pointer());
    for key in ["$anchor", "$dynamicAnchor"] {
        if let Some(name) = place.str(key) {
            seen.names.entry(format!("{}#{name}", place.file_path())).or_insert_with(site);
        }
    }
    if let Some(id) = place.str("$id") {
        seen.names.entry(id.trim_end_matches('#').to_owned()).or_insert_with(site);
    }
    let dynamic = place.get("$dynamicRef");
    let recursive = place.get("$recursiveRef").filter(|_| place.reference().is_none());
    for reference in dynamic.into_iter().chain(recursive) {
        let message = format!("`{}` is not carried: where it leads depends on who asks", reference.key());
        found.error("ref-dynamic", reference, message, "refer to the schema that is meant by `$ref`");
    }
}

fn misplaced(place: &Cursor<'_>, found: &mut Diagnostics) {
    let help = "refer to each of its members instead, or write them out";
    found.error("ref-misplaced", reference_at(place), "OpenAPI has no `$ref` in this place", help);
}
