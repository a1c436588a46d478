//! What request builders are called, in words: `list files`, `create chat completion`, from the resource and
//! the method of an operation.

use super::naming::{Named, verbs};
use super::{case, words};

/// Words that begin where and how something is done, rather than what it is done to.
const PREPOSITIONS: &[&str] =
    &["as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "via", "with"];

/// Verbs for many things at a time.
const FOR_MANY: &[&str] = &["count", "list", "search"];

/// The verb, what it is done to, and what the method says besides: `submit thread run tool outputs`.
///
/// A method that names the last of its resources itself is long enough alone, and one without a verb stands
/// behind its resource.
pub(super) fn request_words(named: &Named) -> Vec<String> {
    let method = case::words(&named.method);
    let Some((verb, rest)) = method.split_first() else { return Vec::new() };
    let last = named.resource.last().map(|last| case::words(last)).unwrap_or_default();
    if !last.is_empty() && last.iter().all(|word| words::has(rest, word)) {
        return method;
    }
    let is_short = rest.first().is_none_or(|word| PREPOSITIONS.contains(&word.as_str()));
    let is_all = rest.first().is_some_and(|word| word == "all");
    let is_many = is_short && FOR_MANY.contains(&verb.as_str()) || is_all;
    let is_said = matches!(last.as_slice(), [last] if words::singular(last) == words::singular(verb));
    let outer = &named.resource[..named.resource.len() - usize::from(is_said)];
    let resource = resource_words(outer, is_many);
    if !verbs::is_verb(verb) {
        return [resource, method].concat();
    }
    let (before, behind) = rest.split_at(usize::from(is_all));
    [std::slice::from_ref(verb), before, &resource, behind].concat()
}

/// The words of a resource in the singular, or with the last in the plural that it has.
fn resource_words(resource: &[String], is_many: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (index, part) in resource.iter().enumerate() {
        let mut part = case::words(part);
        let is_kept = is_many && index + 1 == resource.len();
        if let Some(last) = part.last_mut().filter(|_| !is_kept) {
            *last = words::singular(last);
        }
        // `chat completions` says `chat` once.
        let is_said = out.len() >= part.len() && out.ends_with(&part);
        out.extend(part.into_iter().filter(|_| !is_said));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::naming::Named;
    use super::request_words;

    #[test]
    fn a_request_is_called_after_its_resource_and_method() {
        for (resource, method, expected) in [
            ("files", "list", "list files"),
            ("files", "retrieve", "retrieve file"),
            ("files", "get_content", "get file content"),
            ("chat.completions", "create", "create chat completion"),
            ("threads.runs", "submit_tool_outputs", "submit thread run tool outputs"),
            ("issues", "list_for_repo", "list issues for repo"),
            ("users", "get_by_username", "get user by username"),
            ("apps", "get_webhook_config_for_app", "get webhook config for app"),
            ("databases", "usage", "database usage"),
            ("zones.settings", "delete_all", "delete all zone settings"),
            ("search", "search", "search"),
        ] {
            let resource = resource.split('.').map(str::to_owned).collect();
            let named = Named { resource, method: method.to_owned() };
            assert_eq!(request_words(&named).join(" "), expected);
        }
    }
}
