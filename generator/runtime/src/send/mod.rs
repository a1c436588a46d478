//! Sending: from what was set for a call to a response or an error.
//!
//! In comes a [`Request`](crate::runtime::request::Request); out goes a [`RawResponse`], whose body may
//! still be to be read. In between are attempts, each of which is at most one request but for
//! redirects, and those who watch them: hooks and traces. It must not know what is in a body,
//! or what the caller wants to make of it. Nothing here is generic over the types
//! of an API, so all of it is compiled once.

mod attempt;
mod core;
mod execute;
mod hook;
mod prepare;
mod raw_response;
pub mod redirect;
mod report;
mod response_body;
mod retry;
mod send_error;
mod trace;

pub(crate) use self::core::{Core, Settings};
pub(crate) use execute::{Buffering, execute};
pub use hook::{Attempt, Hook, RequestHead, ResponseHead};
pub use raw_response::RawResponse;
#[cfg(feature = "raw_responses")]
#[allow(unused_imports, reason = "downloads and streams need it")]
pub use response_body::ResponseBody;
#[cfg(feature = "downloads")]
pub(crate) use response_body::with_partial;
pub(crate) use retry::RetryBudget;
#[cfg(feature = "downloads")]
pub(crate) use retry::{Decision, Retries};
