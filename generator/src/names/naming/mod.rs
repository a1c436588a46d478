//! Which resources an API has, which of them an operation belongs to, and what its method is called.
//!
//! Operations with their labels come in, names in words go out: this is decided once per document, from
//! operationIds, tags or paths, whichever of them says it best. Nothing here knows what Rust makes of a name.

mod clashes;
mod endpoint;
mod ids;
mod lists;
mod paths;
mod routes;
mod source;
pub(super) mod verbs;

use self::endpoint::Endpoint;
use self::ids::Ids;
use self::paths::{Kind, by_path};
use self::routes::Routes;
use super::{case, words};
use crate::config::{Config, ResourceSource};
use crate::ir::{Api, Method};

/// What the operations of a document are called, in words.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// Where the resources were taken from.
    pub(super) source: ResourceSource,
    /// By operation.
    pub(super) operations: Vec<Named>,
}

/// What an operation is called, in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    /// The resources, the outermost first: `fine_tuning`, `jobs`.
    pub(super) resource: Vec<String>,
    /// The method: `list`.
    pub(super) method: String,
}

/// What is known of a document.
struct Document<'a> {
    operations: &'a [Endpoint<'a>],
    source: ResourceSource,
    ids: Ids,
    routes: Routes,
}

/// Decides what the operations of `api` are called.
pub(super) fn decide(api: &Api, config: &Config) -> Naming {
    let operations: Vec<Endpoint<'_>> = api.operations.iter().map(|one| Endpoint::of(one, api)).collect();
    decide_for(&operations, config)
}

fn decide_for(operations: &[Endpoint<'_>], config: &Config) -> Naming {
    let ids = Ids::of(operations);
    let routes = Routes::of(operations);
    let source = config.resource_source.unwrap_or_else(|| source::best(operations, &ids));
    let document = Document { operations, source, ids, routes };
    let named = (0..operations.len()).map(|index| document.name(index, config)).collect();
    Naming { source, operations: document.without_clashes(named, config) }
}

impl Document<'_> {
    /// Groups and method, which others may have as well.
    fn name(&self, index: usize, config: &Config) -> Named {
        let operation = &self.operations[index];
        let labels = &operation.labels;
        let settings = config.operations.get(operation.id);
        let configured = settings.and_then(|settings| settings.resource.as_deref());
        let group = configured.map(|resource| resource.split('.').map(snake).collect()).or_else(|| {
            let groups: Vec<String> = labels.groups.iter().map(|group| snake(group)).collect();
            Some(self.with_stability(index, groups)).filter(|_| !labels.groups.is_empty())
        });
        let method =
            settings.and_then(|settings| settings.name.as_deref()).or(labels.method.as_deref()).map(snake);
        if let (Some(resource), Some(method)) = (&group, &method) {
            return Named { resource: resource.clone(), method: method.clone() };
        }
        let derived = self.derive(index, group.as_deref());
        let resource = group.unwrap_or_else(|| self.with_stability(index, derived.resource));
        // What is in no group is in one of its own.
        let resource = if resource.is_empty() { vec!["operations".to_owned()] } else { resource };
        Named { resource, method: method.unwrap_or(derived.method) }
    }

    /// What the chosen source says.
    fn derive(&self, index: usize, group: Option<&[String]>) -> Named {
        let operation = &self.operations[index];
        if self.source == ResourceSource::Ids
            && let Some((resource, method)) = self.ids.groups_and_method(index, operation.labels)
        {
            return Named { resource, method: method.join("_") };
        }
        if self.source != ResourceSource::Paths && !operation.tag_path.is_empty() {
            let resource = operation.tag_path.clone();
            let method = self.method_in(index, group.unwrap_or(&resource), self.ids.words(index));
            return Named { resource, method };
        }
        self.of_path(index)
    }

    /// What the path says, and the verb of the id where it says more than create, read, update and delete.
    fn of_path(&self, index: usize) -> Named {
        let operation = &self.operations[index];
        let said = by_path(index, operation, &self.routes, &self.ids);
        let verb = paths::verb(index, &operation.method, &self.ids).filter(|verb| !verbs::is_plain(verb));
        let rest = without(self.ids.words(index), &said.groups);
        let method = match verb {
            Some(verb)
                if said.kind != Kind::Action
                    && rest.iter().all(|word| *word == verb || verbs::is_noise(word)) =>
            {
                verb
            }
            _ => said.method,
        };
        Named { resource: said.groups, method }
    }

    /// The method of an operation whose groups are given: what its id says besides them, or its path.
    fn method_in(&self, index: usize, groups: &[String], said: &[String]) -> String {
        let operation = &self.operations[index];
        let by_path = by_path(index, operation, &self.routes, &self.ids);
        if !said.is_empty() && said.len() <= MOST_WORDS {
            let mut rest = without(said, groups);
            drop_dangling(&mut rest);
            begin_with_verb(&mut rest);
            // Of the methods of HTTP, this one is no verb of programs.
            if operation.method == Method::Post && rest.first().is_some_and(|word| word == "post") {
                "create".clone_into(&mut rest[0]);
            }
            let is_list = self.routes.is_list(&self.routes.get(index).parts);
            return match rest.as_slice() {
                [] => by_path.method,
                [get] if get == "get" && is_list && by_path.kind == Kind::Collection => "list".to_owned(),
                _ => rest.join("_"),
            };
        }
        if by_path.kind == Kind::Action {
            return by_path.method;
        }
        let path: Vec<String> = by_path.groups.iter().flat_map(|group| case::words(group)).collect();
        [vec![by_path.method], without(&path, groups)].concat().join("_")
    }

    /// `beta` before the groups of what is not settled yet.
    fn with_stability(&self, index: usize, groups: Vec<String>) -> Vec<String> {
        let operation = &self.operations[index];
        let is_said = groups.first().is_some_and(|group| verbs::is_stability(group));
        let stability = source::stability(operation, self.source).filter(|_| !is_said);
        stability.map(str::to_owned).into_iter().chain(groups).collect()
    }
}

