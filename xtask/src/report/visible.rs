//! Keeps what a document says from doing anything to the terminal that shows it.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, Write as _};

use sdk_generator::diagnostic::is_harmful;
use serde_json::Value;

/// Prints a line, or several, on standard output.
pub(crate) fn say(text: impl Display) {
    // Who reads the beginning and leaves, like `head`, has what was wanted.
    let _ = writeln!(io::stdout(), "{}", visible(&text.to_string()));
}

/// Prints a line, or several, on standard error.
pub(crate) fn warn(text: impl Display) {
    // When that cannot be written to, nobody is left to report to.
    let _ = writeln!(io::stderr(), "{}", visible(&text.to_string()));
}

/// Prints `value` on standard output, as JSON that is harmless to look at.
pub(crate) fn say_json(value: &Value) {
    let _ = writeln!(io::stdout(), "{}", escaped(value));
}

/// `text` with a stand-in for every character that would move the cursor, turn the text around
/// or not be seen. Each stand-in is one column wide. Line breaks and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) { Cow::Borrowed(text) } else { text.chars().map(stand_in).collect() }
}

/// The first `most` characters of `text`.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((cut, _)) => Cow::Owned(format!("{}…", &text[..cut])),
        None => Cow::Borrowed(text),
    }
}

fn is_harmless(character: char) -> bool {
    matches!(character, '\n' | '\t') || !is_harmful(character)
}

fn stand_in(character: char) -> char {
    match character {
        _ if is_harmless(character) => character,
        // The picture of a control is 0x2400 after it.
        '\0'..'\u{20}' => {
            char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The text of `value`. What is harmful in it stands in a string, where it may be escaped.
fn escaped(value: &Value) -> String {
    let mut escaped = String::new();
    for character in format!("{value:#}").chars() {
        if is_harmless(character) {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").expect("writing to text does not fail");
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{escaped, visible};

    #[test]
    fn what_is_harmful_is_seen() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c\rd\u{7f}"), "a␛[2Jb\u{fffd}c␍d␡");
        assert_eq!(visible("a\n\tb ü 🦀"), "a\n\tb ü 🦀");
    }

    #[test]
    fn json_says_the_same_after_escaping() {
        let value = json!({ "message": "a\u{1b}\u{9b}\u{202e}\u{e0041}\u{7f}ü\n" });
        let text = escaped(&value);
        assert!(
            text.chars().all(|character| character == '\n'
                || character == 'ü'
                || (' '..'\u{7f}').contains(&character))
        );
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
    }
}
