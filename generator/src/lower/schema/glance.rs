//! What shows of a schema without merging anything.
//!
//! A schema says something itself, or leaves it to the schemas that it refers to, is made of or chooses
//! among. Each of those is asked once, so that schemas may lead back to themselves, and so that asking
//! takes no longer than reading them.

use std::collections::HashSet;

use super::part::address;
use crate::document::Cursor;

/// What `tell` says of `schema`; where it says nothing, what it says of the schemas behind it, in the order
/// of the document, `null` apart. A `None` among the answers is for a schema that has nothing behind it.
pub(in crate::lower) fn told<'d, T>(
    schema: &Cursor<'d>,
    tell: impl Fn(&Cursor<'d>) -> Option<T>,
) -> Vec<Option<T>> {
    let mut answers = Vec::new();
    let mut asked = HashSet::new();
    let mut next = vec![schema.clone()];
    while let Some(schema) = next.pop() {
        let is_null = schema.str("type") == Some("null");
        if is_null || !asked.insert(address(&schema)) {
            continue;
        }
        let answer = tell(&schema);
        let behind = if answer.is_some() { Vec::new() } else { behind(&schema) };
        if behind.is_empty() {
            answers.push(answer);
        }
        next.extend(behind.into_iter().rev());
    }
    answers
}

/// The schemas that `schema` refers to, is made of or chooses among.
fn behind<'d>(schema: &Cursor<'d>) -> Vec<Cursor<'d>> {
    let lists = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|keyword| schema.get(keyword));
    schema.reference().into_iter().chain(lists.flat_map(|list| list.items())).collect()
}
