//! Turns an OpenAPI document into a Rust client crate with its documentation.
//!
//! Text goes in, a [`FileTree`] comes out; nothing here touches the disk, the
//! network, the clock or the environment.
//!
//! ```text
//! text ─ load ─▶ Document ─ overlay ─ resolve ─▶ Document ─ lower ─▶ ir::Api ─ name ─▶ Plan
//!                                                                                      │
//!                                       FileTree ◀─ format ─ { rust, docs, manifest } ◀┘
//! ```
//!
//! Problems are collected, and stop the run at two gates: after `load`, where there is nothing to go on
//! with, and after `lower`, where anything is wrong. What comes after the second gate cannot fail.

pub mod config;
pub mod diagnostic;
pub mod document;
pub mod ir;
pub mod lock;
pub mod lower;
pub mod names;
pub mod prose;
pub mod tree;

mod docs;
mod manifest;
mod render;
mod rust;
mod snippet;

use config::Config;
use diagnostic::Diagnostics;
use document::{Document, Input};
use lock::Lock;
use tree::FileTree;

/// A crate that was generated, and what was noticed on the way.
#[derive(Debug)]
pub struct Generated {
    /// The files of the crate.
    pub files: FileTree,
    /// What the document came to, for a summary.
    pub plan: Plan,
    /// Warnings; a document with errors is not generated.
    pub warnings: Diagnostics,
}

/// What the emitters work from: the API, and the Rust name of everything in it.
#[derive(Debug)]
pub struct Plan {
    /// The lowered document.
    pub api: ir::Api,
    /// The names decided for it.
    pub names: names::Names,
    /// The settings that the crate was generated with.
    pub config: Config,
}

/// Generates the crate that `input` describes.
///
/// # Errors
///
/// Everything that is wrong with the document, when anything is.
pub fn generate(input: &Input<'_>, config: &Config) -> Result<Generated, Diagnostics> {
    let (plan, warnings) = plan(input, config)?;
    let mut files = FileTree::default();
    rust::emit(&plan, &mut files);
    docs::emit(&plan, &mut files);
    manifest::emit(&plan, &mut files);
    let lock = Lock::of(input, &files);
    files.add(lock::PATH, lock.render());
    Ok(Generated { files, plan, warnings })
}

/// Reads `input` as far as the emitters need it.
///
/// # Errors
///
/// Everything that is wrong with the document, when anything is.
pub fn plan(input: &Input<'_>, config: &Config) -> Result<(Plan, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let document = read(input, &mut diagnostics);
    let document = config::first_gate(document, config, &mut diagnostics)?;
    let api = lower::lower(&document, config, &mut diagnostics);
    let names = names::decide(&api, config);
    config::last_gate(config, &mut diagnostics)?;
    Ok((Plan { api, names, config: config.clone() }, diagnostics))
}

/// Reads the document. `None` when there is nothing to go on with.
fn read(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut document = document::load(input, diagnostics)?;
    document.overlay(input, diagnostics);
    document.resolve(input, diagnostics)
}
