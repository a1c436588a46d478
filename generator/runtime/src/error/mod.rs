//! Errors: what can go wrong with a call, and what is known of the call then.
//!
//! In come statuses, headers, texts, causes, and the secrets of the request as plain values; out
//! goes an [`Error`], whose texts are masked. It must not know how requests are sent or
//! credentials obtained. Whether an error may be temporary is said here, by its kind, its status and what
//! the server asks for; whether there is another attempt is decided elsewhere.

mod api_error;
mod decode_error;
mod escapes;
mod kinds;
mod local_error;
mod metadata;
mod retryable;
mod secrets;
mod transport_error;

pub use api_error::ApiError;
pub use decode_error::DecodeError;
pub use kinds::{BoxError, Error};
#[cfg(feature = "body_errors")]
pub use local_error::BodyError;
#[cfg(feature = "auth")]
pub use local_error::CredentialError;
pub use local_error::InvalidRequestError;
pub use metadata::CallMetadata;
#[cfg(feature = "oauth")]
pub(crate) use retryable::is_retryable_response;
pub(crate) use retryable::{RETRYABLE_STATUSES, retry_after, should_retry};
pub(crate) use secrets::Secrets;
pub use transport_error::{ConnectError, InterruptedError, TimeoutError};
