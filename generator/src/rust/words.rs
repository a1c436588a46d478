//! What is said about values: defaults, examples and what they may be, in sentences.
//!
//! Values come from the document and are put in code spans, in which nothing
//! has a meaning. Knows nothing of tokens, so that pages can use it.

use serde_json::Value;

use crate::ir::{Docs, Member};
use crate::prose::Prose;
use crate::rust::arguments::Input;

/// Longer examples say less than they take to read.
const LONGEST_EXAMPLE: usize = 80;

/// What is known of a member beside its description: "Default: `0`. Example: `7`."
pub(crate) fn of_member(member: &Member) -> Prose {
    let values = values(member.constant.as_ref(), member.default.as_ref(), &member.examples);
    let reads = member.read_only.then(|| "Only in responses.".into());
    let writes = member.write_only.then(|| "Only in requests.".into());
    Prose::join(" ", [Some(values), reads, writes].into_iter().flatten())
}

/// What is known of what a caller gives beside its description.
pub(crate) fn of_input(input: &Input<'_>) -> Prose {
    values(None, input.default(), input.examples())
}

/// The only value, or the default and an example; null says nothing.
fn values(constant: Option<&Value>, default: Option<&Value>, examples: &[Value]) -> Prose {
    if let Some(constant) = constant {
        return Prose::fill("Always {}.", &[&Prose::value(constant)]);
    }
    let shown = default.filter(|default| !default.is_null()).map(Prose::value);
    let shown = shown.map(|default| Prose::fill("Default: {}.", &[&default]));
    let is_short = |example: &Prose| example.as_str().chars().count() <= LONGEST_EXAMPLE;
    let examples = examples.iter().filter(|example| Some(*example) != default);
    let example = examples.map(Prose::value).find(is_short);
    let example = example.map(|example| Prose::fill("Example: {}.", &[&example]));
    Prose::join(" ", shown.into_iter().chain(example))
}

/// What the document says about an item, when that is one line of text, with `facts` behind it.
pub(crate) fn one_line(docs: &Docs, name: &str, facts: &Prose) -> Option<Prose> {
    let [said] = <[Prose; 1]>::try_from(docs.paragraphs(name)).ok()?;
    let is_text =
        said.as_str().starts_with(|character: char| character.is_alphanumeric() || character == '`');
    if !is_text || said.as_str().contains('\n') {
        return None;
    }
    Some(Prose::join(" ", [said, facts.clone()]))
}
