//! The part of a generated SDK that does not vary with the document.
//!
//! The files below `src/` are copied as they stand into every SDK, as its
//! private module `runtime`. What they expect of the crate around them is
//! stood in for here, so that they compile, and are tested, on their own:
//! [`errors::ErrorBody`], the error at the root, and the module of hooks. [`sample`] is what a
//! generated layer on top looks like.

pub mod errors;
#[path = "src/mod.rs"]
pub mod runtime;
#[cfg(feature = "groups")]
pub mod sample;

pub use runtime::Error;

/// What the root of an SDK exports for hooks.
pub mod hook {
    pub use crate::runtime::{Attempt, Hook, RequestHead, ResponseHead};
}
