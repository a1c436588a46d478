//! Responses: decoded, or as a file that is downloaded.
//!
//! In come a call, which is sent, and its response; out goes a value with everything that came
//! along. It must not know of streams of values or of pages, which stand on it.

mod download;
mod download_reader;
mod read;
mod resume;
mod save;
mod typed;

pub use download::{Download, DownloadStream};
pub use download_reader::DownloadReader;
pub(crate) use read::decode_json;
pub use typed::Response;
