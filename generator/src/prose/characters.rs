//! Takes out the characters that no text needs.

use std::borrow::Cow;

/// `text` without controls and marks of direction, and with one kind of line break.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            _ if is_harmful(character) => {}
            _ => clean.push(character),
        }
    }
    clean
}

/// `text` without the space before every line of it, as in a comment that was copied
/// with its indentation: it is no code for that.
pub(super) fn dedent(text: &str) -> Cow<'_, str> {
    let lines = || text.split('\n').filter(|line| !line.trim().is_empty());
    let space = lines().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or_default();
    if space == 0 {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').map(|line| line.get(space..).unwrap_or_default()).collect();
    Cow::Owned(lines.join("\n"))
}

/// Whether `character` is a control, changes the direction of text, or is not there to be seen.
#[must_use]
pub fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
        || matches!(character, '\u{200b}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
