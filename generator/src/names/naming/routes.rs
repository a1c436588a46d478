//! What the paths of a document say when they are looked at together: which parts are things, which are
//! items of them, and which are only scopes that everything lies in.

use std::collections::{BTreeMap, BTreeSet};

use super::endpoint::Endpoint;
use super::verbs;
use crate::ir::Method;
use crate::names::case;

/// Path parts that say how an API is served, not what it is about.
const NOT_NAMES: &[&str] = &["api", "apis", "public", "rest"];

/// A part of a path: the words of a literal, or nothing for a parameter.
pub(super) type PathPart = Option<String>;

/// The paths of a document.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// By operation.
    all: Vec<Route>,
    /// The methods on each path.
    methods: BTreeMap<Vec<PathPart>, BTreeSet<String>>,
    /// The parts that follow each path.
    below: BTreeMap<Vec<PathPart>, BTreeSet<PathPart>>,
    /// The paths of which `GET` gives a list.
    lists: BTreeSet<Vec<PathPart>>,
    /// Whether the document knows `PUT` and `PATCH`, so that `POST` on something does not change it.
    has_updates: bool,
}

/// A path as far as names go.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    /// What all of it lies in: `accounts` of `/accounts/{id}/members`.
    pub(super) scope: Option<String>,
    /// Its parts without version and scope.
    pub(super) parts: Vec<PathPart>,
}

impl Route {
    /// The literal parts.
    pub(super) fn literals(&self) -> Vec<String> {
        self.parts.iter().flatten().cloned().collect()
    }
}

impl Routes {
    /// Looks at the paths of `operations`.
    pub(super) fn of(operations: &[Endpoint<'_>]) -> Self {
        let parts: Vec<Vec<PathPart>> = operations.iter().map(|operation| parts(operation.path)).collect();
        let scopes = scopes(&parts);
        let mut routes = Self::default();
        let updates =
            operations.iter().filter(|one| matches!(one.method, Method::Put | Method::Patch)).count();
        // A few exceptions do not make a habit.
        routes.has_updates = updates * 30 > operations.len();
        for (operation, parts) in operations.iter().zip(parts) {
            let route = without_scope(parts, &scopes);
            if !matches!(operation.method, Method::Options | Method::Head) {
                routes
                    .methods
                    .entry(route.parts.clone())
                    .or_default()
                    .insert(operation.method.as_str().to_owned());
            }
            if operation.method == Method::Get && operation.gives_list {
                routes.lists.insert(route.parts.clone());
            }
            for end in 0..route.parts.len() {
                routes.below.entry(route.parts[..end].to_vec()).or_default().insert(route.parts[end].clone());
            }
            routes.all.push(route);
        }
        routes
    }

    pub(super) fn get(&self, index: usize) -> &Route {
        &self.all[index]
    }

    pub(super) fn has_updates(&self) -> bool {
        self.has_updates
    }

    /// Whether `GET` gives a list there.
    pub(super) fn is_list(&self, path: &[PathPart]) -> bool {
        self.lists.contains(path)
    }

    /// Whether there is an operation with this method.
    pub(super) fn has(&self, path: &[PathPart], method: &Method) -> bool {
        self.methods.get(path).is_some_and(|methods| methods.contains(method.as_str()))
    }

    /// How many methods there are.
    pub(super) fn method_count(&self, path: &[PathPart]) -> usize {
        self.methods.get(path).map_or(0, BTreeSet::len)
    }

    /// Whether there are paths to items: `/files/{id}` below `/files`.
    pub(super) fn has_items(&self, path: &[PathPart]) -> bool {
        self.below.get(path).is_some_and(|below| below.contains(&None))
    }

    /// How many literal parts follow.
    pub(super) fn literals_below(&self, path: &[PathPart]) -> usize {
        self.below.get(path).map_or(0, |below| below.iter().flatten().count())
    }

    /// Whether anything follows.
    pub(super) fn has_more(&self, path: &[PathPart]) -> bool {
        self.below.contains_key(path)
    }
}

/// The parts of `path`, without versions and without what every path begins with.
fn parts(path: &str) -> Vec<PathPart> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        parts.extend(parts_of(part));
    }
    parts.retain(|part| part.as_ref().is_none_or(|part| !verbs::is_version(part)));
    let names =
        parts.iter().take_while(|part| part.as_ref().is_some_and(|part| NOT_NAMES.contains(&part.as_str())));
    let dropped = names.count().min(parts.len().saturating_sub(1));
    parts.drain(..dropped);
    parts
}

