//! The runtime against a real server in the same process, which may misbehave.

#[path = "../support/mod.rs"]
mod support;

mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod custom_requests;
mod errors;
mod given_client;
mod hooks;
mod http2;
mod json_paths;
mod misbehaving;
mod oauth;
mod options;
mod parameters;
mod redirects;
mod requests;
mod responses;
mod retries;
mod retry_policy;
mod secrets;
mod timeouts;
#[cfg(feature = "test")]
mod transports;
mod uploads;
