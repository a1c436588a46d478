//! From a byte of a JSON text to the path of the value it is in.
//!
//! `serde_json` gives line and column of an error and no path. Following the
//! path while decoding would cost every call, and would be compiled for every
//! type; walking the text again costs only the calls that failed.

use std::fmt::Write as _;

/// The offset of a line and column of `serde_json`, both counted from 1, the column in bytes.
#[must_use]
pub fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let start = text
        .split_inclusive(|byte| *byte == b'\n')
        .take(line.saturating_sub(1))
        .map(<[u8]>::len)
        .sum::<usize>();
    (start + column).min(text.len())
}

/// The text around an offset, cut where letters begin.
#[must_use]
pub fn snippet(text: &[u8], offset: usize) -> String {
    const BEFORE: usize = 40;
    const AFTER: usize = 40;
    let start = offset.saturating_sub(BEFORE);
    let end = offset.saturating_add(AFTER).min(text.len());
    let cut = String::from_utf8_lossy(&text[start..end]);
    let before = if start > 0 { "…" } else { "" };
    let after = if end < text.len() { "…" } else { "" };
    format!("{before}{}{after}", cut.trim_matches(char::REPLACEMENT_CHARACTER))
}

/// One level of nesting on the way to a place.
enum Level {
    /// In an object, after this key.
    Member(String),
    /// In a list, at this index.
    Item(usize),
}

/// The path of the value that the byte before `offset` belongs to, as
/// `data[3].purpose`. `serde_json` stops right after the value it does not like.
#[must_use]
pub fn path(text: &[u8], offset: usize) -> String {
    let end = offset.min(text.len());
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    while at < end {
        match text[at] {
            b'{' => levels.push(Level::Member(String::new())),
            b'[' => levels.push(Level::Item(0)),
            b'}' | b']' => {
                // The closing bracket at the very end is the error's own value.
                levels.pop();
            }
            b',' => match levels.last_mut() {
                Some(Level::Item(index)) => *index += 1,
                Some(Level::Member(key)) => key.clear(),
                None => {}
            },
            b'"' => {
                let close = string_end(text, at);
                let is_key = text[close..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
                if let (true, Some(Level::Member(key))) = (is_key, levels.last_mut()) {
                    *key = unquote(&text[at..close]);
                }
                at = close;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    render(&levels)
}

/// The offset after the string that starts at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn unquote(quoted: &[u8]) -> String {
    serde_json::from_slice(quoted).unwrap_or_else(|_| String::from_utf8_lossy(quoted).into_owned())
}

fn render(levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Item(index) => {
                let _ = write!(path, "[{index}]");
            }
            Level::Member(key) if key.is_empty() => {}
            Level::Member(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
        }
    }
    path
}
