//! What a path says: the groups of an operation, and its method by the HTTP method.

use std::borrow::Cow;

use super::endpoint::Endpoint;
use super::ids::Ids;
use super::routes::{PathPart, Routes};
use super::verbs;
use crate::ir::Method;

/// What the path of an operation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ByPath {
    /// The groups, the outermost first.
    pub(super) groups: Vec<String>,
    /// The method.
    pub(super) method: String,
    /// What the method stands for.
    pub(super) kind: Kind,
}

/// What the last part of a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What is done: the method is called like it.
    Action,
    /// A thing with a name, or many of them.
    Collection,
    /// One of many.
    Item,
}

/// Reads the path of `operation`, which stands at `index`.
pub(super) fn by_path(index: usize, operation: &Endpoint<'_>, routes: &Routes, ids: &Ids) -> ByPath {
    let route = routes.get(index);
    let path = route.parts.as_slice();
    let mut groups = route.literals();
    match path.last() {
        Some(Some(last)) if is_action(path, last, &operation.method, index, routes, ids) => {
            groups.pop();
            ByPath { groups, method: last.clone(), kind: Kind::Action }
        }
        Some(Some(_)) => {
            let method = on_collection(path, &operation.method, index, routes, ids);
            ByPath { groups, method, kind: Kind::Collection }
        }
        _ if is_action_on_item(path, routes) => {
            let method = groups.pop().unwrap_or_default();
            ByPath { groups, method, kind: Kind::Action }
        }
        _ => ByPath { groups, method: on_item(path, &operation.method, routes), kind: Kind::Item },
    }
}

/// Whether the last part of a path says what is done (`/batches/{id}/cancel`), and is no thing.
fn is_action(
    path: &[PathPart],
    last: &str,
    method: &Method,
    index: usize,
    routes: &Routes,
    ids: &Ids,
) -> bool {
    if routes.has_items(path) || path.len() == 1 {
        return false;
    }
    let first = last.split('_').next().unwrap_or(last);
    let is_plural = last.ends_with('s');
    let ends_in_verb =
        || last.rsplit_once('_').is_some_and(|(_, end)| verb(index, method, ids).as_deref() == Some(end));
    let is_verb = verbs::is_verb(first) && (first != last || !is_plural) || ends_in_verb();
    let is_changed =
        [Method::Put, Method::Patch, Method::Delete].iter().any(|method| routes.has(path, method));
    let is_alone = routes.method_count(path) < 2;
    if is_verb && (is_alone || !is_changed) {
        return true;
    }
    if !is_alone {
        return false;
    }
    let parent = &path[..path.len() - 1];
    let is_in_item = parent.last().is_some_and(Option::is_none);
    let parent_has_operations = routes.method_count(parent) > 0;
    match method {
        Method::Get if is_in_item => !routes.is_list(path) && !is_plural,
        Method::Get if routes.has_more(path) => false,
        Method::Get if is_plural && verb(index, &Method::Get, ids).as_deref() == Some("list") => false,
        // One of few lists in a place of which nothing else is known is a thing of its own.
        Method::Get => {
            let is_one_of_few = routes.literals_below(parent) < 4;
            !(is_plural && is_one_of_few && routes.is_list(path) && !parent_has_operations)
        }
        Method::Post => !is_plural && (is_in_item || parent_has_operations),
        _ => false,
    }
}

/// Whether the last literal part is a verb for the item behind it: `/deployment/fail/{id}`.
fn is_action_on_item(path: &[PathPart], routes: &Routes) -> bool {
    let literals = path.len() - path.iter().rev().take_while(|part| part.is_none()).count();
    let (before, behind) = path.split_at(literals);
    let Some((Some(last), outer)) = before.split_last() else { return false };
    let is_verb = verbs::is_verb(last) && outer.iter().any(Option::is_some);
    is_verb
        && !behind.is_empty()
        && routes.method_count(before) == 0
        && routes.method_count(path) == 1
        && !routes.has_more(path)
}

/// The verb for a thing with a name of its own, or for a collection.
fn on_collection(path: &[PathPart], method: &Method, index: usize, routes: &Routes, ids: &Ids) -> String {
    let has_items = routes.has_items(path);
    let is_one = !has_items && routes.has(path, &Method::Get) && !routes.is_list(path);
    let item = [path, &[None]].concat();
    let has_item = |method: &Method| routes.has(&item, method);
    let verb = match method {
        Method::Get
            if routes.is_list(path) || has_items || verb(index, method, ids).as_deref() == Some("list") =>
        {
            "list"
        }
        Method::Post if is_one && !routes.has_updates() => "update",
        Method::Post => "create",
        Method::Put
            if routes.has(path, &Method::Patch) || has_item(&Method::Put) || has_item(&Method::Patch) =>
        {
            "replace"
        }
        Method::Delete if has_item(&Method::Delete) => "delete_all",
        _ => return usual(method).into_owned(),
    };
    verb.to_owned()
}

/// The verb for an item of a collection.
fn on_item(path: &[PathPart], method: &Method, routes: &Routes) -> String {
    let verb = match method {
        Method::Post if routes.has_updates() || routes.has(path, &Method::Put) => "create",
        Method::Post => "update",
        Method::Put if routes.has(path, &Method::Patch) => "replace",
        _ => return usual(method).into_owned(),
    };
    verb.to_owned()
}

/// The verb that the HTTP method stands for.
pub(super) fn usual(method: &Method) -> Cow<'static, str> {
    let verb = match method {
        Method::Get => "get",
        Method::Put | Method::Patch => "update",
        Method::Post => "create",
        Method::Delete => "delete",
        Method::Options => "options",
        Method::Head => "head",
        Method::Trace => "trace",
        Method::Query => "query",
        Method::Other(_) => return verbs::method_word(method).into(),
    };
    verb.into()
}

/// The verb that the id begins or ends with.
pub(super) fn verb(index: usize, method: &Method, ids: &Ids) -> Option<String> {
    let said = ids.words(index);
    if *method == Method::Get && said.first().is_some_and(|word| word == "search") {
        return Some("list".to_owned());
    }
    let ends = said.first().into_iter().chain(said.get(1..).and_then(<[String]>::last));
    ends.into_iter().find(|word| verbs::is_verb(word)).cloned()
}
