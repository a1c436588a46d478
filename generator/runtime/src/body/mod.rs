//! Request bodies: bytes, files, forms, and what they become for each attempt.
//!
//! In come values, files, readers and streams of the caller; out goes an HTTP body that hands on
//! piece by piece what its sources yield, so that memory stays flat whatever the size. It must
//! not know of retries, beyond whether a body can be produced again, or of how it is sent.

#[cfg(feature = "files")]
mod background;
#[cfg(feature = "sources")]
mod body_source;
mod content;
#[cfg(feature = "uploads")]
mod counting;
#[cfg(feature = "uploads")]
mod file_chunks;
#[cfg(feature = "forms")]
mod form;
#[cfg(feature = "json_lines_bodies")]
pub(crate) mod json_lines;
#[cfg(feature = "multipart")]
mod multipart;
#[cfg(feature = "bodies")]
mod object;
#[cfg(feature = "bodies")]
mod object_properties;
mod outgoing;
#[cfg(feature = "bodies")]
mod pieces;
#[cfg(feature = "files")]
mod progress;
#[cfg(feature = "uploads")]
mod read_ahead;
#[cfg(feature = "multipart")]
mod segments;
#[cfg(feature = "uploads")]
mod upload;
#[cfg(feature = "uploads")]
mod upload_source;

#[cfg(feature = "downloads")]
pub(crate) use background::about;
#[cfg(feature = "files")]
#[allow(unused_imports, reason = "only downloads and blocking uploads need it")]
pub(crate) use background::in_background;
pub use content::RequestBody;
#[cfg(feature = "multipart")]
pub use multipart::Part;
pub use outgoing::OutgoingBody;
#[cfg(feature = "uploads")]
#[cfg(feature = "blocking")]
pub(crate) use pieces::Chunks;
#[cfg(feature = "files")]
pub use progress::Progress;
#[cfg(feature = "downloads")]
pub(crate) use progress::ProgressCallback;
#[cfg(feature = "uploads")]
#[cfg(feature = "blocking")]
pub(crate) use read_ahead::ReadAhead;
#[cfg(feature = "uploads")]
pub use upload::FileUpload;
#[cfg(feature = "uploads")]
#[cfg(feature = "blocking")]
pub(crate) use upload_source::{CHUNK, Source};
