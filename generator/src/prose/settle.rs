//! Takes links to other files out of clean Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Prose without the links that would lead to other files: those of the document's author, not ours.
pub(super) fn settled(text: &str) -> String {
    // Most texts have no link, and are not parsed for it.
    if !text.contains("](") {
        return text.to_owned();
    }
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

#[cfg(test)]
mod tests {
    use super::settled;

    #[test]
    fn links_lead_to_the_web_or_nowhere() {
        let text = "[a *b*](https://a.example) [`c` d](../e.md), [f](#g) [](/h) <https://i.example> [j]";
        let expected = "[a *b*](https://a.example) `c` d, f  <https://i.example> [j]";
        assert_eq!(settled(text), expected);
    }
}
