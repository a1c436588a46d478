//! Responses that are sequences of values: server-sent events and JSON Lines.
//!
//! In comes the body of a response, piece by piece; out go values as they come. It must not know
//! of connections, or of attempts: a sequence that breaks off ends in an error.

pub mod event_decoder;
mod event_failure;
mod events;
pub mod frames;
mod json_lines;
mod lines;

pub use events::{Event, EventStream};
pub use json_lines::JsonLines;
