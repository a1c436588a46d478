//! Which operations of the document are lowered, by `[include]` and `[exclude]` of the settings.
//!
//! Operations come in one by one, before anything in them is looked at. Entries that are for none of them are
//! reported, like other settings for what the document does not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostics, Location};
use crate::document::Cursor;
use crate::ir::Tag;

/// How many values a message proposes.
const PROPOSALS: usize = 8;

/// Decides which operations are lowered.
pub(super) struct Selection {
    include: config::Selection,
    exclude: config::Selection,
    /// The tags above each declared one.
    parents: BTreeMap<String, Vec<String>>,
    /// The entries that are for an operation: by their table, their key and what they say.
    matched: BTreeSet<(&'static str, &'static str, String)>,
    /// The tags of all operations.
    tags: BTreeSet<String>,
    /// The operations that are left out.
    pub(super) left_out: Vec<LeftOut>,
    /// The paths with an operation that is not left out.
    pub(super) kept_paths: BTreeSet<Location>,
    /// How many operations are not left out.
    kept: usize,
}

/// An operation that is left out.
pub(super) struct LeftOut {
    pub(super) id: String,
    pub(super) operation: Location,
    pub(super) path: Location,
}

/// An operation as the document declares it.
pub(super) struct Candidate<'c, 'd> {
    pub(super) id: &'c str,
    pub(super) path: &'c str,
    pub(super) place: &'c Cursor<'d>,
    pub(super) item: &'c Cursor<'d>,
    pub(super) operation: &'c Cursor<'d>,
}

impl Selection {
    /// Of a document with these declared `tags`.
    pub(super) fn new(config: &Config, tags: &[Tag]) -> Self {
        Self {
            include: config.include.clone(),
            exclude: config.exclude.clone(),
            parents: tags.iter().map(|tag| (tag.name.clone(), tag.parents.clone())).collect(),
            matched: BTreeSet::new(),
            tags: BTreeSet::new(),
            left_out: Vec::new(),
            kept_paths: BTreeSet::new(),
            kept: 0,
        }
    }

    /// Whether an operation is lowered.
    pub(super) fn keeps(&mut self, candidate: &Candidate<'_, '_>) -> bool {
        let in_include = entries_for(&self.include, &self.parents, candidate);
        let in_exclude = entries_for(&self.exclude, &self.parents, candidate);
        let is_included = !in_include.is_empty() || self.include.is_empty();
        let is_excluded = !in_exclude.is_empty();
        self.matched.extend(in_include.into_iter().map(|(key, entry)| ("include", key, entry)));
        self.matched.extend(in_exclude.into_iter().map(|(key, entry)| ("exclude", key, entry)));
        self.tags.extend(tags_of(candidate.operation).map(str::to_owned));
        let Candidate { id, place, operation, .. } = candidate;
        if is_included && !is_excluded {
            self.kept += 1;
            self.kept_paths.insert(place.location());
            return true;
        }
        let (operation, path) = (operation.location(), place.location());
        self.left_out.push(LeftOut { id: (*id).to_owned(), operation, path });
        false
    }

    /// Reports the entries that are for no operation, and tables that leave none.
    pub(super) fn report_unmatched(&self, config: &Config, diagnostics: &mut Diagnostics) {
        let unmatched_before = diagnostics.has_errors();
        for (table, selection) in [("include", &config.include), ("exclude", &config.exclude)] {
            let entries = [
                ("tags", selection.tags.as_slice(), self.tag_help()),
                ("paths", &selection.paths, "write the begin of a path, like `/files`".to_owned()),
                ("operations", &selection.operations, "correct the operationId, or remove it".to_owned()),
            ];
            for (key, entries, help) in entries {
                for (index, entry) in entries.iter().enumerate() {
                    if !self.matched.contains(&(table, key, entry.clone())) {
                        diagnostics.error(
                            "config-selection-unmatched",
                            config.location(&[table, key, &index.to_string()]),
                            format!("`{entry}` is for no operation of the document"),
                            &help,
                        );
                    }
                }
            }
            if selection.x_internal && !self.matched.contains(&(table, "x-internal", String::new())) {
                diagnostics.error(
                    "config-selection-unmatched",
                    config.location(&[table, "x-internal"]),
                    "no operation of the document has `x-internal: true`",
                    "remove the setting",
                );
            }
        }
        if self.kept == 0 && !self.left_out.is_empty() && diagnostics.has_errors() == unmatched_before {
            let table = if config.exclude.is_empty() { "include" } else { "exclude" };
            diagnostics.error(
                "config-selection-empty",
                config.location(&[table]),
                "the settings leave no operation of the document",
                "include more, or exclude less",
            );
        }
    }

    fn tag_help(&self) -> String {
        let tags: Vec<String> = self.tags.iter().take(PROPOSALS).map(|tag| format!("`{tag}`")).collect();
        match self.tags.len() {
            0 => "select operations by `paths` or `operations`, as none has a tag".to_owned(),
            count if count > PROPOSALS => format!("write one of the {count} tags: {}, …", tags.join(", ")),
            _ => format!("write one of the tags: {}", tags.join(", ")),
        }
    }
}

/// The entries of a table that are for an operation, by their keys.
fn entries_for(
    selection: &config::Selection,
    parents: &BTreeMap<String, Vec<String>>,
    candidate: &Candidate<'_, '_>,
) -> Vec<(&'static str, String)> {
    let Candidate { id, path, item, operation, .. } = candidate;
    let above = tags_of(operation).filter_map(|tag| parents.get(tag)).flatten().map(String::as_str);
    let tags: BTreeSet<&str> = above.chain(tags_of(operation)).collect();
    let is_internal = [operation, item].iter().any(|it| it.bool("x-internal") == Some(true));
    let by_tag = selection.tags.iter().filter(|tag| tags.contains(tag.as_str())).map(|tag| ("tags", tag));
    let by_path = selection.paths.iter().filter(|prefix| begins_with(path, prefix));
    let by_id = selection.operations.iter().filter(|entry| entry == id).map(|id| ("operations", id));
    let matched = by_tag.chain(by_path.map(|path| ("paths", path))).chain(by_id);
    let by_mark = (selection.x_internal && is_internal).then(|| ("x-internal", String::new()));
    matched.map(|(key, entry)| (key, entry.clone())).chain(by_mark).collect()
}

fn tags_of<'d>(operation: &Cursor<'d>) -> impl Iterator<Item = &'d str> {
    operation
        .get("tags")
        .into_iter()
        .flat_map(|tags| tags.items().collect::<Vec<_>>())
        .filter_map(|tag| tag.as_str())
}

/// Whether a path begins with the segments of `prefix`.
fn begins_with(path: &str, prefix: &str) -> bool {
    let segments = |text: &str| text.trim_matches('/').split('/').map(shape).collect::<Vec<_>>();
    prefix.trim_matches('/').is_empty() || segments(path).starts_with(&segments(prefix))
}

/// A segment without what its parameters are called.
fn shape(segment: &str) -> String {
    let mut shape = String::new();
    for (index, part) in segment.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if index > 0 => shape.extend(["{}", rest]),
            _ => shape.push_str(part),
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::begins_with;

    #[test]
    fn a_prefix_is_whole_segments() {
        for prefix in ["/", "/files", "/files/", "files", "/files/{id}", "/files/{other}"] {
            assert!(begins_with("/files/{id}/content", prefix), "{prefix}");
        }
        for prefix in ["/file", "/files/id", "/files/{id}/con", "/files/{id}/content/more", "/Files"] {
            assert!(!begins_with("/files/{id}/content", prefix), "{prefix}");
        }
    }
}
