//! Finds the references in a document, and the names that they can use.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::super::{Cursor, Document, Pointer};
use super::grammar::{ObjectKind, Shape};
use super::shape::check_keys;
use super::{Site, reference_at};
use crate::diagnostic::Diagnostics;

/// What has been walked, by address: trees stay where they are while files are added.
pub(super) type Walked = HashSet<(usize, ObjectKind)>;

/// What a walk came past.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) references: Vec<Site>,
    /// Maps to objects of a kind, by address.
    pub(super) maps: HashMap<usize, ObjectKind>,
    /// See `Document::names`.
    pub(super) names: HashMap<String, (usize, Pointer)>,
    /// See `Document::dynamic_anchors`.
    pub(super) dynamic_anchors: BTreeMap<String, usize>,
    /// The schemas with a `$dynamicRef`.
    pub(super) dynamic: Vec<Site>,
}

/// Walks what is at and below `sites`, unless it was walked before.
pub(super) fn walk(
    document: &Document,
    sites: &[Site],
    walked: &mut Walked,
    diagnostics: &mut Diagnostics,
) -> Seen {
    let mut seen = Seen::default();
    // What a reference leads to is checked with the reference.
    let start = |site: &Site| (site.cursor(document), Shape::One(site.kind));
    let mut queue: Vec<_> = sites.iter().rev().map(start).collect();
    while let Some((place, shape)) = queue.pop() {
        let below = match shape {
            Shape::One(kind) if !walked.insert((place.address(), kind)) => continue,
            Shape::One(kind) => {
                look_at(&place, kind, &mut seen, diagnostics);
                place.members().filter_map(|(key, member)| Some((member, kind.member(key)?))).collect()
            }
            Shape::OneOrList(kind) if place.value().is_object() => vec![(place, Shape::One(kind))],
            Shape::List(kind) | Shape::OneOrList(kind) => {
                place.items().map(|item| (item, Shape::One(kind))).collect()
            }
            Shape::Map(kind) | Shape::Patterned(kind) => {
                seen.maps.insert(place.address(), kind);
                members(&place, shape, kind, diagnostics)
            }
            _ => Vec::new(),
        };
        for (place, shape) in &below {
            shape.check(place, diagnostics);
        }
        queue.extend(below);
    }
    seen
}

/// The members of a map, which are of one `kind`.
fn members<'d>(
    place: &Cursor<'d>,
    shape: Shape,
    kind: ObjectKind,
    diagnostics: &mut Diagnostics,
) -> Vec<(Cursor<'d>, Shape)> {
    let is_reference = place.str("$ref").is_some();
    if is_reference {
        misplaced(place, diagnostics);
    }
    let is_member = |key: &str| {
        !(is_reference && key == "$ref") && (matches!(shape, Shape::Map(_)) || !key.starts_with("x-"))
    };
    let members = place.members().filter(|(key, _)| is_member(key));
    members.map(|(_, member)| (member, Shape::One(kind))).collect()
}

/// Notes what the object at `place` refers to, and what it can be referred to by.
fn look_at(place: &Cursor<'_>, kind: ObjectKind, seen: &mut Seen, diagnostics: &mut Diagnostics) {
    check_keys(place, kind, diagnostics);
    if kind == ObjectKind::Schema {
        look_at_schema(place, seen, diagnostics);
    }
    if let (ObjectKind::OpenApi, Some(uri)) = (kind, place.str("$self")) {
        seen.names.entry(uri.to_owned()).or_insert_with(|| (place.file(), place.pointer()));
    }
    match place.get("$ref").map(|reference| (reference.value(), reference)) {
        None => {}
        // There, `$ref` is the name of a scheme like any other.
        Some(_) if kind == ObjectKind::SecurityRequirement => {}
        Some(_) if !kind.may_be_reference() => misplaced(place, diagnostics),
        Some((Value::String(_), _)) => seen.references.push(Site::of(place, kind)),
        Some((_, reference)) => {
            let help = "write a reference as a string, like `#/components/schemas/Name`";
            diagnostics.error("ref-malformed", reference, "a `$ref` must be a string", help);
        }
    }
}

fn look_at_schema(place: &Cursor<'_>, seen: &mut Seen, diagnostics: &mut Diagnostics) {
    let site = || (place.file(), place.pointer());
    for key in ["$anchor", "$dynamicAnchor"] {
        if let Some(name) = place.str(key) {
            seen.names.entry(format!("{}#{name}", place.file_path())).or_insert_with(site);
        }
    }
    if let Some(name) = place.str("$dynamicAnchor") {
        *seen.dynamic_anchors.entry(name.to_owned()).or_default() += 1;
    }
    if let Some(id) = place.str("$id") {
        seen.names.entry(id.trim_end_matches('#').to_owned()).or_insert_with(site);
    }
    if place.get("$dynamicRef").is_some() {
        seen.dynamic.push(Site::of(place, ObjectKind::Schema));
    }
    let recursive = place.get("$recursiveRef").filter(|_| place.reference().is_none());
    if let Some(reference) = recursive {
        dynamic(&reference, diagnostics);
    }
}

/// Reports a `$dynamicRef` or `$recursiveRef` that does not lead to one schema.
pub(super) fn dynamic(reference: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    let message = format!(
        "`{}` is not supported: where it leads depends on the schema that refers to this one",
        reference.key()
    );
    diagnostics.error("ref-dynamic", reference, message, "refer to the schema that is meant by `$ref`");
}

fn misplaced(place: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    let help = "refer to each of its values instead, or write them out";
    diagnostics.error("ref-misplaced", reference_at(place), "OpenAPI has no `$ref` in this place", help);
}
