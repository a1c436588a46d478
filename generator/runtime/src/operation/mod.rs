//! What the generator knows of an API, as static data.
//!
//! Everything here is written out by the generator as `static` items and read by the rest of the
//! runtime. Nothing here does anything by itself. Of the generated code it knows the error
//! bodies alone.

mod descriptor;
#[cfg(feature = "error_bodies")]
mod error_case;
#[cfg(feature = "events")]
mod event_rules;
mod method;
mod sdk;
#[cfg(feature = "status_patterns")]
mod status_pattern;

pub use descriptor::{Idempotency, Operation};
#[cfg(feature = "error_bodies")]
pub use error_case::ErrorCase;
#[cfg(feature = "events")]
pub use event_rules::{EventEnd, EventRules};
pub use method::Method;
pub use sdk::{SchemeKind, Sdk, SecurityScheme, ServerTemplate};
#[cfg(feature = "status_patterns")]
pub use status_pattern::StatusPattern;
