//! Text without markup: as a code span, or with everything escaped.

use super::escape::{self, guard};
use super::inline::longest_run;
use crate::diagnostic::clean;

/// `text` as a code span, in which nothing has a meaning.
///
/// It is on one line, so that it ends no paragraph, and between more backticks than there are in a row
/// inside of it, so that it does not end early.
pub(super) fn code(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let touches = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    match text.trim() {
        "" => "` `".to_owned(),
        _ if touches => format!("{fence} {text} {fence}"),
        _ => format!("{fence}{text}{fence}"),
    }
}

/// `text` on one line, in which everything stands for itself.
pub(super) fn plain(text: &str) -> String {
    let line = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        escape::push(&mut out, character, characters.peek().copied().unwrap_or(' '));
    }
    guard(&out)
}

/// `text` with its bars marked as no end of a cell.
pub(super) fn in_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_escaped = false;
    for character in text.chars() {
        if character == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = character == '\\' && !is_escaped;
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_code_span() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code("a\n\n```\nb"), "````a  ``` b````");
        assert_eq!(code("a\u{2028}b\u{202e}c\0"), "`a bc`");
        assert_eq!(code(""), "` `");
        assert_eq!(code("\n"), "` `");
    }

    #[test]
    fn plain_text_stands_for_itself() {
        assert_eq!(plain(" a_b\n*c* <d> `e`|[f](g) "), "a_b \\*c\\* &lt;d> \\`e\\`\\|\\[f\\](g)");
        assert_eq!(plain("MIT OR Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(plain("- a\u{202e}"), "\\- a");
    }

    #[test]
    fn a_bar_does_not_end_a_cell() {
        assert_eq!(in_cell("`a|b` c\\|d"), "`a\\|b` c\\|d");
    }
}
