//! An HTTP server in the test's own process, and the Files API on top of it.
//!
//! The server keeps every request as it came over the wire, so that tests can say what was sent,
//! byte for byte.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    reason = "each test file uses a part of this"
)]

mod chunks;
mod files_api;
mod multipart;
mod server;

pub use chunks::Chunks;
pub use files_api::FilesApi;
pub use multipart::{Part, parts};
pub use server::{Recorded, Reply, Server};

/// A client of `server` with a key, that never tries twice.
pub fn client(server: &Server) -> mistral_sdk::Client {
    mistral_sdk::Client::builder()
        .base_url(server.url())
        .api_key("test-key")
        .retry(mistral_sdk::RetryPolicy::none())
        .build()
        .expect("a client of a loopback address can be built")
}
