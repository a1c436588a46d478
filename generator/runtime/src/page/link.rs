//! The header `Link` (RFC 8288): where the next page is.

use http::HeaderMap;
use http::header::LINK;
use percent_encoding::{AsciiSet, percent_encode};

/// The target of the first link with this relation. What is not ASCII in it comes
/// out percent-encoded, as it is in the URL that is meant.
pub(crate) fn find(headers: &HeaderMap, relation: &str) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|value| {
        let value = percent_encode(value.as_bytes(), &AsciiSet::EMPTY).to_string();
        target(&value, relation).map(str::to_owned)
    })
}

/// The target of the first link of a list with this relation.
fn target<'a>(mut list: &'a str, relation: &str) -> Option<&'a str> {
    while let Some((target, parameters, rest)) = first_link(list) {
        if has_relation(parameters, relation) {
            return Some(target);
        }
        list = rest;
    }
    None
}

/// The first link of a list: its target, its parameters, and the rest of the list.
fn first_link(list: &str) -> Option<(&str, &str, &str)> {
    let (_, link) = list.split_once('<')?;
    let (target, rest) = link.split_once('>')?;
    let end = unquoted(rest, ',').unwrap_or(rest.len());
    Some((target.trim(), &rest[..end], &rest[end..]))
}

/// Whether `; rel="…"` is among the parameters and names the relation. Of several
/// `rel`, only the first one counts.
fn has_relation(parameters: &str, relation: &str) -> bool {
    let mut rest = parameters;
    while let Some(start) = unquoted(rest, ';') {
        let tail = &rest[start + 1..];
        let end = unquoted(tail, ';').unwrap_or(tail.len());
        let (name, value) = tail[..end].split_once('=').unwrap_or((&tail[..end], ""));
        if name.trim().eq_ignore_ascii_case("rel") {
            let names = value.trim().trim_matches('"');
            return names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(relation));
        }
        rest = &tail[end..];
    }
    false
}

/// Where the character is for the first time outside of a value in quotes. Quotes
/// further on in a value are none (RFC 8288, appendix B.3).
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let mut before = ' ';
    for (place, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' if is_quoted || before == '=' => is_quoted = !is_quoted,
            _ if letter == wanted && !is_quoted => return Some(place),
            _ => {}
        }
        if !letter.is_whitespace() {
            before = letter;
        }
    }
    None
}
