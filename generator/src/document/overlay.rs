//! Changes a document by OpenAPI Overlay 1.0 actions.

use serde_json::Value;

use crate::diagnostic::Diagnostics;

/// Applies `overlays`, each a name and bytes, to `root` in order.
pub(super) fn apply(root: &mut Value, overlays: &[(&str, &[u8])], found: &mut Diagnostics) {
    let _ = (root, overlays, found);
}
