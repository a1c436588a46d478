//! The network: one interface to send requests with, and the HTTP client behind it.
//!
//! In come requests, of the types of the crates `http` and `url` with a body of bytes; out go
//! responses with their final URL, or errors with their kind. `reqwest` is known here alone. It
//! must not know of operations, of credentials, of attempts, or of what is in a body.

mod client;
mod error;
mod message;
mod reqwest_client;
#[cfg(feature = "test")]
pub mod test;

pub(crate) use client::NO_REDIRECTS;
pub use client::{HttpClient, Sending, Transport};
pub use error::{TransportError, TransportErrorKind};
pub use message::{HttpRequest, HttpResponse, IncomingBody};
pub use reqwest_client::HttpClientBuilder;
pub(crate) use reqwest_client::{Configure, new_client};
