//! Responses that are sequences of values: server-sent events and JSON Lines.
//!
//! In comes the body of a response, piece by piece; out go values as they come. It must not know
//! of connections, or of attempts: a sequence that breaks off ends in an error.

mod content_type;
#[cfg(feature = "events")]
pub mod event_decoder;
#[cfg(feature = "events")]
mod event_failure;
#[cfg(feature = "events")]
mod events;
pub mod frames;
#[cfg(feature = "json_lines")]
mod json_lines;
mod lines;

#[cfg(feature = "events")]
pub use events::{Event, EventStream};
#[cfg(feature = "json_lines")]
pub use json_lines::JsonLines;
