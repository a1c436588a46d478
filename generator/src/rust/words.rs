//! What is said about values: defaults, examples and known values, as Markdown.
//!
//! Values come from the document and are put in code spans, in which nothing
//! has a meaning. Knows nothing of tokens, so that pages can use it.

use serde_json::Value;

use crate::ir::{Docs, Member};

/// Longer examples say less than they take to read.
const LONGEST_EXAMPLE: usize = 80;

/// `text` as a Markdown code span.
pub(crate) fn code(text: &str) -> String {
    let text: String =
        text.chars().map(|character| if is_visible(character) { character } else { ' ' }).collect();
    let longest_run = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest_run + 1);
    let touches = |text: &str| text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    match text.trim() {
        "" => "` `".to_owned(),
        _ if touches(&text) => format!("{fence} {text} {fence}"),
        _ => format!("{fence}{text}{fence}"),
    }
}

/// Whether the character is neither a control nor one that reorders its neighbors.
fn is_visible(character: char) -> bool {
    let reorders =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !character.is_control() && !reorders
}

/// A value as a code span: texts without their quotation marks, unless they are empty.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::String(text) if !text.trim().is_empty() => code(text),
        other => code(&other.to_string()),
    }
}

/// The default and an example of a member, in words; null says nothing: "Default: `0`. Example: `7`."
pub(crate) fn facts(member: &Member) -> String {
    let default = member.default.as_ref().filter(|default| !default.is_null());
    let default = default.map(|default| format!("Default: {}.", value(default)));
    let example =
        member.examples.iter().map(value).find(|example| example.chars().count() <= LONGEST_EXAMPLE);
    let example = example.map(|example| format!("Example: {example}."));
    let constant = member.constant.as_ref().map(|constant| format!("Always {}.", value(constant)));
    match constant {
        Some(constant) => constant,
        None => default.into_iter().chain(example).collect::<Vec<_>>().join(" "),
    }
}

/// What the document says about an item, when that is one line, with `facts` behind it.
pub(crate) fn one_line(docs: &Docs, facts: &str) -> Option<String> {
    let said = match (docs.summary.as_str(), docs.description.as_str()) {
        ("", said) | (said, "") => said,
        (summary, description) if summary == description => summary,
        _ => return None,
    };
    let is_text = said.starts_with(|character: char| character.is_alphanumeric() || character == '`');
    if !is_text || said.contains('\n') {
        return None;
    }
    let stop = if said.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    Some(if facts.is_empty() { said.to_owned() } else { format!("{said}{stop} {facts}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_gets_out_of_a_code_span() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code("a\nb\u{202e}c"), "`a b c`");
        assert_eq!(code(""), "` `");
    }

    #[test]
    fn texts_are_shown_as_they_are_and_the_rest_as_json() {
        assert_eq!(value(&json!("fine-tune")), "`fine-tune`");
        assert_eq!(value(&json!("")), "`\"\"`");
        assert_eq!(value(&json!(0)), "`0`");
        assert_eq!(value(&json!(null)), "`null`");
        assert_eq!(value(&json!([1, "a"])), "`[1,\"a\"]`");
    }
}
