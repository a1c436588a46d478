//! Webhooks: whether a request really comes from the API.
//!
//! In come the headers and the body of a request that a server of the caller's has received; out comes whether
//! they are signed. It must not know what the body means, or of the calls that this crate makes.

mod signature_error;
mod verifier;

pub use signature_error::SignatureError;
pub use verifier::Verifier;
