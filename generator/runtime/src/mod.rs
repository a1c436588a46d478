//! What every call has in common: sending, retries, timeouts, credentials, errors.
//!
//! The code that is generated from a document stands on this module and is a
//! thin layer over it. Nothing here varies with the document: what it needs to
//! know comes in as static data (the module `sdk`).

pub mod api_error;
mod attempt;
pub mod auth;
pub mod base64_bytes;
pub mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod body;
pub mod builder;
pub mod call;
pub mod call_bodies;
pub mod client;
pub mod clock;
pub mod credential;
pub mod decode_error;
pub mod download;
pub mod download_reader;
pub mod error;
pub mod event_decoder;
pub mod event_failure;
pub mod events;
pub mod exchange;
pub mod execute;
pub mod file_chunks;
pub mod form;
pub mod frames;
pub mod hook;
pub mod json_lines;
pub mod json_path;
pub mod json_scan;
pub mod lines;
pub mod link;
pub mod local_error;
pub mod metered;
pub mod multipart;
#[allow(dead_code, reason = "not every document has a member that can be absent and null")]
pub mod nullable;
pub mod oauth;
#[allow(dead_code, unused_imports, unused_macros, reason = "not every document has an enum")]
pub(crate) mod open_enum;
#[allow(dead_code, unused_imports, unused_macros, reason = "not every document has a union")]
pub(crate) mod open_union;
pub mod options;
pub mod page;
pub mod page_request;
pub mod page_walk;
pub mod paging;
pub mod parameter;
mod prepare;
#[allow(dead_code, reason = "not every document has a union")]
pub(crate) mod probe;
pub mod progress;
pub mod read_ahead;
pub mod redirect;
mod report;
pub mod request;
pub mod response;
pub mod response_body;
pub mod resume;
pub mod retry;
pub mod save;
pub mod sdk;
mod secrets;
pub mod sent_body;
pub mod source;
pub mod timeout;
mod token;
mod trace;
pub mod transport_error;
mod unanswered;
pub mod upload;

pub use api_error::ApiError;
pub use base64_bytes::Base64;
pub use body::RequestBody;
pub use builder::ClientBuilder;
pub use call::Call;
pub use client::Client;
pub use clock::{Clock, Sleep, SystemClock};
pub use credential::{Credential, CredentialProvider, ProvidedCredential};
pub use decode_error::DecodeError;
pub use download::{Download, DownloadStream};
pub use download_reader::DownloadReader;
pub use error::{BoxError, Error};
pub use events::{Event, EventEnd, EventRules, EventStream};
pub use exchange::Exchange;
pub use hook::{Attempt, Hook, RequestHead, ResponseHead};
pub use json_lines::JsonLines;
pub use local_error::{BodyError, CredentialError, InvalidRequestError};
pub use multipart::{Multipart, Part};
pub use nullable::Nullable;
pub use oauth::ClientCredentials;
pub use options::TimeLimit;
pub(crate) use options::call_options;
pub use page::{Items, Pages};
pub use paging::{NextPage, PageInput, Paging};
pub use parameter::Style;
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
