//! Emits the Rust files.

use crate::Plan;
use crate::tree::FileTree;

/// Adds the Rust files to `files`.
pub fn emit(plan: &Plan, files: &mut FileTree) {
    let _ = (plan, files);
    todo!()
}
