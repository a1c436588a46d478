//! The header `Link` (RFC 8288): where the next page is.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link with this relation.
pub(crate) fn find<'a>(headers: &'a HeaderMap, relation: &str) -> Option<&'a str> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(|value| {
        let mut rest = value;
        while let Some((target, parameters, next)) = first_link(rest) {
            if has_relation(parameters, relation) {
                return Some(target);
            }
            rest = next;
        }
        None
    })
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

/// Where the character is for the first time outside of quotes.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (place, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if letter == wanted && !is_quoted => return Some(place),
            _ => {}
        }
    }
    None
}
