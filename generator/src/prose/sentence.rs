//! Finds the first sentence of a text.

use pulldown_cmark::{Event, Parser, Tag, TextMergeWithOffset};

use super::blocks::options;

/// The words that end in a full stop in the middle of a sentence.
const ABBREVIATIONS: [&str; 8] = ["e.g.", "i.e.", "etc.", "vs.", "approx.", "resp.", "cf.", "no."];

/// The first sentence of `text`, which is clean Markdown. A text that starts with
/// something else than a paragraph has none.
pub(super) fn first(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let mut depth = 0_usize;
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(paragraph, options()).into_offset_iter()) {
        match event {
            Event::Start(tag) if depth == 0 && tag != Tag::Paragraph => return "",
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            // Inside of emphasis and links no sentence ends that could be cut off there.
            Event::Text(_) if depth == 1 => {
                if let Some(end) = end_of_sentence(paragraph, range.start, range.end) {
                    return &paragraph[..end];
                }
            }
            _ => {}
        }
    }
    paragraph
}

/// Where a sentence ends between `start` and `end`.
fn end_of_sentence(text: &str, start: usize, end: usize) -> Option<usize> {
    let stops = text[start..end].match_indices(['.', '!', '?', '。']);
    let mut ends = stops.map(|(at, stop)| start + at + stop.len());
    ends.find(|end| {
        let is_wide = text[..*end].ends_with('。');
        let is_last = is_wide || text[*end..].chars().next().is_none_or(char::is_whitespace);
        is_last && !goes_on(&text[*end..]) && !is_abbreviation(&text[..*end])
    })
}

/// Whether what follows is no new sentence.
fn goes_on(rest: &str) -> bool {
    rest.trim_start().starts_with(char::is_lowercase)
}

fn is_abbreviation(text: &str) -> bool {
    let text = text.as_bytes();
    ABBREVIATIONS.iter().any(|word| {
        let Some(start) = text.len().checked_sub(word.len()) else { return false };
        let is_word = start == 0 || !text[start - 1].is_ascii_alphanumeric();
        is_word && text[start..].eq_ignore_ascii_case(word.as_bytes())
    })
}
