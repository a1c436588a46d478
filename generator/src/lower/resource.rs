//! Resources: the groups that operations are found in.
//!
//! A group is a tag. Tags nest by OpenAPI 3.2's `parent`, or by dots and slashes in their
//! names (`beta.libraries`). An operation without a tag goes with the first part of its path
//! that is a name of something, and only without one to the client itself.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Operation, Resource, ResourceId};
use crate::prose::Prose;

/// Path parts that say how an API is served, not what it is about.
const NOT_NAMES: [&str; 3] = ["api", "apis", "rest"];

/// How deep tags may be nested.
const DEPTH_LIMIT: usize = 32;

/// The resources so far.
#[derive(Default)]
pub(super) struct Resources {
    all: Vec<Resource>,
    /// By the tags from the top down, as one compares them.
    by_path: HashMap<Vec<String>, ResourceId>,
    by_tag: HashMap<String, ResourceId>,
}

impl Resources {
    /// The tags that the document at `root` declares, in its order.
    pub(super) fn declared(root: &Cursor<'_>, found: &mut Diagnostics) -> Self {
        let mut resources = Self::default();
        let tags: IndexMap<&str, Cursor<'_>> = root
            .get("tags")
            .iter()
            .flat_map(Cursor::items)
            .filter_map(|tag| tag.str("name").map(|name| (name, tag)))
            .collect();
        for (name, tag) in &tags {
            let id = resources.add(&chain(name, &tags, found), name);
            resources.by_tag.insert((*name).to_owned(), id);
            let resource = &mut resources.all[id.0];
            let summary = tag.str("summary").or_else(|| tag.str("x-displayName"));
            (*name).clone_into(&mut resource.tag);
            resource.summary = Prose::new(summary.unwrap_or_default());
            resource.description = Prose::new(tag.str("description").unwrap_or_default());
        }
        resources
    }

    /// The resource of an operation: `configured`, or its first tag, or what its path is about.
    pub(super) fn of(&mut self, operation: &Cursor<'_>, path: &str, configured: Option<&str>) -> ResourceId {
        if let Some(configured) = configured {
            let parts: Vec<&str> = configured.split('.').filter(|part| !part.is_empty()).collect();
            return self.add(&parts, configured);
        }
        let tags = operation.get("tags");
        let tag = tags.iter().flat_map(Cursor::items).find_map(|tag| tag.as_str());
        match tag.map(str::trim).filter(|tag| !tag.is_empty()) {
            Some(tag) => self.of_tag(tag),
            None => self.of_path(path),
        }
    }

    fn of_tag(&mut self, tag: &str) -> ResourceId {
        let declared = self.by_tag.get(tag).copied();
        declared.unwrap_or_else(|| self.add(&parts(tag), tag))
    }

    fn of_path(&mut self, path: &str) -> ResourceId {
        match path.split('/').find(|part| is_name(part)) {
            // A custom verb is no part of the name: `/secrets:list`.
            Some(part) => self.add(&[part.split([':', '.']).next().unwrap_or(part)], ""),
            None => self.add(&[""], ""),
        }
    }

    /// The resource at `parts`, and those above it.
    fn add(&mut self, parts: &[&str], tag: &str) -> ResourceId {
        let mut parent = None;
        let mut path = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            path.push(comparable(part));
            let id = *self.by_path.entry(path.clone()).or_insert_with(|| {
                let is_last = index + 1 == parts.len();
                let tag = if is_last { tag.to_owned() } else { parts[..=index].join(".") };
                let id = ResourceId(self.all.len());
                self.by_tag.entry(tag.clone()).or_insert(id);
                self.all.push(Resource {
                    tag,
                    label: (*part).to_owned(),
                    parent,
                    summary: Prose::default(),
                    description: Prose::default(),
                });
                id
            });
            parent = Some(id);
        }
        parent.unwrap_or_else(|| self.add(&[""], ""))
    }

    /// The resources that have operations, or others that do, parents before children.
    pub(super) fn finish(self, operations: &mut [Operation]) -> Vec<Resource> {
        let mut used = vec![false; self.all.len()];
        for operation in operations.iter() {
            let mut id = Some(operation.resource);
            while let Some(ResourceId(index)) = id {
                used[index] = true;
                id = self.all[index].parent;
            }
        }
        let mut places = vec![None; self.all.len()];
        let mut resources = Vec::new();
        for (index, resource) in self.all.into_iter().enumerate().filter(|(index, _)| used[*index]) {
            places[index] = Some(ResourceId(resources.len()));
            let parent = resource.parent.and_then(|parent: ResourceId| places[parent.0]);
            resources.push(Resource { parent, ..resource });
        }
        for operation in operations {
            operation.resource =
                places[operation.resource.0].expect("a resource with an operation was kept above");
        }
        resources
    }
}

/// The names of the tags above `name`, from the top down, and its own.
fn chain<'d>(name: &'d str, tags: &IndexMap<&'d str, Cursor<'d>>, found: &mut Diagnostics) -> Vec<&'d str> {
    let parent_of = |name: &str| tags.get(name)?.get("parent");
    if parent_of(name).is_none() {
        return parts(name);
    }
    let mut chain = vec![name];
    let mut current = name;
    while let Some(parent) = parent_of(current) {
        let Some(name) = parent.as_str().filter(|name| tags.contains_key(name)) else {
            found.error(
                "tag-parent-undeclared",
                &parent,
                format!("the parent of the tag `{current}` is not a declared tag"),
                "declare the parent in `tags`, or correct its name",
            );
            break;
        };
        if chain.contains(&name) {
            found.error(
                "tag-parent-cycle",
                &parent,
                format!("the tag `{name}` is above itself"),
                "remove the `parent` that closes the circle",
            );
            break;
        }
        if chain.len() == DEPTH_LIMIT {
            found.error(
                "tag-parent-depth",
                &parent,
                format!("tags are nested more than {DEPTH_LIMIT} deep"),
                "remove the `parent` of some of them",
            );
            break;
        }
        chain.push(name);
        current = name;
    }
    chain.reverse();
    let mut path = parts(chain[0]);
    path.extend(&chain[1..]);
    path
}

/// The parts of a tag that is a path (`beta.libraries`, `system/ip-pools`); a title with a dot
/// or a slash in it (`Allow-list / Block-list`, `Validation 2.0`) is one part.
fn parts(tag: &str) -> Vec<&str> {
    let parts: Vec<&str> = tag.split(['.', '/']).collect();
    let is_word = |part: &&str| {
        part.starts_with(char::is_alphabetic)
            && part.chars().all(|char| char.is_alphanumeric() || char == '_' || char == '-')
    };
    if parts.iter().all(is_word) { parts } else { vec![tag] }
}

/// Whether a part of a path names something, rather than a version or a value.
fn is_name(part: &str) -> bool {
    let version = part.strip_prefix('v').unwrap_or(part);
    let is_version = version.starts_with(|char: char| char.is_ascii_digit());
    !part.is_empty()
        && !is_version
        && !part.contains(['{', '<'])
        && part.contains(char::is_alphabetic)
        && !NOT_NAMES.contains(&part.to_lowercase().as_str())
}

/// Tags that differ in case or punctuation alone would be the same name in Rust.
fn comparable(part: &str) -> String {
    let plain: String =
        part.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if plain.is_empty() { part.to_owned() } else { plain }
}
