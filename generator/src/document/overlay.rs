//! Changes a document by OpenAPI Overlay 1.0, so that it can stay as it was published.
//!
//! A tree and overlays come in; the changed tree goes out. An action that changes nothing is an error:
//! the document moved on, and the overlay did not. All actions together have one budget.

mod budget;
mod target;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::tree::DEPTH_LIMIT;
use super::{Location, Pointer, load};
use crate::diagnostic::Diagnostics;
use budget::{Budget, Spent, size};
use target::{Malformed, Matches, Target};

/// Applies `overlays`, each a name and bytes, to `root` in order.
pub(super) fn apply(root: &mut Value, overlays: &[(&str, &[u8])], diagnostics: &mut Diagnostics) {
    apply_within(&mut Budget::default(), root, overlays, diagnostics);
}

fn apply_within(
    budget: &mut Budget,
    root: &mut Value,
    overlays: &[(&str, &[u8])],
    diagnostics: &mut Diagnostics,
) {
    for (name, bytes) in overlays {
        let Some((_, overlay)) = load::load(name, bytes, diagnostics) else { continue };
        let actions = match actions(name, &overlay) {
            Ok(actions) => actions,
            Err((location, message)) => {
                let help = "write `overlay: 1.0.0`, and a list of `actions`";
                diagnostics.error("overlay-malformed", location, message, help);
                continue;
            }
        };
        for action in actions {
            if action.apply(root, budget, diagnostics).is_err() {
                let message = "the actions up to here look at or add too many values";
                let help = "write fewer actions, and targets that match fewer places";
                return diagnostics.error("overlay-too-large", &action.location, message, help);
            }
        }
    }
}

/// One change.
struct Action<'a> {
    value: &'a Value,
    location: Location,
}

fn actions<'a>(name: &str, overlay: &'a Value) -> Result<Vec<Action<'a>>, (Location, &'static str)> {
    let at = |pointer: Pointer| Location { file: name.to_owned(), pointer };
    let version = overlay.get("overlay").and_then(Value::as_str);
    if !version.is_some_and(|version| version.starts_with("1.")) {
        return Err((at(Pointer::default().child("overlay")), "this is not an overlay of version 1"));
    }
    let list = Pointer::default().child("actions");
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        return Err((at(list), "an overlay has a list of `actions`"));
    };
    let action =
        |(index, value): (usize, &'a Value)| Action { value, location: at(list.child(&index.to_string())) };
    Ok(actions.iter().enumerate().map(action).collect())
}

impl Action<'_> {
    fn apply(
        &self,
        root: &mut Value,
        budget: &mut Budget,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Spent> {
        let Some(matches) = self.matches(root, budget, diagnostics)? else { return Ok(()) };
        match (self.value.get("remove"), self.value.get("update")) {
            (Some(Value::Bool(true)), _) if matches.is_target => {
                let (message, help) =
                    ("the whole document cannot be removed", "target what is in the document");
                diagnostics.error("overlay-malformed", self.key("target"), message, help);
            }
            (Some(Value::Bool(true)), _) => remove(root, &matches),
            (_, Some(value)) => {
                let mut update =
                    Update { value, depth: depth(value), size: size(value), problems: BTreeSet::new() };
                let result = update.apply(root, &matches, 0, budget);
                for (message, help) in update.problems {
                    diagnostics.error("overlay-update", self.key("update"), message, help);
                }
                result?;
            }
            _ => {
                let help = "give it an `update`, or `remove: true`";
                diagnostics.error("overlay-malformed", &self.location, "the action does nothing", help);
            }
        }
        Ok(())
    }

    /// The places that the action changes. `None` when there is none, which is reported.
    fn matches(
        &self,
        root: &Value,
        budget: &mut Budget,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Matches>, Spent> {
        let location = self.key("target");
        let Some(target) = self.value.get("target").and_then(Value::as_str) else {
            let help = "name what it changes by a JSONPath like `$.paths['/files'].get`";
            diagnostics.error("overlay-malformed", &self.location, "the action has no `target`", help);
            return Ok(None);
        };
        match Target::parse(target) {
            Ok(parsed) => {
                let matches = parsed.find(root, budget)?;
                if matches.is_none() {
                    let help = "correct the target, or remove the action if the document no longer needs it";
                    diagnostics.error(
                        "overlay-target",
                        location,
                        format!("`{target}` matches nothing"),
                        help,
                    );
                }
                return Ok(matches);
            }
            Err(Malformed::Excessive) => {
                let message = format!("`{target}` asks for too much at once");
                let help = "write several actions, each for fewer places; a filter can only look at what is below `@`";
                diagnostics.error("overlay-malformed", location, message, help);
            }
            Err(Malformed::Syntax(error)) => {
                let message = format!("`{target}` is not a JSONPath expression: {error}");
                diagnostics.error("overlay-malformed", location, message, "write it as RFC 9535 has it");
            }
        }
        Ok(None)
    }

    fn key(&self, key: &str) -> Location {
        Location { file: self.location.file.clone(), pointer: self.location.pointer.child(key) }
    }
}

/// Calls `each` with the children of `value` that have matches in them.
fn for_each_below(
    value: &mut Value,
    matches: &Matches,
    mut each: impl FnMut(&mut Value, &Matches) -> Result<(), Spent>,
) -> Result<(), Spent> {
    let mut below = matches.below.iter().peekable();
    let mut visit = |(position, child): (usize, &mut Value)| match below.next_if(|(at, _)| *at == position) {
        Some((_, matches)) => each(child, matches),
        None => Ok(()),
    };
    match value {
        Value::Object(members) => members.values_mut().enumerate().try_for_each(&mut visit),
        Value::Array(items) => items.iter_mut().enumerate().try_for_each(&mut visit),
        _ => Ok(()),
    }
}

/// Removes the children of `value` that are targets, and so on below the others.
fn remove(value: &mut Value, matches: &Matches) {
    let mut below = matches.below.iter().peekable();
    let mut positions = 0..;
    let mut stays = |child: &mut Value| {
        let position = positions.next();
        match below.next_if(|(at, _)| Some(*at) == position) {
            Some((_, matches)) if matches.is_target => false,
            Some((_, matches)) => {
                remove(child, matches);
                true
            }
            None => true,
        }
    };
    match value {
        Value::Object(members) => members.retain(|_, child| stays(child)),
        Value::Array(items) => items.retain_mut(stays),
        _ => {}
    }
}

/// What is put into each target of an action.
struct Update<'a> {
    value: &'a Value,
    depth: usize,
    size: usize,
    /// What is wrong with it, with help. The same for many targets is one problem.
    problems: BTreeSet<(&'static str, &'static str)>,
}

