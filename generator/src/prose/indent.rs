//! Takes out the indentation that a comment was copied with.

use std::borrow::Cow;

/// `text` without the space that every line of it starts with. Otherwise Markdown would take it for code.
pub(super) fn dedent(text: &str) -> Cow<'_, str> {
    let lines = || text.split('\n').filter(|line| !line.trim().is_empty());
    let space = lines().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or_default();
    if space == 0 {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').map(|line| line.get(space..).unwrap_or_default()).collect();
    Cow::Owned(lines.join("\n"))
}
