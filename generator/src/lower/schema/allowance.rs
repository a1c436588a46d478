//! How much merging one schema, and all of a document, may ask for.
//!
//! A choice whose variants include another choice comes to a type for every combination, so that a few
//! lines can ask for more types than there is memory.

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

/// How many merged types one schema may come to. Large documents of today come to a hundred at most.
const SCHEMA_LIMIT: usize = 500;

/// How many merged types all schemas may come to.
const DOCUMENT_LIMIT: usize = 5000;

/// What is left of the limits.
pub(super) struct Allowance<'d> {
    /// The schema that is being lowered, with all that is inline in it.
    schema: Option<Cursor<'d>>,
    of_schema: usize,
    of_document: usize,
}

impl<'d> Allowance<'d> {
    pub(super) fn new() -> Self {
        Self { schema: None, of_schema: 0, of_document: DOCUMENT_LIMIT }
    }

    /// Begins with `schema`, which is no part of the one before.
    pub(super) fn begin(&mut self, schema: &Cursor<'d>) {
        self.schema = Some(schema.clone());
        self.of_schema = SCHEMA_LIMIT.min(self.of_document);
    }

    /// Whether one more merged type is allowed. Reports once that no more are.
    pub(super) fn spend(&mut self, found: &mut Diagnostics) -> bool {
        if let Some(left) = self.of_schema.checked_sub(1) {
            self.of_schema = left;
            self.of_document -= 1;
            return true;
        }
        if let Some(schema) = self.schema.take() {
            found.error(
                "schema-too-large",
                schema,
                format!(
                    "choices in choices, and what is merged into them, come to over {SCHEMA_LIMIT} types"
                ),
                "list the combinations that make sense in one `oneOf`, without others in its variants",
            );
        }
        false
    }
}
