//! Reads JSON as events with ranges of bytes.
//!
//! The text was parsed before, so this only has to tell strings from brackets:
//! it is a tenth of the work of a parser of YAML, which would also refuse tabs.

use crate::diagnostic::Builder;

/// Reads all of `text`. `None` when it is no JSON after all.
pub(super) fn scan(text: &str, builder: &mut Builder) -> Option<()> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'{' | b'[' | b'}' | b']' => at + 1,
            b'"' => string_end(bytes, at)?,
            b'-' | b'0'..=b'9' | b'a'..=b'z' => at + word_length(&bytes[at..]),
            _ => return None,
        };
        match byte {
            b'{' => builder.start_object(at..end),
            b'[' => builder.start_list(at..end),
            b'}' | b']' => builder.end(),
            b'"' => builder.scalar(&unescape(&text[at..end])?, at..end),
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {}
            _ => builder.scalar(&text[at..end], at..end),
        }
        at = end;
    }
    (builder.depth() == 0).then_some(())
}

/// The end of the string that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn word_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count()
}

fn unescape(quoted: &str) -> Option<String> {
    if quoted.contains('\\') {
        serde_json::from_str(quoted).ok()
    } else {
        Some(quoted[1..quoted.len() - 1].to_owned())
    }
}
