//! A call: what generated builders write into.
//!
//! In come arguments and options of the caller; out goes a request. It must not know of responses:
//! the methods that send a call stand where its response is read.

mod builder;
mod form;
mod json_lines;
mod multipart;
mod upload;

pub use builder::Call;
