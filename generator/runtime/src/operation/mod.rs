//! What the generator knows of an API, as static data.
//!
//! In come `static` items that the generator writes out; the rest of the runtime reads them.
//! Nothing here does anything by itself. Of the generated code it knows the error bodies alone, and
//! it must not know of the network.

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
#[cfg(feature = "auth")]
pub use sdk::{SchemeKind, SecurityScheme};
pub use sdk::{Sdk, ServerTemplate};
#[cfg(feature = "status_patterns")]
pub use status_pattern::StatusPattern;
