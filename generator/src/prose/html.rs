//! Turns the HTML that descriptions are written in into Markdown.
//!
//! Elements that only shape text become what Markdown has for them, or nothing;
//! comments go; whatever else looks like a tag is escaped and so shown.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use super::blocks::options;

/// `text` with its HTML as Markdown.
pub(super) fn to_markdown(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    // What stood in a block of HTML is Markdown afterwards, and may hold more of it.
    for _ in 0..3 {
        let places = places(&text);
        if places.is_empty() {
            break;
        }
        text = Cow::Owned(replace(&text, &places));
    }
    text.into_owned()
}

fn places(text: &str) -> Vec<Range<usize>> {
    // A tag has a bracket: most texts have none, and are not parsed for it.
    if !text.contains('<') {
        return Vec::new();
    }
    let events = Parser::new_ext(text, options()).into_offset_iter();
    let is_html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let mut places: Vec<Range<usize>> = Vec::new();
    for (_, place) in events.filter(|(event, _)| is_html(event)) {
        match places.last_mut() {
            // A comment over several lines is one.
            Some(last) if last.end == place.start => last.end = place.end,
            _ => places.push(place),
        }
    }
    places
}

fn replace(text: &str, places: &[Range<usize>]) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut done = 0;
    for place in places {
        replaced.push_str(&text[done..place.start]);
        rewrite(&text[place.clone()], &mut replaced);
        done = place.end;
    }
    replaced.push_str(&text[done..]);
    replaced
}

/// Writes `html`, tags with text between them, as Markdown.
fn rewrite(html: &str, markdown: &mut String) {
    let last_comment = html.rfind("-->").unwrap_or_default();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|start| at + start) {
        markdown.push_str(&html[at..start]);
        let end = end_of_tag(html, start, last_comment);
        let known = end.and_then(|end| Some((end, markdown_for(&html[start..end])?)));
        let (end, element) = known.unwrap_or((start + 1, "\\<"));
        markdown.push_str(element);
        at = end;
    }
    markdown.push_str(&html[at..]);
}

/// Where the tag or comment that begins at `start` ends.
fn end_of_tag(html: &str, start: usize, last_comment: usize) -> Option<usize> {
    if html[start..].starts_with("<!--") {
        // Without that, each of many open comments would be searched for its end.
        let has_end = start < last_comment;
        return has_end.then(|| html[start..].find("-->")).flatten().map(|end| start + end + "-->".len());
    }
    let end = start + 1 + html[start + 1..].find(['<', '>'])?;
    html[end..].starts_with('>').then_some(end + 1)
}

/// What Markdown has for `tag`, if it only shapes text.
fn markdown_for(tag: &str) -> Option<&'static str> {
    if tag.starts_with("<!--") {
        return Some("");
    }
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_end = tag.starts_with("</");
    match name.to_ascii_lowercase().as_str() {
        "br" => Some("\\\n"),
        "p" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "blockquote" => {
            Some(if is_end { "\n\n" } else { "" })
        }
        "li" => Some(if is_end { "\n" } else { "- " }),
        "tr" => Some(if is_end { "\n" } else { "" }),
        "td" | "th" => Some(if is_end { " " } else { "" }),
        "code" | "tt" | "kbd" => Some("`"),
        "b" | "strong" | "i" | "em" | "u" | "s" | "a" | "span" | "small" | "sub" | "sup" | "font"
        | "center" | "thead" | "tbody" | "pre" | "section" | "nobr" | "wbr" => Some(""),
        _ => None,
    }
}
