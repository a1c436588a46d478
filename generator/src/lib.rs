//! Turns an OpenAPI document into a Rust client crate with its documentation.
//!
//! Text goes in, a [`FileTree`] comes out; nothing here touches the disk, the
//! network, the clock or the environment. Other files are read through [`Input::read`].
//!
//! ```text
//! text ─ load ─▶ Document ─ overlay ─ resolve ─▶ Document ─ lower ─▶ ir::Api ─ name ─▶ Names ─ plan ─▶ Sdk
//!                                                                                                      │
//!                                                    FileTree ◀─ lock ─ emit { rust, docs, manifest } ◀┘
//! ```
//!
//! Diagnostics are collected, and stop the run at two gates: after `resolve`, when there is no document; after
//! `lower`, when there is an error. What comes after the second gate cannot fail.

pub mod config;
pub mod diagnostic;
pub mod document;
pub mod ir;
pub mod lock;
pub mod lower;
pub mod names;
pub mod prose;
pub mod runtime;
pub mod sdk;
pub mod tree;

mod docs;
mod gate;
mod manifest;
mod render;
mod rust;
mod snippet;
mod tokens;

use config::Config;
use diagnostic::Diagnostics;
use document::{Document, Input};
use lock::Lock;
use sdk::Sdk;
use tree::FileTree;

/// A crate that was generated, and what was noticed on the way.
#[derive(Debug)]
pub struct Generated {
    /// The files of the crate.
    pub files: FileTree,
    /// The model that they were emitted from.
    pub sdk: Sdk,
    /// Warnings; a document with errors is not generated.
    pub warnings: Diagnostics,
}

/// Generates the crate that `input` describes.
///
/// # Errors
///
/// All diagnostics, if one of them is an error.
pub fn generate(input: &Input<'_>, config: &Config) -> Result<Generated, Diagnostics> {
    let (api, warnings) = read(input, config)?;
    let names = names::decide(&api, config);
    let sdk = sdk::plan(&api, &names, config);
    let mut files = FileTree::default();
    rust::emit(&sdk, &mut files);
    docs::emit(&sdk, &mut files);
    manifest::emit(&sdk, &mut files);
    let lock = Lock::of(input, &files);
    files.add(lock::PATH, lock.render());
    Ok(Generated { files, sdk, warnings })
}

/// Reads `input`, and lowers it to what does not depend on its dialect.
///
/// # Errors
///
/// All diagnostics, if one of them is an error.
pub fn read(input: &Input<'_>, config: &Config) -> Result<(ir::Api, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let document = document(input, &mut diagnostics);
    let document = gate::after_resolve(document, config, &mut diagnostics)?;
    let api = lower::lower(&document, config, &mut diagnostics);
    gate::after_lower(config, &mut diagnostics)?;
    Ok((api, diagnostics))
}

/// The document with its overlays and resolved references. `None` when there is nothing to continue with.
fn document(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut document = document::load(input, diagnostics)?;
    document.overlay(input, diagnostics);
    document.resolve(input, diagnostics)
}
