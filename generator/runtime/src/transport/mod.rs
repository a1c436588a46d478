//! The network: a response as it comes in, and what the failures of the HTTP client mean.
//!
//! In come the responses and errors of the HTTP client; out go bodies with their limits and
//! timeouts, and errors with their kinds. It must not know of credentials, of attempts, or of
//! what is in a body.

mod error_mapping;
mod response_body;

pub(crate) use error_mapping::{NO_REDIRECTS, map_send_error};
pub use response_body::ResponseBody;
pub(crate) use response_body::with_partial;
