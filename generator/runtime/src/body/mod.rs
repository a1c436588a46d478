//! Request bodies: bytes, files, forms, and what they become for each attempt.
//!
//! In come values, files, readers and streams of the caller; out goes an HTTP body that hands on
//! piece by piece what its sources yield, so that memory stays flat whatever the size. It must
//! not know of retries, beyond whether a body can be produced again, or of how it is sent.

mod content;
mod counting;
mod file_chunks;
mod form;
pub(crate) mod json_lines;
mod multipart;
mod outgoing;
mod progress;
mod read_ahead;
mod segments;
mod source;
mod upload;

pub use content::{BodySource, OpeningBody, RequestBody};
pub(crate) use file_chunks::about;
pub use multipart::{Multipart, Part};
#[cfg(feature = "blocking")]
pub(crate) use outgoing::Chunks;
pub use outgoing::OutgoingBody;
pub use progress::Progress;
pub(crate) use progress::ProgressCallback;
#[cfg(feature = "blocking")]
pub(crate) use read_ahead::ReadAhead;
pub(crate) use read_ahead::in_background;
#[cfg(feature = "blocking")]
pub(crate) use source::{CHUNK, Source};
pub use upload::FileUpload;
