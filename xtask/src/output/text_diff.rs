//! Shows how a file differs, in a few lines.

use similar::{ChangeTag, TextDiff};

use crate::report::shortened;

/// What a person wants to see of a file before looking at it.
const MOST_LINES: usize = 12;

/// How many characters of a line are shown.
const WIDTH: usize = 160;

/// The first lines that differ between `old` and `new`, as in a unified diff.
pub(crate) fn short_diff(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let changes = diff.iter_all_changes().filter_map(|change| {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("    {sign} {}\n", shortened(change.value().trim_end(), WIDTH)))
    });
    let mut changes: Vec<String> = changes.collect();
    let rest = changes.len().saturating_sub(MOST_LINES);
    if rest > 0 {
        changes.truncate(MOST_LINES);
        changes.push(format!("    … and {rest} more lines\n"));
    }
    changes.concat()
}
