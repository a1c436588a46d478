//! Changes a document by OpenAPI Overlay 1.0, so that it can stay as it was published.
//!
//! A tree and overlays come in; the changed tree goes out. An action that
//! changes nothing is an error: the document moved on, and the overlay did not.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use serde_json_path::{JsonPath, PathElement};

use super::tree::DEPTH_LIMIT;
use super::{Location, Pointer, load};
use crate::diagnostic::Diagnostics;

/// The longest target that is parsed, which bounds how deep its parser recurses.
const TARGET_LIMIT: usize = 500;
/// How many filters a target may have: each one in another doubles the time to parse it.
const FILTER_LIMIT: usize = 8;
/// How many times a target may ask for all descendants: each multiplies what it matches.
const DESCENT_LIMIT: usize = 3;

/// Applies `overlays`, each a name and bytes, to `root` in order.
pub(super) fn apply(root: &mut Value, overlays: &[(&str, &[u8])], found: &mut Diagnostics) {
    for (name, bytes) in overlays {
        let Some((_, overlay)) = load::load(name, bytes, found) else { continue };
        match actions(name, &overlay) {
            Ok(actions) => actions.iter().for_each(|action| action.apply(root, found)),
            Err((location, message)) => {
                let help = "write `overlay: 1.0.0`, and a list of `actions`";
                found.error("overlay-malformed", location, message, help);
            }
        }
    }
}

/// One change.
struct Action<'a> {
    value: &'a Value,
    place: Location,
}

fn actions<'a>(name: &str, overlay: &'a Value) -> Result<Vec<Action<'a>>, (Location, &'static str)> {
    let at = |pointer: Pointer| Location { file: name.to_owned(), pointer };
    let version = overlay.get("overlay").and_then(Value::as_str);
    if !version.is_some_and(|version| version.starts_with("1.")) {
        return Err((at(Pointer::default().child("overlay")), "this is no overlay of version 1"));
    }
    let list = Pointer::default().child("actions");
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        return Err((at(list), "an overlay has a list of `actions`"));
    };
    let action =
        |(index, value): (usize, &'a Value)| Action { value, place: at(list.child(&index.to_string())) };
    Ok(actions.iter().enumerate().map(action).collect())
}

/// A step on the way to a target. Items are in the order of their numbers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Member(String),
    Item(usize),
}

impl Action<'_> {
    fn apply(&self, root: &mut Value, found: &mut Diagnostics) {
        let Some(targets) = self.targets(root, found) else { return };
        match (self.value.get("remove"), self.value.get("update")) {
            (Some(Value::Bool(true)), _) if targets.contains(&Vec::new()) => {
                let help = "target what is in the document";
                found.error(
                    "overlay-malformed",
                    self.part("target"),
                    "the whole document cannot be removed",
                    help,
                );
            }
            // The last first, so that the numbers of the others stay what they are.
            (Some(Value::Bool(true)), _) => targets.iter().rev().for_each(|target| remove(root, target)),
            (_, Some(update)) => targets.iter().for_each(|target| self.update(root, target, update, found)),
            _ => {
                let help = "give it an `update`, or `remove: true`";
                found.error("overlay-malformed", &self.place, "the action does nothing", help);
            }
        }
    }

    fn targets(&self, root: &Value, found: &mut Diagnostics) -> Option<BTreeSet<Vec<Step>>> {
        let place = self.part("target");
        let Some(target) = self.value.get("target").and_then(Value::as_str) else {
            let help = "name what it changes by a JSONPath like `$.paths['/files'].get`";
            found.error("overlay-malformed", &self.place, "the action has no `target`", help);
            return None;
        };
        if is_excessive(target) {
            let help = "write several actions, each for fewer places";
            found.error("overlay-malformed", place, format!("`{target}` asks for too much at once"), help);
            return None;
        }
        let path = match JsonPath::parse(target) {
            Ok(path) => path,
            Err(error) => {
                let message = format!("`{target}` is no JSONPath: {error}");
                found.error("overlay-malformed", place, message, "write it as RFC 9535 has it");
                return None;
            }
        };
        let targets: BTreeSet<_> =
            path.query_located(root).locations().map(|way| steps(way.iter())).collect();
        if targets.is_empty() {
            let help = "correct the target, or remove the action if the document no longer needs it";
            found.error("overlay-target", place, format!("`{target}` matches nothing"), help);
            return None;
        }
        Some(targets)
    }

    fn update(&self, root: &mut Value, target: &[Step], update: &Value, found: &mut Diagnostics) {
        let mut problem = |message: &str, help: &str| {
            found.error("overlay-update", self.part("update"), message, help);
        };
        if target.len() + depth(update) >= DEPTH_LIMIT {
            return problem("the update nests values too deep", "add the inner part as a schema of its own");
        }
        match (find(root, target), update) {
            (Some(Value::Object(members)), Value::Object(update)) => merge(members, update),
            (Some(Value::Array(items)), update) => items.push(update.clone()),
            (Some(Value::Object(_)), _) => {
                problem("the target is an object, but the update is not", "write an object");
            }
            _ => {
                problem(
                    "the target is neither an object nor a list",
                    "target what it is in, and update that",
                );
            }
        }
    }

    fn part(&self, key: &str) -> Location {
        Location { file: self.place.file.clone(), pointer: self.place.pointer.child(key) }
    }
}

fn is_excessive(target: &str) -> bool {
    target.len() > TARGET_LIMIT
        || target.matches('?').count() > FILTER_LIMIT
        || target.matches("..").count() > DESCENT_LIMIT
}

fn steps<'p>(elements: impl Iterator<Item = &'p PathElement<'p>>) -> Vec<Step> {
    let step = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Step::Member((*name).to_owned()),
        PathElement::Index(index) => Step::Item(*index),
    };
    elements.map(step).collect()
}

fn find<'v>(root: &'v mut Value, way: &[Step]) -> Option<&'v mut Value> {
    way.iter().try_fold(root, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    })
}

fn remove(root: &mut Value, target: &[Step]) {
    let Some((last, way)) = target.split_last() else { return };
    match (find(root, way), last) {
        (Some(Value::Object(members)), Step::Member(name)) => drop(members.shift_remove(name)),
        (Some(Value::Array(items)), Step::Item(index)) if *index < items.len() => drop(items.remove(*index)),
        _ => {}
    }
}

/// Puts `update` into `members`: objects are merged, lists are continued, all else is replaced.
fn merge(members: &mut Map<String, Value>, update: &Map<String, Value>) {
    for (key, new) in update {
        match (members.get_mut(key), new) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (Some(Value::Array(old)), Value::Array(new)) => old.extend(new.iter().cloned()),
            _ => drop(members.insert(key.clone(), new.clone())),
        }
    }
}

/// How deep the values in `value` are nested.
fn depth(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(depth).max().map_or(0, |deepest| deepest + 1),
        Value::Array(items) => items.iter().map(depth).max().map_or(0, |deepest| deepest + 1),
        _ => 0,
    }
}
