//! Documentation and examples of an item of the document.
//!
//! The item and the target of its `$ref` come in: texts beside a `$ref` overrule those of the
//! target. Knows nothing of what the item is.

use serde_json::Value;

use crate::document::Cursor;
use crate::ir::{Constraints, Docs};
use crate::prose::Prose;

/// The documentation of what stands at `place`.
pub(super) fn docs(place: &Cursor<'_>) -> Docs {
    let target = place.follow();
    let text = |key: &str| {
        let beside = place.str(key).filter(|text| !text.trim().is_empty());
        Prose::new(beside.or_else(|| target.str(key)).unwrap_or_default())
    };
    Docs {
        summary: text("summary"),
        description: text("description"),
        deprecated: target.bool("deprecated").unwrap_or(false),
        constraints: Constraints::default(),
    }
}

/// The values that `example` and `examples` give; not those that are elsewhere (`externalValue`).
pub(super) fn examples(place: &Cursor<'_>) -> Vec<Value> {
    let single = place.get("example").map(|example| example.value().clone());
    let several = place.get("examples");
    let named = several.iter().flat_map(Cursor::members).filter_map(|(_, example)| {
        let example = example.follow();
        let value = example.get("dataValue").or_else(|| example.get("value"))?;
        Some(value.value().clone())
    });
    let mut values: Vec<Value> = Vec::new();
    for value in single.into_iter().chain(named) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}
