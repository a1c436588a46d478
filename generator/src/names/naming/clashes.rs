//! Methods of one resource that would have the same name, and the longer names that they get.
//!
//! A number is no name: what discriminates two operations is a word of their ids or of their paths.

use std::collections::{BTreeMap, BTreeSet};

use super::endpoint::Endpoint;
use super::{Document, Named, begin_with_verb, drop_dangling, paths, snake, verbs, without};
use crate::config::{Config, ResourceSource};
use crate::ir::Method;
use crate::names::{case, reserved, words};

impl Document<'_> {
    /// The names with those made longer that stand twice in a resource.
    pub(super) fn without_clashes(&self, mut named: Vec<Named>, config: &Config) -> Vec<Named> {
        let mut taken: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        // Every resource has methods of its own,
        for named in &named {
            let own = reserved::ACCESSORS.iter().map(|name| (*name).to_owned());
            taken.entry(named.resource.clone()).or_insert_with(|| own.collect());
        }
        // and methods that lead to inner resources.
        for resource in named.iter().map(|named| &named.resource) {
            for (end, inner) in resource.iter().enumerate().skip(1) {
                taken.entry(resource[..end].to_vec()).or_default().insert(inner.clone());
            }
        }
        self.tell_apart(&mut named);
        // What lies in a scope gives way to what does not, and what lost words to what is called like that.
        let mut order: Vec<usize> = (0..named.len()).collect();
        let lost_words = |index: usize| {
            let own = self.ids.all_words(index);
            self.source == ResourceSource::Tags && !own.is_empty() && own.join("_") != named[index].method
        };
        order.sort_by_key(|index| (self.routes.get(*index).scope.is_some(), lost_words(*index)));
        for index in order {
            let named = &mut named[index];
            let taken = taken.entry(named.resource.clone()).or_default();
            let is_configured = config
                .operations
                .get(self.operations[index].id)
                .is_some_and(|settings| settings.name.is_some());
            if !is_configured && taken.contains(&named.method) {
                let free = self.longer(index, named).into_iter().find(|method| !taken.contains(method));
                named.method = free.unwrap_or_else(|| named.method.clone());
            }
            taken.insert(named.method.clone());
        }
        named
    }

    /// Gives methods that would be the same the words back that only said where each of them is.
    fn tell_apart(&self, named: &mut [Named]) {
        let mut counts: BTreeMap<Named, usize> = BTreeMap::new();
        for named in named.iter() {
            *counts.entry(named.clone()).or_default() += 1;
        }
        for (index, named) in named.iter_mut().enumerate() {
            let (short, all) = (self.ids.words(index), self.ids.all_words(index));
            let is_by_id = self.source != ResourceSource::Paths
                && self.method_in(index, &named.resource, short) == named.method;
            if counts[named] > 1 && short != all && is_by_id {
                named.method = self.method_in(index, &named.resource, all);
            }
        }
    }

    /// Other names for an operation whose own is taken, the best first.
    fn longer(&self, index: usize, named: &Named) -> Vec<String> {
        let operation = &self.operations[index];
        let method = named.method.as_str();
        let of_reserved = reserved::ACCESSORS.contains(&method).then(|| with_object(operation, named));
        let verb = match (&operation.method, method) {
            (Method::Put, "update") => Some("replace"),
            (Method::Patch, "update") => Some("edit"),
            (_, "delete") => Some("delete_all"),
            _ => None,
        };
        let scope = self.routes.get(index).scope.as_deref();
        let scoped = scope.map(|scope| format!("{method}_for_{}", words::singular(scope)));
        let own = self.ids.all_words(index);
        let mut said = without(if own.is_empty() { self.ids.remark(index) } else { own }, &named.resource);
        drop_dangling(&mut said);
        begin_with_verb(&mut said);
        let chosen = |words: &[String]| {
            Some(self.without_http(index, words, method).join("_")).filter(|words| !words.is_empty())
        };
        let by_parameter = by_parameter_of(operation, method);
        let with_body = |method: &str| operation.has_body.then(|| format!("{method}_with_body"));
        let by_both = by_parameter.as_deref().and_then(with_body);
        let last = [by_parameters(operation, method), by_both, by_method(operation, method)];
        let verb = verb.map(str::to_owned);
        let first = [of_reserved, verb, scoped, chosen(&said), by_parameter, with_body(method), chosen(own)];
        let with_object = with_object(operation, named);
        let with_both = by_parameter_of(operation, &with_object);
        first.into_iter().chain(last).flatten().chain([with_object]).chain(with_both).collect()
    }

    /// The words of an id. Where the names are taken from paths, the method of HTTP that an id begins with is none
    /// of a program, so that the verb of `method` stands for it.
    fn without_http(&self, index: usize, words: &[String], method: &str) -> Vec<String> {
        let http = &self.operations[index].method;
        let is_of_http = |word: &str| word == verbs::method_word(http) && !["get", "delete"].contains(&word);
        match words.split_first() {
            Some((first, rest)) if is_of_http(first) && self.source == ResourceSource::Paths => {
                let verb = method.split('_').next().filter(|word| verbs::is_verb(word));
                let verb = verb.map_or_else(|| paths::usual(http).into_owned(), str::to_owned);
                if rest.contains(&verb) { rest.to_vec() } else { [&[verb], rest].concat() }
            }
            _ => words.to_vec(),
        }
    }
}

/// `get_by_name`, and `list_for_index` where the parameter is not what the path ends with.
fn by_parameter_of(operation: &Endpoint<'_>, method: &str) -> Option<String> {
    let last = operation.path_parameters.last()?;
    let preposition = if operation.path.ends_with('}') { "by" } else { "for" };
    Some(format!("{method}_{preposition}_{}", snake(last)))
}

/// `get_by_name_and_version`, where there are several parameters.
fn by_parameters(operation: &Endpoint<'_>, method: &str) -> Option<String> {
    let names: Vec<String> = operation.path_parameters.iter().map(|name| snake(name)).collect();
    (names.len() > 1).then(|| format!("{method}_by_{}", names.join("_and_")))
}

/// `options_fetch`: these methods of HTTP are what the operation is about.
fn by_method(operation: &Endpoint<'_>, method: &str) -> Option<String> {
    let is_special = matches!(&operation.method, Method::Head | Method::Options | Method::Trace);
    is_special.then(|| format!("{}_{method}", verbs::method_word(&operation.method)))
}

/// `clone_volume`, for a verb that something else is called by; `get_client` or `search_shards`, for a thing.
fn with_object(operation: &Endpoint<'_>, named: &Named) -> String {
    let method = named.method.as_str();
    let first = method.split('_').next().unwrap_or_default();
    let mut object = named.resource.last().map(|last| case::words(last)).unwrap_or_default();
    if verbs::is_verb(first) || first == "new" {
        let is_many = first == "list" || method.ends_with("_all");
        if let Some(noun) = object.last_mut().filter(|_| !is_many) {
            *noun = words::singular(noun);
        }
        return format!("{method}_{}", object.join("_"));
    }
    let verb = object.pop().filter(|last| object.is_empty() && verbs::is_verb(last));
    let verb = verb.unwrap_or_else(|| paths::usual(&operation.method).into_owned());
    format!("{verb}_{method}")
}
