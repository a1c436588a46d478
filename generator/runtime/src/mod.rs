//! What every call has in common: sending, retries, timeouts, credentials, errors.
//!
//! The code that is generated from a document stands on this module and is a
//! thin layer over it. Nothing here varies with the document: what it needs to
//! know comes in as static data (the module `sdk`).

pub mod api_error;
pub mod base64_bytes;
pub mod body;
pub mod clock;
pub mod decode_error;
pub mod error;
pub mod exchange;
pub mod file_chunks;
pub mod json_path;
pub mod local_error;
pub mod metered;
pub mod multipart;
#[allow(dead_code, reason = "not every document has a member that can be absent and null")]
pub mod nullable;
#[allow(dead_code, unused_imports, unused_macros, reason = "not every document has an enum")]
pub(crate) mod open_enum;
#[allow(dead_code, unused_imports, unused_macros, reason = "not every document has a union")]
pub(crate) mod open_union;
#[allow(dead_code, reason = "not every document has a union")]
pub(crate) mod probe;
pub mod progress;
pub mod response;
pub mod response_body;
pub mod retry;
pub mod sdk;
pub mod source;
pub mod timeout;
pub mod transport_error;
pub mod upload;

pub use api_error::ApiError;
pub use base64_bytes::Base64;
pub use body::RequestBody;
pub use clock::{Clock, Sleep, SystemClock};
pub use decode_error::DecodeError;
pub use error::{BoxError, Error};
pub use exchange::Exchange;
pub use local_error::{BodyError, CredentialError, InvalidRequestError};
pub use multipart::{Multipart, Part};
pub use nullable::Nullable;
pub use progress::Progress;
pub use response::{RawResponse, Response};
pub use response_body::ResponseBody;
pub use retry::RetryPolicy;
pub use sdk::{
    ErrorCase, Method, Operation, Repeat, SchemeKind, Sdk, SecurityScheme, ServerTemplate, StatusPattern,
};
pub use transport_error::{ConnectError, InterruptedError, TimeoutError, TimeoutKind};
pub use upload::FileUpload;

#[allow(unused_imports, reason = "not every document has an enum, or a union")]
pub(crate) use {
    open_enum::open_enum,
    open_union::{from_variants, open_union},
    probe::Probe,
};
