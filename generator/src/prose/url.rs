//! Addresses: which may be linked to, and how they are written.

use std::fmt::Write;
use std::ops::Range;

use crate::diagnostic::is_harmful;

/// The first address of the web in `text`.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    text.match_indices("://").find_map(|(colon, separator)| {
        let scheme = scheme(&text[..colon])?;
        let start = colon - scheme.len();
        let length = length(&text[start..], scheme.len() + separator.len());
        (length > 0).then(|| start..start + length)
    })
}

/// The scheme of the web that `text` ends in.
fn scheme(text: &str) -> Option<&'static str> {
    ["https", "http"].into_iter().find(|scheme| {
        let start = text.len().checked_sub(scheme.len());
        start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })
}

/// How much of `text` is an address. What ends a sentence does not belong to it.
fn length(text: &str, scheme: usize) -> usize {
    let is_part = |character: char| !character.is_whitespace() && !"<>\"`".contains(character);
    let end = text.find(|character| !is_part(character)).unwrap_or(text.len());
    let mut address = &text[..end];
    let opens = address.matches('(').count();
    let mut closes = address.matches(')').count();
    while let Some(last) = address.chars().next_back() {
        let is_unopened = last == ')' && closes > opens;
        if !is_unopened && !".,;:!?'*_~]\\|".contains(last) {
            break;
        }
        closes -= usize::from(last == ')');
        address = &address[..address.len() - last.len_utf8()];
    }
    if address.len() > scheme { address.len() } else { 0 }
}

/// `address` as a link that is its own text. `None` for a template like
/// `https://{host}/`, which is no address yet.
pub(super) fn autolink(address: &str) -> Option<String> {
    let (head, rest) = address.split_once("://")?;
    let is_web = scheme(head).is_some_and(|scheme| scheme.len() == head.len());
    let link = || format!("<{}://{}>", head.to_ascii_lowercase(), encode(rest));
    (is_web && !address.contains(['{', '}'])).then(link)
}

/// The target of a link, if it is one to the web or to a page beside this one.
pub(super) fn target(target: &str) -> Option<String> {
    // Browsers drop these from an address before they look at its scheme.
    let target: String = target.chars().filter(|character| !character.is_control()).collect();
    let target = target.trim();
    let head = target.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = head.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some(scheme @ ("http" | "https")) => Some(format!("{scheme}{}", encode(&target[scheme.len()..]))),
        Some(_) => None,
        None if target.is_empty() => None,
        None if target.starts_with(['/', '.', '#', '?']) => Some(encode(target)),
        // rustdoc would take a bare word for the name of an item.
        None => Some(format!("./{}", encode(target))),
    }
}

/// `address` without a character that Markdown could take for its end or for structure.
pub(super) fn encode(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for (at, character) in address.char_indices() {
        match character {
            ' ' | '"' | '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '^' | '`' | '{' | '|' | '}' | '*'
            | '~' => {
                write!(encoded, "%{:02X}", u32::from(character)).expect("writing to text does not fail");
            }
            // What is decoded once more must not become another address.
            '&' if is_entity(&address[at..]) => encoded.push_str("%26"),
            _ if character.is_whitespace() || is_harmful(character) => {}
            _ => encoded.push(character),
        }
    }
    encoded
}

/// Whether `text` starts with what may be read as an entity like `&copy;`.
fn is_entity(text: &str) -> bool {
    let name =
        text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').take(40).count();
    name > 0 && text[1 + name..].starts_with(';')
}
