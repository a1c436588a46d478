//! Emits the Rust files of the crate.
//!
//! In goes the [`Plan`], out come finished texts. One module emits one kind of
//! file; this one knows only which there are. Nothing here reads the document,
//! and nothing here can fail.

mod models;

mod alias;
mod open_enum;
mod progenitor;
mod structs;
mod union;

pub(crate) mod field;
mod format;
mod rustdoc;
#[cfg(test)]
mod sample;
pub(crate) mod spelling;
mod tokens;
pub(crate) mod words;

use crate::Plan;
use crate::names;
use crate::tree::FileTree;

/// Adds the Rust files to `files`.
pub fn emit(plan: &Plan, files: &mut FileTree) {
    models::emit(plan, files);
}

/// The name as a token: the only way from a decided name into code.
fn ident(name: &names::Ident) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name.as_str(), proc_macro2::Span::call_site())
}
