//! Writes blocks as Markdown.

use pulldown_cmark::Alignment;

use super::blocks::Block;
use super::inline::longest_run;

/// Writes `blocks` one below the other.
pub(super) fn write(blocks: &[Block]) -> String {
    join(blocks, "\n\n")
}

/// Writes `text` as it is, as a block of code.
pub(super) fn fence(text: &str) -> String {
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    format!("{fence}text\n{}\n{fence}", lines.join("\n"))
}

/// Writes `blocks`, whose text was written for a cell, on one line.
pub(super) fn one_line(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(block_on_line).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn block_on_line(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => text.clone(),
        Block::Code(code) => {
            let words: Vec<&str> = code.split_whitespace().collect();
            let code = words.join(" ").replace('|', "\\|").replace('`', "'");
            if code.is_empty() { code } else { format!("`{code}`") }
        }
        Block::Quote(blocks) => one_line(blocks),
        Block::List { items, .. } => {
            let items: Vec<String> =
                items.iter().map(|item| one_line(item)).filter(|item| !item.is_empty()).collect();
            items.join("; ")
        }
        Block::Table { rows, .. } => {
            let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
            rows.join("; ")
        }
        Block::Rule => String::new(),
    }
}

fn join(blocks: &[Block], separator: &str) -> String {
    let parts: Vec<String> = blocks.iter().map(block).filter(|part| !part.is_empty()).collect();
    parts.join(separator)
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => text.clone(),
        Block::Code(code) => fence(code),
        Block::Quote(blocks) => indent(&write(blocks), "> ", "> "),
        Block::List { start, is_tight, items } => list(*start, *is_tight, items),
        Block::Table { alignments, rows } => table(alignments, rows),
        // Dashes would be a heading's underline, or a list.
        Block::Rule => "***".to_owned(),
    }
}

fn list(start: Option<u64>, is_tight: bool, items: &[Vec<Block>]) -> String {
    let separator = if is_tight { "\n" } else { "\n\n" };
    let mut number = start;
    let mut parts = Vec::new();
    for item in items {
        let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        let text = join(item, separator);
        parts.push(indent(&text, &marker, &" ".repeat(marker.len())));
        // More than nine digits are no number of an item.
        number = number.map(|number| (number + 1).min(999_999_999));
    }
    parts.join(separator)
}

fn table(alignments: &[Alignment], rows: &[Vec<String>]) -> String {
    let Some((head, body)) = rows.split_first() else { return String::new() };
    let rule = |alignment: &Alignment| match alignment {
        Alignment::None => "---",
        Alignment::Left => ":--",
        Alignment::Center => ":-:",
        Alignment::Right => "--:",
    };
    let rules: Vec<String> = alignments.iter().map(|alignment| rule(alignment).to_owned()).collect();
    let rows = [head, &rules].into_iter().chain(body);
    let lines: Vec<String> = rows.map(|cells| format!("| {} |", cells.join(" | "))).collect();
    lines.join("\n")
}

/// `text` with `first` before its first line and `other` before the others.
fn indent(text: &str, first: &str, other: &str) -> String {
    let mut indented = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            indented.push('\n');
        }
        let prefix = if index == 0 { first } else { other };
        indented.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        indented.push_str(line);
    }
    indented
}
