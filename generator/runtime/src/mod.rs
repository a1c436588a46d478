//! What every call has in common: sending, retries, timeouts, credentials, errors.
//!
//! The code that is generated from a document stands on this module and is a
//! thin layer over it. Nothing here varies with the document: what it needs to
//! know comes in as static data (the module `operation`).
//!
//! From the bottom up, each folder imports from those before it alone:
//!
//! | folder | what it is about |
//! | --- | --- |
//! | `value` | values as they are written and read: JSON, parameters, headers |
//! | `time` | the clock, and the timeouts of a call |
//! | `operation` | what the generator knows of an API, as static data |
//! | `error` | what can go wrong with a call, and what is known of the call then |
//! | `body` | request bodies: bytes, files, forms |
//! | `request` | a request before it is sent, and the options of its call |
//! | `transport` | the network: one interface, and the HTTP client behind it |
//! | `auth` | which credentials a request needs, and where they go |
//! | `send` | attempts, redirects, retries, hooks, traces |
//! | `call` | what generated builders write into |
//! | `response` | responses, decoded or as a file |
//! | `stream` | responses that are sequences of values |
//! | `page` | lists over several responses |
//! | `client` | how a client is set up |

pub mod auth;
pub mod body;
pub mod call;
pub mod client;
pub mod error;
pub mod operation;
pub mod page;
pub mod request;
pub mod response;
pub mod send;
pub mod stream;
pub mod time;
pub mod transport;
pub mod value;

pub use auth::{ClientCredentials, Credential, CredentialProvider, ProvidedCredential};
pub use body::{FileUpload, Multipart, Part, Progress, RequestBody};
pub use call::{Call, CallFuture};
#[cfg(feature = "blocking")]
pub use client::blocking;
pub(crate) use client::request_builder;
pub use client::{Client, ClientBuilder};
pub use error::{
    ApiError, BodyError, BoxError, ConnectError, CredentialError, DecodeError, Error, InterruptedError,
    InvalidRequestError, TimeoutError,
};
pub use operation::{
    ErrorCase, EventEnd, EventRules, Idempotency, Method, Operation, SchemeKind, Sdk, SecurityScheme,
    ServerTemplate, StatusPattern,
};
pub use page::{Items, NextPage, PageInput, Pages, Paging};
pub(crate) use request::call_options;
pub use request::{RetryPolicy, TimeLimit};
pub use response::{Download, DownloadReader, DownloadStream, Response};
pub use send::{Attempt, Hook, RawResponse, RequestHead, ResponseBody, ResponseHead};
pub use stream::{Event, EventStream, JsonLines};
pub use time::{Clock, Sleep, SystemClock, TimeoutKind};
pub use value::{Base64, Nullable, Style, nullable};

#[allow(unused_imports, reason = "not every document has an enum, or a union")]
pub(crate) use value::{
    matcher::Matcher,
    open_enum::open_enum,
    open_union::{from_arrays, from_variants, open_union},
};