/// What stands between two slashes: a name, a parameter, or either with a verb (`/secrets/{id}:destroy`).
fn parts_of(text: &str) -> Vec<PathPart> {
    let (rest, is_parameter) = match text.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, rest)) => (rest, true),
        None => (text, false),
    };
    let literal = |text: &str| {
        let text = text.split('{').next().unwrap_or(text);
        let text = text.strip_suffix(".json").unwrap_or(text);
        Some(text).filter(|text| !verbs::is_version(text)).map(|text| case::words(text).join("_"))
    };
    let (name, verb) = rest.split_once(':').unwrap_or((rest, ""));
    let name = if is_parameter { None } else { literal(name) };
    let literals = [name, literal(verb)].into_iter().flatten().filter(|text| !text.is_empty());
    is_parameter.then_some(None).into_iter().chain(literals.map(Some)).collect()
}

/// The first parts that are no group, as much of the document lies in an item of them: `accounts` of
/// `/accounts/{id}/members`.
fn scopes(paths: &[Vec<PathPart>]) -> BTreeSet<String> {
    let mut inside: BTreeMap<&String, (usize, BTreeSet<&String>)> = BTreeMap::new();
    for path in paths {
        if let [Some(root), None, Some(next), ..] = path.as_slice() {
            let (count, names) = inside.entry(root).or_default();
            *count += 1;
            names.insert(next);
        }
    }
    let is_scope = |count: usize, names: usize| {
        (count * 5 >= paths.len() && names >= 15) || (count * 2 >= paths.len() && names >= 4)
    };
    let scopes = inside.into_iter().filter(|(_, (count, names))| is_scope(*count, names.len()));
    scopes.map(|(root, _)| root.clone()).collect()
}

fn without_scope(parts: Vec<PathPart>, scopes: &BTreeSet<String>) -> Route {
    match parts.as_slice() {
        [Some(root), None, rest @ ..] if !rest.is_empty() && scopes.contains(root) => {
            Route { scope: Some(root.clone()), parts: rest.to_vec() }
        }
        _ => Route { scope: None, parts },
    }
}

#[cfg(test)]
mod tests {
    use super::{parts, scopes};

    fn shown(path: &str) -> String {
        parts(path)
            .into_iter()
            .map(|part| part.unwrap_or_else(|| "{}".to_owned()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn versions_and_wrappers_are_no_parts() {
        for (path, expected) in [
            ("/api/v1/files/{id}", "files {}"),
            ("/v1/fine-tuning/jobs", "fine_tuning jobs"),
            ("/api", "api"),
            ("/2010-04-01/Accounts/{Sid}.json", "accounts {}"),
            ("/v1/secrets/{name}:destroy", "secrets {} destroy"),
            ("/files/content.{extension}", "files content"),
            ("/alerting/v3/userIDs", "alerting user_ids"),
        ] {
            assert_eq!(shown(path), expected, "{path}");
        }
    }

    #[test]
    fn what_most_paths_lie_in_is_a_scope() {
        let inside = ["a", "b", "c", "d"].map(|name| parts(&format!("/orgs/{{id}}/{name}")));
        let outside = [parts("/users/{id}/keys"), parts("/users")];
        let scopes = scopes(&inside.into_iter().chain(outside).collect::<Vec<_>>());
        assert_eq!(scopes.into_iter().collect::<Vec<_>>(), ["orgs"]);
    }
}
