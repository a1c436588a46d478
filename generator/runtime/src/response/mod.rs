//! Responses: decoded, or as a file that is downloaded.
//!
//! In come a call, which is sent, and its response; out goes a value with everything that came
//! along. It must not know of streams of values or of pages, which stand on it.

#[cfg(feature = "several_responses")]
mod alternatives;
#[cfg(feature = "downloads")]
mod download;
#[cfg(feature = "downloads")]
mod download_reader;
mod read;
#[cfg(feature = "downloads")]
mod resume;
#[cfg(feature = "downloads")]
mod save;
mod typed;

#[cfg(feature = "downloads")]
pub use download::{Download, DownloadStream};
#[cfg(feature = "downloads")]
pub use download_reader::DownloadReader;
pub(crate) use read::decode_json;
pub use typed::Response;
