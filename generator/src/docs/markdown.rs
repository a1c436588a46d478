//! Markdown: texts of the document where they stand on a page, and anchors.
//!
//! Takes [`Prose`], which is clean, and fits it into its place: a paragraph, a
//! cell of a table, a line. Knows nothing of what the texts are about.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::prose::Prose;
use crate::rust::words;

/// The text as paragraphs of a page: its headings would be taken for those of the page, so they become
/// bold lines, and its links to other places than the web would lead nowhere, so they become text.
pub(super) fn body(prose: &Prose) -> String {
    let linked = settle_links(prose.as_str());
    let mut edits = Vec::new();
    let mut start = None;
    for (event, range) in parser(&linked).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => start = Some(None),
            Event::End(TagEnd::Heading(_)) => {
                let inner: Option<Range<usize>> = start.take().flatten();
                let text = inner.map_or(String::new(), |inner| format!("**{}**", one_line(&linked[inner])));
                let end = linked[range.clone()].trim_end().len() + range.start;
                edits.push((range.start..end, text));
            }
            _ => {
                if let Some(inner) = &mut start {
                    *inner = Some(inner.take().map_or(range.clone(), |so_far: Range<usize>| {
                        so_far.start.min(range.start)..so_far.end.max(range.end)
                    }));
                }
            }
        }
    }
    apply(&linked, edits).trim().to_owned()
}

/// The text as a cell of a table: one line, with breaks where paragraphs and items end.
pub(super) fn cell(prose: &Prose) -> String {
    let linked = settle_links(prose.as_str());
    let mut cell = Cell::default();
    parser(&linked).for_each(|event| cell.take(event));
    cell.finish().join("<br/>")
}

/// The first paragraph of a text, on one line.
pub(super) fn line(prose: &Prose) -> String {
    let linked = settle_links(prose.as_str());
    let mut cell = Cell::default();
    parser(&linked).for_each(|event| cell.take(event));
    cell.finish().into_iter().next().unwrap_or_default()
}

/// Text that stands for itself, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '#' | '~') {
            out.push('\\');
        }
        out.push(character);
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

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::empty())
}

/// Makes every link say where it leads, and takes away those that lead nowhere from a page.
fn settle_links(text: &str) -> String {
    let parser = parser(text);
    let mut edits: Vec<(Range<usize>, String)> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.span.clone(), String::new()))
        .collect();
    let mut open: Vec<Option<Edit>> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                open.push(Edit::of(link_type, &dest_url));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(Some(edit)) = open.pop() {
                    edits.push((range.clone(), edit.replace(text)));
                }
            }
            _ => {
                for edit in open.iter_mut().flatten() {
                    edit.widen(&range);
                }
            }
        }
    }
    // An outer link holds the text of an inner one, which cannot be edited again.
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    edits.dedup_by(|inner, outer| outer.0.end >= inner.0.end);
    apply(text, edits)
}

/// What happens to a link.
struct Edit {
    /// Where it is to lead; `None` to leave just its text.
    target: Option<String>,
    inner: Option<Range<usize>>,
}

impl Edit {
    /// `None` when the link can stay as it is.
    fn of(link_type: LinkType, target: &str) -> Option<Self> {
        let is_web = target.starts_with("https://") || target.starts_with("http://");
        let is_self_contained = matches!(
            link_type,
            LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. }
        );
        if is_web && is_self_contained {
            return None;
        }
        Some(Self { target: is_web.then(|| destination(target)), inner: None })
    }

    fn widen(&mut self, range: &Range<usize>) {
        let inner = self.inner.take().unwrap_or_else(|| range.clone());
        self.inner = Some(inner.start.min(range.start)..inner.end.max(range.end));
    }

    fn replace(self, text: &str) -> String {
        let inner = self.inner.map_or("", |inner| &text[inner]);
        match self.target {
            Some(target) => format!("[{inner}]({target})"),
            None => inner.to_owned(),
        }
    }
}

/// The target of a link as it is written in parentheses.
fn destination(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for character in target.chars() {
        match character {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            '\\' => out.push_str("%5C"),
            _ if character.is_whitespace() || character.is_control() => out.push_str("%20"),
            _ => out.push(character),
        }
    }
    out
}

fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = text.to_owned();
    for (range, replacement) in edits.into_iter().rev() {
        out.replace_range(range, &replacement);
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that stand in a cell.
#[derive(Debug, Default)]
struct Cell {
    lines: Vec<String>,
    line: String,
    in_code: bool,
    targets: Vec<String>,
}

impl Cell {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.in_code => {
                for line in text.lines().filter(|line| !line.trim().is_empty()) {
                    self.lines.push(code_cell(line));
                }
            }
            Event::Text(text) => self.line.push_str(&in_cell(&text)),
            Event::Code(text) => self.line.push_str(&code_cell(&text)),
            Event::Html(text) | Event::InlineHtml(text) => self.line.push_str(&escape(&text)),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.line.push('*'),
            Tag::Strong => self.line.push_str("**"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.targets.push(destination(&dest_url));
                self.line.push('[');
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.end_line();
                self.in_code = true;
            }
            Tag::Item => {
                self.end_line();
                self.line.push_str("- ");
            }
            Tag::Paragraph if self.line == "- " => {}
            _ => self.end_line(),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.line.push('*'),
            TagEnd::Strong => self.line.push_str("**"),
            TagEnd::Link | TagEnd::Image => {
                let target = self.targets.pop().unwrap_or_default();
                self.line.extend(["](", &target, ")"]);
            }
            TagEnd::CodeBlock => self.in_code = false,
            _ => self.end_line(),
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if !line.is_empty() && line != "-" {
            self.lines.push(line.to_owned());
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_line();
        self.lines
    }
}

/// Text of a paragraph, with what would have a meaning marked as text.
fn in_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_inside_word =
            before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphanumeric());
        let has_meaning = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '&' => true,
            '_' => !is_inside_word,
            _ => false,
        };
        if has_meaning {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
        before = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_a_description_are_not_those_of_the_page() {
        let text = "# One *two*\n\nText.\n\nThree\n---\n\n```text\n# four\n```\n##\n";
        let expected = "**One *two***\n\nText.\n\n**Three**\n\n```text\n# four\n```";
        assert_eq!(body(&Prose::new(text)), expected);
    }

    #[test]
    fn links_lead_to_the_web_or_nowhere() {
        let text = "[a](https://a.example/(b)) [b](../b.md) [c][1] [d] <https://e.example>\n\n[1]: https://c.example\n[d]: #d";
        let expected = "[a](https://a.example/(b)) b [c](https://c.example) d <https://e.example>";
        assert_eq!(body(&Prose::new(text)), expected);
    }

    #[test]
    fn a_cell_is_one_line() {
        let text = "One\ntwo a|b `c|d`.\n\n* three_four\n* _five_\n\n```text\nx | y\n\nz\n```\n";
        let expected = "One two a\\|b `c\\|d`.<br/>- three_four<br/>- *five*<br/>`x \\| y`<br/>`z`";
        assert_eq!(cell(&Prose::new(text)), expected);
    }

    #[test]
    fn the_first_paragraph_is_a_line() {
        assert_eq!(line(&Prose::new("## A\nb\n\nc")), "A");
        assert_eq!(line(&Prose::new("")), "");
    }

    #[test]
    fn anchors_are_those_of_the_forges() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.next("Get_it, Now!"), "get_it-now");
        assert_eq!(anchors.next("get_it now"), "get_it-now-1");
        assert_eq!(anchors.next("`Vec<T>` é"), "vect-é");
    }
}