impl Update<'_> {
    /// The innermost targets come first: whatever is put around them, their places stay what they are.
    fn apply(
        &mut self,
        value: &mut Value,
        matches: &Matches,
        depth: usize,
        budget: &mut Budget,
    ) -> Result<(), Spent> {
        for_each_below(value, matches, |child, matches| self.apply(child, matches, depth + 1, budget))?;
        if !matches.is_target {
            return Ok(());
        }
        if depth + self.depth >= DEPTH_LIMIT {
            let help = "add the inner part as a schema of its own";
            self.problems.insert(("the update nests values too deep", help));
            return Ok(());
        }
        budget.create(self.size)?;
        match (value, self.value) {
            (Value::Object(members), Value::Object(update)) => merge(members, update),
            (Value::Array(items), update) => items.push(update.clone()),
            (Value::Object(_), _) => {
                self.problems.insert(("the target is an object, but the update is not", "write an object"));
            }
            _ => {
                let help = "target what it is in, and update that";
                self.problems.insert(("the target is neither an object nor a list", help));
            }
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What becomes of `root`, and the codes of what is wrong.
    fn apply_all(budget: &mut Budget, mut root: Value, actions: &Value) -> (Value, Vec<&'static str>) {
        let overlay = json!({ "overlay": "1.0.0", "actions": actions }).to_string();
        let mut diagnostics = Diagnostics::default();
        apply_within(budget, &mut root, &[("overlay.json", overlay.as_bytes())], &mut diagnostics);
        (root, diagnostics.iter().map(|one| one.code).collect())
    }

    #[test]
    fn objects_are_merged_and_lists_continued() {
        let root = json!({ "a": { "b": 1, "c": [1] }, "d": [{ "b": 2 }, 3] });
        let (changed, codes) = apply_all(
            &mut Budget::default(),
            root,
            &json!([
                { "target": "$.a", "update": { "b": { "x": 1 }, "c": [2], "e": 4 } },
                { "target": "$.d[?@.b]", "update": { "f": 5 } },
                { "target": "$.d", "update": 6 },
            ]),
        );
        let expected =
            json!({ "a": { "b": { "x": 1 }, "c": [1, 2], "e": 4 }, "d": [{ "b": 2, "f": 5 }, 3, 6] });
        assert_eq!((changed, codes), (expected, vec![]));
    }

    #[test]
    fn targets_are_removed_together() {
        let root = json!({ "a": [0, 1, 2, 3, [4, 5]], "b": { "c": 1, "d": 2, "e": { "c": 3 } } });
        let actions =
            json!([{ "target": "$.a[0, 2, 3]", "remove": true }, { "target": "$..c", "remove": true }]);
        let (changed, codes) = apply_all(&mut Budget::default(), root, &actions);
        assert_eq!((changed, codes), (json!({ "a": [1, [4, 5]], "b": { "d": 2, "e": {} } }), vec![]));
    }

    #[test]
    fn all_actions_have_one_budget() {
        let double = json!({ "target": "$..[?@[0]]", "update": [[1], [1], [1], [1]] });
        let actions = vec![double; 6];
        let (_, codes) =
            apply_all(&mut Budget::of(usize::MAX, 1_000), json!({ "a": [1, 2] }), &actions.into());
        assert_eq!(codes, ["overlay-too-large"]);
        let look = json!({ "target": "$..a", "update": {} });
        let (_, codes) = apply_all(
            &mut Budget::of(8, 10),
            json!({ "a": { "b": { "a": {} } } }),
            &json!([look, look, look]),
        );
        assert_eq!(codes, ["overlay-too-large"]);
    }

    #[test]
    fn the_same_fault_at_many_targets_is_reported_once() {
        let root = json!({ "a": [1, 2, 3] });
        let (_, codes) =
            apply_all(&mut Budget::default(), root, &json!([{ "target": "$.a[*]", "update": {} }]));
        assert_eq!(codes, ["overlay-update"]);
    }
}
