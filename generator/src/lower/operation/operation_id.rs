//! Operation ids: the document's own, or one made of method and path.
//!
//! Settings and links name an operation by its id, so two operations never share one, not even
//! where the document gives several the same one.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Location};

/// The ids that were assigned, and where.
#[derive(Default)]
pub(super) struct OperationIds {
    taken: BTreeMap<String, Location>,
    /// The number to try next for an id that is taken.
    next: BTreeMap<String, usize>,
}

impl OperationIds {
    /// The id of `operation`, which is the method named `method` on the path `path`.
    pub(super) fn assign(
        &mut self,
        operation: &Cursor<'_>,
        method: &str,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let id = operation.get("operationId").and_then(|id| id.as_str()).map(str::trim);
        let id = match id.filter(|id| !id.is_empty()) {
            Some(id) => {
                if let Some(first) = self.taken.get(id) {
                    report_duplicate(id, operation, first, diagnostics);
                }
                self.free(id)
            }
            None => self.free(&derive(method, path)),
        };
        self.taken.insert(id.clone(), operation.location());
        id
    }

    /// `id`, with a number after it when it is taken.
    fn free(&mut self, id: &str) -> String {
        let mut free = id.to_owned();
        while self.taken.contains_key(&free) {
            let number = self.next.entry(id.to_owned()).or_insert(2);
            free = format!("{id}_{number}");
            *number += 1;
        }
        free
    }
}

fn report_duplicate(id: &str, operation: &Cursor<'_>, first: &Location, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        "operation-id-duplicate",
        operation.get("operationId").as_ref().unwrap_or(operation),
        format!("the operationId `{id}` is also used by {}#{}", first.file, first.pointer),
        "give one of them another operationId, in the document or in an overlay",
    );
}

/// `get_v1_files_file_id` for `GET /v1/files/{file_id}`.
fn derive(method: &str, path: &str) -> String {
    let words = path.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut id = method.to_lowercase();
    for word in words {
        id.push('_');
        id.push_str(word);
    }
    id
}
