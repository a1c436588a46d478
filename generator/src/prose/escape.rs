//! Writes characters so that each means itself, wherever the text is shown.
//!
//! `CommonMark` is not all: GitHub reads what looks like an address in a text as a link, up to the next
//! space, with the backslashes and the marks of code spans that are in it. So no text of ours has an
//! address that it would find, and `<`, which ends one, is a character reference.

/// Adds `character`, which `after` follows, to `text`.
pub(super) fn push(text: &mut String, character: char, after: char) {
    let before = text.chars().next_back().unwrap_or('\n');
    if character == '<' && !(after == ' ' || after == '=' || after.is_ascii_digit()) {
        return text.push_str("&lt;");
    }
    let is_escaped = match character {
        '\\' | '`' | '[' | ']' | '|' | '~' => true,
        '*' => !(before.is_whitespace() && after.is_whitespace()),
        '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
        '&' => after == '#' || after.is_ascii_alphabetic() || after == '\n',
        // `http://`, `https://`, `ftp://`
        ':' => matches!(before, 'p' | 'P' | 's' | 'S') && after == '/',
        '.' => ends_in_www(text) && !after.is_whitespace(),
        _ => false,
    };
    text.extend(is_escaped.then_some('\\'));
    text.push(character);
}

fn ends_in_www(text: &str) -> bool {
    text.bytes().rev().take(3).filter(u8::is_ascii_alphabetic).map(|byte| byte | 0x20).eq(*b"www")
}

/// A line that starts no block.
pub(super) fn guard(line: &str) -> String {
    let escape = |at: usize| format!("{}\\{}", &line[..at], &line[at..]);
    let ends_word = |at: usize| line[at..].chars().next().is_none_or(char::is_whitespace);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().first() {
        Some(b'#' | b'>' | b'=') => escape(0),
        Some(b'-') if ends_word(1) || line.starts_with("--") => escape(0),
        Some(b'+' | b'*') if ends_word(1) => escape(0),
        Some(b':') if line.starts_with(":-") => escape(0),
        Some(b'0'..=b'9') if line[digits..].starts_with(['.', ')']) && ends_word(digits + 1) => {
            escape(digits)
        }
        _ => line.to_owned(),
    }
}
