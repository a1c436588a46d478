//! Shallow queries: what a schema says that shows without merging anything.
//!
//! A schema says something itself, or leaves it to the schemas that it refers to, is made of or chooses
//! among. Each of those is asked once, so that schemas may lead back to themselves, and so that a query
//! takes no longer than reading them.

use std::collections::HashSet;

use super::null;
use super::view::address;
use crate::document::Cursor;

/// What `ask` finds in `schema`; where that is `None`, what it finds in the schemas that `schema` is resolved
/// to, in the order of the document, `null` apart. A `None` among the results stands for a schema that
/// refers to no other one.
pub(in crate::lower) fn query<'d, T>(
    schema: &Cursor<'d>,
    ask: impl Fn(&Cursor<'d>) -> Option<T>,
) -> Vec<Option<T>> {
    let mut results = Vec::new();
    let mut asked = HashSet::new();
    let mut next = vec![schema.clone()];
    while let Some(schema) = next.pop() {
        let is_null = schema.value().get("type").is_some_and(null::is_null_type);
        if is_null || !asked.insert(address(&schema)) {
            continue;
        }
        let result = ask(&schema);
        let resolved = if result.is_some() { Vec::new() } else { resolved(&schema) };
        if resolved.is_empty() {
            results.push(result);
        }
        next.extend(resolved.into_iter().rev());
    }
    results
}

/// The schemas that `schema` refers to, is made of or chooses among.
fn resolved<'d>(schema: &Cursor<'d>) -> Vec<Cursor<'d>> {
    let lists = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|keyword| schema.get(keyword));
    schema.reference().into_iter().chain(lists.flat_map(|list| list.items())).collect()
}
