//! The budget of merged types for one schema, and for a document.
//!
//! A `oneOf` whose variants include another `oneOf` results in a type for every combination, so that a few
//! lines can ask for more types than fit in memory.

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

/// How many merged types one schema may result in. Large documents of today need a hundred at most.
const SCHEMA_LIMIT: usize = 500;

/// How many merged types all schemas may result in.
const DOCUMENT_LIMIT: usize = 5000;

/// What is left of the limits.
pub(super) struct Budget<'d> {
    /// The schema that is being lowered, with all that is inline in it.
    schema: Option<Cursor<'d>>,
    of_schema: usize,
    of_document: usize,
}

impl<'d> Budget<'d> {
    pub(super) fn new() -> Self {
        Self { schema: None, of_schema: 0, of_document: DOCUMENT_LIMIT }
    }

    /// Starts the budget of `schema`, which is not part of the one before.
    pub(super) fn start(&mut self, schema: &Cursor<'d>) {
        self.schema = Some(schema.clone());
        self.of_schema = SCHEMA_LIMIT.min(self.of_document);
    }

    /// Takes one merged type from the budget. False when it is used up, which is reported once.
    pub(super) fn take(&mut self, diagnostics: &mut Diagnostics) -> bool {
        if let Some(left) = self.of_schema.checked_sub(1) {
            self.of_schema = left;
            self.of_document -= 1;
            return true;
        }
        if let Some(schema) = self.schema.take() {
            diagnostics.error(
                "schema-too-large",
                schema,
                format!(
                    "nested `oneOf`s and the schemas merged into them result in more than {SCHEMA_LIMIT} types"
                ),
                "list the combinations that make sense in one `oneOf` without nested ones",
            );
        }
        false
    }
}
