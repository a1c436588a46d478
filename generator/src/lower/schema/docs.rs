//! Documentation and examples of schemas.

use serde_json::Value;

use super::constraints;
use crate::document::Cursor;
use crate::ir::Docs;
use crate::prose::Prose;

/// The documentation of `item`, whose name is `name`.
pub(in crate::lower) fn of(item: &Cursor<'_>, name: &str) -> Docs {
    // Some frameworks give everything its name as a title, which says nothing.
    let title = item.str("title").filter(|title| letters(title) != letters(name));
    Docs {
        summary: Prose::new(item.str("summary").or(title).unwrap_or_default()),
        description: Prose::new(item.str("description").unwrap_or_default()),
        deprecated: item.bool("deprecated").unwrap_or(false),
        constraints: constraints::of(item),
    }
}

/// The documentation of the first of `items` that has any.
pub(super) fn first<'c, 'd: 'c>(items: impl IntoIterator<Item = &'c Cursor<'d>>, name: &str) -> Docs {
    let mut first = Docs::default();
    for docs in items.into_iter().map(|item| of(item, name)) {
        first.deprecated |= docs.deprecated;
        first.constraints = first.constraints.or(docs.constraints);
        if first.summary.is_empty() && first.description.is_empty() {
            first.summary = docs.summary;
            first.description = docs.description;
        } else if first.description.is_empty() && docs.summary.is_empty() {
            first.description = docs.description;
        }
    }
    first
}

/// The examples of a schema.
pub(in crate::lower) fn examples(schema: &Cursor<'_>) -> Vec<Value> {
    let one = schema.get("example").map(|example| example.value().clone());
    let many = schema.get("examples").into_iter().flat_map(|examples| examples.items());
    let mut values: Vec<Value> = Vec::new();
    for value in one.into_iter().chain(many.map(|example| example.value().clone())) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
