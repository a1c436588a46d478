//! Writes the text of a paragraph or a cell.
//!
//! The events of a parser come in; Markdown goes out in which only code spans,
//! emphasis and links to the web are constructs, and every other character is
//! one that means itself.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::blocks::Dialect;
use super::escape::{self, guard};
use super::url;
use crate::diagnostic::is_harmful;

/// A text that is being written.
pub(super) struct Inline {
    dialect: Dialect,
    text: String,
    /// How many of each are open, by marker.
    stress: [usize; 3],
    links: Vec<Link>,
}

/// A link or an image that is being written.
struct Link {
    target: String,
    start: usize,
}

/// The markers of emphasis.
const STRESS: [&str; 3] = ["*", "**", "~~"];

impl Inline {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, text: String::new(), stress: [0; 3], links: Vec::new() }
    }

    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => self.text(text),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => self.code(code),
            Event::FootnoteReference(name) => self.text(&format!("[{name}]")),
            Event::SoftBreak | Event::HardBreak if self.is_on_line() => self.text.push(' '),
            Event::SoftBreak => self.text.push('\n'),
            Event::HardBreak => self.text.push_str("\\\n"),
            Event::Start(_) | Event::End(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.stress(0),
            Tag::Strong => self.stress(1),
            Tag::Strikethrough => self.stress(2),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.open(dest_url),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.unstress(0),
            TagEnd::Strong => self.unstress(1),
            TagEnd::Strikethrough => self.unstress(2),
            TagEnd::Link => self.close(""),
            TagEnd::Image => self.close("image"),
            _ => {}
        }
    }

    /// Text that means itself, with the addresses in it as links.
    pub(super) fn text(&mut self, text: &str) {
        if !self.links.is_empty() {
            return self.plain(text);
        }
        let mut rest = text;
        while let Some(address) = url::find(rest) {
            let (before, after) = rest.split_at(address.start);
            let (address, after) = after.split_at(address.len());
            self.plain(before);
            match url::autolink(address) {
                Some(link) => self.text.push_str(&link),
                None => self.code(address),
            }
            rest = after;
        }
        self.plain(rest);
    }

    /// The Markdown. Its lines do not start or end with anything that a parser takes for structure.
    pub(super) fn finish(mut self) -> String {
        while let Some(marker) = self.stress.iter().position(|open| *open > 0) {
            self.unstress(marker);
        }
        let separator = if self.is_on_line() { " " } else { "\n" };
        let mut lines: Vec<String> =
            self.text.lines().map(trim).filter(|line| !line.is_empty()).map(guard).collect();
        if let Some(last) = lines.last_mut().filter(|line| ends_in_break(line)) {
            last.pop();
            last.truncate(last.trim_end().len());
        }
        lines.join(separator)
    }

    fn is_on_line(&self) -> bool {
        matches!(self.dialect, Dialect::Line | Dialect::Cell)
    }

    fn plain(&mut self, text: &str) {
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let after = characters.peek().copied().unwrap_or('\n');
            match character {
                '\n' if self.is_on_line() => self.text.push(' '),
                '\n' => self.text.push('\n'),
                // An entity may be what was taken out of the text before.
                '\u{2028}' | '\u{2029}' => self.text.push(' '),
                _ if is_harmful(character) => {}
                _ => escape::push(&mut self.text, character, after),
            }
        }
    }

    fn code(&mut self, code: &str) {
        let code = code.replace('\n', " ");
        let code = if self.dialect == Dialect::Cell { code.replace('|', "\\|") } else { code };
        let fence = "`".repeat(longest_run(&code, '`') + 1);
        let is_padded = code.starts_with('`') || code.ends_with('`');
        // A backtick before the span would make its fence longer.
        if self.text.ends_with('`') {
            self.text.push(' ');
        }
        let pad = if is_padded || has_both_spaces(&code) { " " } else { "" };
        for part in [&fence, pad, &code, pad, &fence] {
            self.text.push_str(part);
        }
    }

    fn stress(&mut self, marker: usize) {
        if self.dialect != Dialect::Unstressed && self.stress[marker] == 0 {
            self.text.push_str(STRESS[marker]);
        }
        self.stress[marker] += 1;
    }

    fn unstress(&mut self, marker: usize) {
        self.stress[marker] = self.stress[marker].saturating_sub(1);
        if self.dialect != Dialect::Unstressed && self.stress[marker] == 0 {
            self.text.push_str(STRESS[marker]);
        }
    }

    fn open(&mut self, target: &CowStr<'_>) {
        self.links.push(Link { target: target.to_string(), start: self.text.len() });
    }

    /// Ends a link or an image, which is written as a link. A target that is not
    /// allowed is left out, and so is one in the text of another link.
    fn close(&mut self, default: &str) {
        let Some(Link { target, start }) = self.links.pop() else { return };
        if self.text.len() == start {
            self.text.push_str(default);
        }
        let Some(target) = url::target(&target).filter(|_| self.links.is_empty()) else { return };
        let text = self.text.split_off(start);
        if text.trim().is_empty() {
            return;
        }
        match url::autolink(&target) {
            Some(link) if text.replace('\\', "") == target => self.text.push_str(&link),
            _ => self.text.extend(["[", &text, "](", &target, ")"]),
        }
    }
}

/// A line without the space around it; nothing, when all that is on it is a break.
fn trim(line: &str) -> &str {
    match line.trim() {
        "\\" => "",
        line => line,
    }
}

/// Whether `line` ends in a backslash that is not escaped.
fn ends_in_break(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn has_both_spaces(code: &str) -> bool {
    code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty()
}

/// The length of the longest run of `character` in `text`.
pub(super) fn longest_run(text: &str, character: char) -> usize {
    text.split(|other| other != character).map(str::len).max().unwrap_or_default()
}
