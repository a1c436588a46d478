//! What an operationId says once the words that frameworks, paths and resources put into it are gone.
//!
//! Documents call operations many things: `listFiles`, `items_api_routes_list_items`,
//! `list_files_v1_files_get`. What is left after the path, the framework's words and
//! the words of the resource is the method: `list`.

use super::case;
use super::resources::path_of;
use crate::config::Config;
use crate::ir::{Api, Method, Operation};

/// Words that web frameworks put before the name that somebody chose.
const FRAMEWORK: &[&str] = &["api", "apis", "controller", "endpoint", "route", "router", "routes"];

/// Words that begin what an operation does, and so are not the name of a framework's module.
const VERBS: &[&str] = &[
    "add", "cancel", "create", "delete", "find", "get", "list", "patch", "post", "put", "remove", "search",
    "update",
];

/// Words that say nothing at the end of a name once the resource is gone from it.
const DANGLING: &[&str] = &["a", "an", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"];

/// The words of an operationId, less and less of them.
pub(super) struct Words {
    id: Vec<String>,
    /// Without path and framework: `upload file`.
    own: Vec<String>,
    /// Without the resource: `upload`.
    method: Vec<String>,
    /// The same with the version of the API, for when there are several: `upload v2`.
    versioned: Vec<String>,
    resource: Vec<String>,
}

impl Words {
    /// Takes the id of `operation` apart.
    pub(super) fn of(operation: &Operation, api: &Api) -> Self {
        let id = case::words(&operation.id);
        let resource = case::words(&path_of(api, api.resource(operation.resource)).join(" "));
        let named = without_framework(without_path(without_module(&id), operation), &resource);
        let own = without_version(named, operation).to_vec();
        let versioned = without_resource(named, &resource);
        let method = without_resource(&own, &resource);
        // Of the methods of HTTP, this one is no verb of programs.
        let method = if method == ["post"] { vec![usual_verb(operation.method).to_owned()] } else { method };
        Self { id, own, method, versioned, resource }
    }

    /// Names for its method, the best first.
    pub(super) fn method_candidates(&self, operation: &Operation, config: &Config) -> Vec<String> {
        let configured = config.operations.get(&operation.id).and_then(|settings| settings.name.as_deref());
        let short = Some(self.method.join(" ")).filter(|words| !words.is_empty());
        let short = short.unwrap_or_else(|| usual_verb(operation.method).to_owned());
        let longer = [&self.versioned, &self.own, &self.id].map(|words| words.join(" "));
        let candidates =
            [configured, Some(&short)].into_iter().chain(longer.iter().map(|name| Some(name.as_str())));
        let named: Vec<String> = candidates.flatten().filter_map(case::snake).collect();
        if named.is_empty() { vec![usual_verb(operation.method).to_owned()] } else { named }
    }

    /// Names for its builder, the best first.
    pub(super) fn builder_candidates(&self, operation: &Operation) -> Vec<String> {
        let own = self.own.join(" ");
        // Neither `list` nor `files` says enough outside its resource.
        let own = match (self.own.len(), self.method.is_empty()) {
            (_, true) => format!("{} {own}", usual_verb(operation.method)),
            (0 | 1, false) => format!("{own} {}", self.resource.join(" ")),
            _ => own,
        };
        let name = case::upper_camel(&own).unwrap_or_else(|| "Request".to_owned());
        let id = case::upper_camel(&self.id.join(" "));
        let call = format!("{}Call", name.trim_end_matches('_'));
        [Some(name), id, Some(call)].into_iter().flatten().collect()
    }
}

/// FastAPI ends an id with the words of the path and the method.
fn without_path<'w>(id: &'w [String], operation: &Operation) -> &'w [String] {
    let mut path = case::words(&operation.path);
    path.push(method_word(operation.method).to_owned());
    match id.strip_suffix(path.as_slice()) {
        Some(rest) if !rest.is_empty() => rest,
        _ => id,
    }
}

/// FastAPI can begin an id with the module of the function: `items_api_routes_`, `items_api_v1_`.
fn without_module(words: &[String]) -> &[String] {
    let is_noise = |word: &String| FRAMEWORK.contains(&word.as_str()) || is_version(word);
    let is_module = |pair: &[String]| FRAMEWORK.contains(&pair[0].as_str()) && is_noise(&pair[1]);
    let Some(start) = words.windows(2).position(is_module) else { return words };
    let end = start + words[start..].iter().take_while(|word| is_noise(word)).count();
    let has_verb = words[..start].iter().any(|word| VERBS.contains(&word.as_str()));
    if has_verb || end == words.len() { words } else { &words[end..] }
}

/// The words without the version of the API around them, which the path has, too.
fn without_version<'w>(words: &'w [String], operation: &Operation) -> &'w [String] {
    let path = case::words(&operation.path);
    let says_version = |word: &String| is_version(word) && path.contains(word);
    let rest = match words {
        [first, rest @ ..] if says_version(first) => rest,
        [rest @ .., last] if says_version(last) => rest,
        _ => words,
    };
    if rest.is_empty() { words } else { rest }
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Everything up to a framework's word, when nothing but the resource stands before it.
fn without_framework<'w>(words: &'w [String], resource: &[String]) -> &'w [String] {
    let is_noise = |word: &String| FRAMEWORK.contains(&word.as_str());
    let leading = words.iter().take_while(|word| is_noise(word) || contains(resource, word)).count();
    let end = words[..leading].iter().rposition(is_noise).map_or(0, |last| last + 1);
    if end < words.len() { &words[end..] } else { words }
}

fn without_resource(words: &[String], resource: &[String]) -> Vec<String> {
    let mut rest: Vec<String> = words.iter().filter(|word| !contains(resource, word)).cloned().collect();
    while rest.last().is_some_and(|word| DANGLING.contains(&word.as_str())) {
        rest.pop();
    }
    rest
}

/// Whether `word` is among `words`, be it in the singular or the plural.
fn contains(words: &[String], word: &str) -> bool {
    words.iter().any(|other| singular(other) == singular(word))
}

fn singular(word: &str) -> String {
    match word {
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("ches") || word.ends_with("xes") || word.ends_with("sses") => {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with('s') && !word.ends_with("ss") && word.len() > 3 => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

fn method_word(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Put => "put",
        Method::Post => "post",
        Method::Delete => "delete",
        Method::Options => "options",
        Method::Head => "head",
        Method::Patch => "patch",
        Method::Trace => "trace",
        Method::Query => "query",
    }
}

/// What to call an operation whose id is just the name of its resource.
fn usual_verb(method: Method) -> &'static str {
    match method {
        Method::Post => "create",
        Method::Put | Method::Patch => "update",
        other => method_word(other),
    }
}
