//! Emits the Markdown pages.

use crate::Plan;
use crate::tree::FileTree;

/// Adds the Markdown pages to `files`.
pub fn emit(plan: &Plan, files: &mut FileTree) {
    let _ = (plan, files);
    todo!()
}
