//! What pages need of Markdown beside [`Prose`](crate::prose::Prose): names and values as text, and anchors.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::rust::words;

/// Prose without the links that would lead to other files: those of the document's author, not ours.
pub(super) fn settled(text: &str) -> String {
    let mut open: Vec<(bool, Option<Range<usize>>)> = Vec::new();
    let mut edits: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => open.push((is_web(&dest_url), None)),
            Event::End(TagEnd::Link) => match open.pop() {
                Some((false, inner)) => edits.push((range.clone(), inner.unwrap_or(range.end..range.end))),
                _ => continue,
            },
            _ => {}
        }
        // What stands in a link is left of it.
        if let Some((_, inner)) = open.last_mut().filter(|_| !text[range.clone()].starts_with('[')) {
            *inner = Some(inner.as_ref().map_or(range.clone(), |inner| inner.start..range.end));
        }
    }
    let mut out = text.to_owned();
    for (link, inner) in edits.into_iter().rev() {
        out.replace_range(link, &text[inner]);
    }
    out
}

fn is_web(target: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
}

/// Text that stands for itself, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for character in word.chars().filter(|character| !character.is_control()) {
            if character.is_ascii_punctuation() && !",./:;'()+=-%@?\"$^".contains(character) {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

/// A code span in a cell of a table.
pub(super) fn code_cell(text: &str) -> String {
    words::code(text).replace('|', "\\|")
}

/// The anchors of the headings of a page, given in their order, as the usual forges make them.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// The anchor of the next heading.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let slug: String = heading
            .to_lowercase()
            .chars()
            .filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'))
            .map(|character| if character == ' ' { '-' } else { character })
            .collect();
        let count = self.0.entry(slug.clone()).or_insert(0);
        let anchor = if *count == 0 { slug } else { format!("{slug}-{count}") };
        *count += 1;
        anchor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_or_nowhere() {
        let text = "[a *b*](https://a.example) [`c` d](../e.md), [f](#g) [](/h) <https://i.example> [j]";
        let expected = "[a *b*](https://a.example) `c` d, f  <https://i.example> [j]";
        assert_eq!(settled(text), expected);
    }

    #[test]
    fn text_stands_for_itself() {
        assert_eq!(escape(" a_b\n*c* <d> `e`|[f](g) "), "a\\_b \\*c\\* \\<d\\> \\`e\\`\\|\\[f\\](g)");
        assert_eq!(escape("MIT OR Apache-2.0"), "MIT OR Apache-2.0");
    }

    #[test]
    fn a_code_span_stays_in_its_cell() {
        assert_eq!(code_cell("a|b"), "`a\\|b`");
    }

    #[test]
    fn anchors_are_those_of_the_forges() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("Get_it, Now!"), "get_it-now");
        assert_eq!(anchors.next("get_it now"), "get_it-now-1");
        assert_eq!(anchors.next("`Vec<T>` é"), "vect-é");
    }
}
