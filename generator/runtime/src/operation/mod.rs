//! What the generator knows of an API, as static data.
//!
//! Everything here is written out by the generator as `static` items and read by the rest of the
//! runtime. Nothing here does anything by itself. Of the generated code it knows the error
//! bodies alone.

mod descriptor;
mod error_case;
mod event_rules;
mod method;
mod sdk;

pub use descriptor::{Idempotency, Operation};
pub use error_case::{ErrorCase, StatusPattern};
pub use event_rules::{EventEnd, EventRules};
pub use method::Method;
pub use sdk::{SchemeKind, Sdk, SecurityScheme, ServerTemplate};