/// The words of the tag called `name` and of those above it, the outermost first.
pub(super) fn tag_path(name: &str, api: &Api) -> Vec<String> {
    let declared = api.tags.iter().find(|tag| tag.name == name);
    let parents = declared.iter().flat_map(|tag| &tag.parents);
    match declared.filter(|tag| !tag.parents.is_empty()) {
        // A part of what its parent says is one part, whatever it looks like.
        Some(_) => parents.map(String::as_str).chain([name]).map(snake).collect(),
        None => source::tag_parts(name),
    }
}

/// Puts a plain verb at the end before what it is done to: `flavor list`.
fn begin_with_verb(words: &mut [String]) {
    let is_verb_last = words.last().is_some_and(|last| verbs::is_plain(last));
    if is_verb_last && !verbs::is_verb(&words[0]) {
        words.rotate_right(1);
    }
}

/// Takes off the words at the end that refer to what is gone: `get by id`.
fn drop_dangling(words: &mut Vec<String>) {
    while let [_, .., before, last] = words.as_slice()
        && (verbs::is_dangling(last) || last == "id" && before == "by")
    {
        words.pop();
    }
    if let [_, last] = words.as_slice()
        && verbs::is_dangling(last)
    {
        words.pop();
    }
}

/// Longer ids are sentences.
const MOST_WORDS: usize = 7;

/// The words that the groups do not say already. A verb at the beginning stays when nothing else says what
/// is done: `invite_user` of `invites`.
fn without(said: &[String], groups: &[String]) -> Vec<String> {
    let known: Vec<String> = groups.iter().flat_map(|group| group.split('_')).map(str::to_owned).collect();
    let rest: Vec<String> = said.iter().filter(|word| !words::has(&known, word)).cloned().collect();
    match said.first() {
        Some(first)
            if rest.first() != Some(first)
                && verbs::is_verb(first)
                && !rest.iter().any(|word| verbs::is_verb(word)) =>
        {
            [vec![first.clone()], rest].concat()
        }
        _ => rest,
    }
}

/// `text` as words with underscores between them.
fn snake(text: &str) -> String {
    case::words(text).join("_")
}

#[cfg(test)]
mod tests;
