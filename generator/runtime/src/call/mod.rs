//! A call: what generated builders write into.
//!
//! In come arguments and options of the caller; out goes a request. It must not know of responses:
//! the methods that send a call stand where its response is read.

mod builder;
#[cfg(feature = "forms")]
mod form;
#[cfg(feature = "bodies")]
mod json;
#[cfg(feature = "json_lines_bodies")]
mod json_lines;
#[cfg(feature = "json_properties")]
mod json_property;
#[cfg(feature = "multipart")]
mod multipart;
#[cfg(feature = "uploads")]
mod upload;

pub use builder::Call;
