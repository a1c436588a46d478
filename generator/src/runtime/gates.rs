//! Takes what is behind a gate of a group out of a file of the runtime, or only the gate. The gate of a
//! group that has a feature of the crate stays, with the name of that feature.
//!
//! A gate is a line `#[cfg(feature = "group")]` or `#[cfg(not(feature = "group"))]` before an item, a
//! statement, a field, a variant or an arm, and stands before the rest of its attributes and its
//! documentation. The files are formatted by rustfmt, so that their indentation says where an item ends.

use std::borrow::Cow;

use super::group::Group;
use super::groups::Groups;

/// The text with the items of these groups and without those of others.
pub(super) fn resolve(text: &str, groups: &Groups) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<Cow<'_, str>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        match gate(lines[at]) {
            None => kept.push(lines[at].into()),
            Some(gate) if groups.feature(gate.group).is_some() => {
                kept.push(lines[at].replacen('"', "\"_", 1).into());
            }
            Some(gate) if gate.is_open(groups) => {}
            Some(_) => {
                at = end(&lines, at);
                // No blank line follows one, or begins a block, or ends it.
                let is_first = kept.last().is_none_or(|line| line.is_empty() || line.ends_with('{'));
                let is_last = lines.get(at).is_none_or(|line| line.trim_start().starts_with('}'));
                if is_first && lines.get(at).is_some_and(|line| line.is_empty()) {
                    at += 1;
                }
                if is_last && kept.last().is_some_and(|line| line.is_empty()) {
                    kept.pop();
                }
                continue;
            }
        }
        at += 1;
    }
    kept.join("\n") + "\n"
}

struct Gate {
    group: Group,
    is_negated: bool,
}

impl Gate {
    fn is_open(&self, groups: &Groups) -> bool {
        groups.contains(self.group) != self.is_negated
    }
}

/// The gate that a line is, if it is one of a group.
fn gate(line: &str) -> Option<Gate> {
    let condition = line.trim_start().strip_prefix("#[cfg(")?.strip_suffix(")]")?;
    let inner = condition.strip_prefix("not(").and_then(|inner| inner.strip_suffix(')'));
    let name = inner.unwrap_or(condition).strip_prefix("feature = \"")?.strip_suffix('"')?;
    Some(Gate { group: Group::named(name)?, is_negated: inner.is_some() })
}

/// The index of the line after the item whose first attribute or comment is at `start`.
fn end(lines: &[&str], start: usize) -> usize {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let own = indentation(lines[start]);
    let mut has_begun = false;
    for (at, line) in lines.iter().enumerate().skip(start) {
        let text = line.trim_start();
        if text.is_empty() || indentation(line) > own {
            continue;
        }
        let continues = text.starts_with(['}', ')', ']', '{']) || text.starts_with("where");
        if indentation(line) < own || (has_begun && !continues) {
            return without_blank_end(lines, at);
        }
        has_begun |= !continues && !text.starts_with("#[") && !text.starts_with("//");
    }
    lines.len()
}

/// The same end, before the blank lines that are in front of it.
fn without_blank_end(lines: &[&str], end: usize) -> usize {
    let blank = lines[..end].iter().rev().take_while(|line| line.is_empty()).count();
    end - blank
}

#[cfg(test)]
mod tests {
    use super::{Group, Groups, resolve};

    const TEXT: &str = "\
use a::b;
#[cfg(feature = \"pages\")]
use a::{
    c, d,
};
#[cfg(feature = \"blocking\")]
use e::f;

#[cfg(feature = \"pages\")]
/// Of pages.
#[allow(
    dead_code,
    reason = \"a test\"
)]
pub fn pages<F>(f: F)
where
    F: Fn(),
{
    let _ = 1;
}

impl A {
    #[cfg(feature = \"pages\")]
    /// First.
    fn first() {}

    fn second() {
        #[cfg(not(feature = \"pages\"))]
        let x = 0;
        #[cfg(feature = \"pages\")]
        let x = a
            .b()
            .c();
        #[cfg(feature = \"pages\")]
        #[cfg(feature = \"bodies\")]
        if x {
            y();
        } else {
            z();
        }
        x
    }

    #[cfg(feature = \"pages\")]
    fn last() {}
}
";

    #[test]
    fn without_the_group() {
        insta::assert_snapshot!(resolve(TEXT, &Groups::default()), @r#"
        use a::b;
        #[cfg(feature = "blocking")]
        use e::f;

        impl A {
            fn second() {
                let x = 0;
                x
            }
        }
        "#);
    }

    #[test]
    fn with_the_group() {
        let resolved = resolve(TEXT, &Groups::always([Group::Pages, Group::Bodies]));
        let gate = |line: &&str| !line.contains("pages\")") && !line.contains("bodies\")");
        let expected: Vec<&str> =
            TEXT.lines().filter(gate).filter(|line| !line.contains("let x = 0")).collect();
        assert_eq!(resolved.lines().collect::<Vec<_>>(), expected);
    }
    #[test]
    fn with_a_feature_for_the_group() {
        let groups = Groups::of([(Group::Pages, Some("list".to_owned()))], 2);
        let resolved = resolve(
            "#[cfg(feature = \"pages\")]\nuse a;\n#[cfg(not(feature = \"pages\"))]\nuse b;\n",
            &groups,
        );
        assert_eq!(
            resolved,
            "#[cfg(feature = \"_pages\")]\nuse a;\n#[cfg(not(feature = \"_pages\"))]\nuse b;\n"
        );
    }
}
