//! What every call has in common: sending, retries, timeouts, credentials, errors.
//!
//! The code that is generated from a document stands on this module and is a
//! thin layer over it. Nothing here varies with the document: what it needs to
//! know comes in as static data (the module `operation`).
//!
//! From the bottom up, each folder imports from those before it alone. An SDK has those that its API
//! needs:
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
//! | `webhook` | the signatures of what the API sends by itself |

#[cfg(feature = "auth")]
pub mod auth;
pub mod body;
pub mod call;
pub mod client;
pub mod error;
pub mod operation;
#[cfg(feature = "pages")]
pub mod page;
pub mod request;
pub mod response;
pub mod send;
#[cfg(feature = "streams")]
pub mod stream;
pub mod time;
pub mod transport;
pub mod value;
#[cfg(feature = "webhooks")]
pub mod webhook;

#[cfg(feature = "oauth")]
pub use auth::ClientCredentials;
#[cfg(feature = "auth")]
pub use auth::{Credential, CredentialProvider, ProvidedCredential};
#[cfg(feature = "uploads")]
pub use body::FileUpload;
#[cfg(feature = "files")]
pub use body::Progress;
#[allow(unused_imports, reason = "an API of webhooks alone has no operations")]
pub use call::{Call, CallFuture};
#[cfg(feature = "blocking")]
pub use client::blocking;
#[allow(unused_imports, reason = "an API of webhooks alone has no operations")]
pub(crate) use client::request_builder;
pub use client::{Client, ClientBuilder, CustomRequest};
#[cfg(feature = "body_errors")]
pub use error::BodyError;
#[cfg(feature = "auth")]
pub use error::CredentialError;
pub use error::{
    ApiError, BoxError, ConnectError, DecodeError, Error, InterruptedError, InvalidRequestError, TimeoutError,
};
#[cfg(feature = "error_bodies")]
pub use operation::ErrorCase;
#[cfg(feature = "status_patterns")]
pub use operation::StatusPattern;
#[cfg(feature = "events")]
#[allow(unused_imports, reason = "the generator uses what the API has")]
pub use operation::{EventEnd, EventRules};
#[allow(unused_imports, reason = "the generator uses what the API has")]
pub use operation::{Idempotency, Method, Operation, Sdk, ServerTemplate};
#[cfg(feature = "auth")]
pub use operation::{SchemeKind, SecurityScheme};
#[cfg(feature = "pages")]
#[allow(unused_imports, reason = "the generator uses what the API has")]
pub use page::{Items, NextPage, PageInput, Pages, Paging};
pub(crate) use request::call_options;
pub use request::{RequestOptions, RetryPolicy, TimeLimit};
pub use response::Response;
#[cfg(feature = "downloads")]
pub use response::{Download, DownloadReader, DownloadStream};
pub use send::{Attempt, Hook, RequestHead, ResponseHead};
#[cfg(feature = "json_lines")]
pub use stream::JsonLines;
#[cfg(feature = "events")]
pub use stream::{Event, EventStream};
pub use time::{Clock, Sleep, SystemClock, TimeoutKind};
#[cfg(feature = "base64_values")]
pub use value::Base64;
#[cfg(feature = "json_objects")]
pub use value::JsonObject;
pub use value::Maybe;
#[allow(unused_imports, reason = "not every API has parameters")]
pub use value::Style;
#[cfg(feature = "unions")]
#[allow(unused_imports, reason = "not every union is without a discriminator")]
pub(crate) use value::matcher::Matcher;
#[cfg(feature = "enums")]
#[allow(unused_imports, reason = "enums are generated")]
pub(crate) use value::open_enum::open_enum;
#[cfg(feature = "unions")]
#[allow(unused_imports, reason = "unions are generated")]
pub(crate) use value::open_union::{from_arrays, from_variants, open_union};
#[cfg(feature = "nullable")]
#[allow(unused_imports, reason = "not every API has properties that may be null and absent")]
pub use value::{Nullable, nullable};
