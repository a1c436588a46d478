//! Passes over all types of an API.
//!
//! The types that schemas were lowered to come in and are changed in place. A pass does what no single schema
//! shows, and knows of the document only where to report. [`lower`](super::lower) says in which order they run,
//! and why.

pub(super) mod cycles;
mod deduplicate;
pub(super) mod discriminate;
pub(super) mod endless;
mod leaves;
mod matcher;
pub(super) mod reachability;
pub(super) mod union_variants;
pub(super) mod webhook_event;
