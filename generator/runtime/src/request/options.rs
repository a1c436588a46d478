//! Settings of one call.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::retry_policy::RetryPolicy;
use crate::runtime::error::Error;
use crate::runtime::value::is_secret;

/// A time limit of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeLimit {
    /// That of its client.
    #[default]
    OfClient,
    /// This one, or none at all.
    Own(Option<Duration>),
}

impl TimeLimit {
    /// The limit, where the client has this one.
    pub(crate) fn or(self, of_client: Option<Duration>) -> Option<Duration> {
        match self {
            Self::OfClient => of_client,
            Self::Own(limit) => limit,
        }
    }
}

/// The settings of one call.
#[derive(Debug, Default)]
pub struct CallOptions {
    /// How long the call may take.
    pub timeout: TimeLimit,
    /// How long the server may be silent.
    pub read_timeout: TimeLimit,
    /// The most bytes of a response body that are collected in memory.
    pub max_response_bytes: Option<u64>,
    /// When to retry.
    pub retry: Option<Box<RetryPolicy>>,
    /// Headers, which win over all others.
    pub headers: HeaderMap,
    /// Pairs to add to the query.
    pub query: Vec<(String, String)>,
    /// The idempotency key, in place of one that is made.
    pub idempotency_key: Option<String>,
    fault: Option<Error>,
}

impl CallOptions {
    /// Sets a header.
    pub fn set_header(&mut self, name: &str, value: &str) {
        if let Err(error) = insert_header(&mut self.headers, name, value) {
            self.fault.get_or_insert(error);
        }
    }

    #[cfg(feature = "repeats")]
    /// The same settings once more; `None` when something is wrong with them.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let set = Self {
            timeout: self.timeout,
            read_timeout: self.read_timeout,
            max_response_bytes: self.max_response_bytes,
            retry: self.retry.clone(),
            headers: self.headers.clone(),
            query: self.query.clone(),
            idempotency_key: self.idempotency_key.clone(),
            fault: None,
        };
        self.fault.is_none().then_some(set)
    }

    /// What is wrong with them, if anything.
    pub(crate) fn take_fault(&mut self) -> Option<Error> {
        self.fault.take()
    }
}

/// Sets a header of the caller's. What looks like a secret is marked as one, so
/// that it is never shown and never sent to another host by a redirect.
pub(crate) fn insert_header(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Error> {
    let key = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::invalid_request(name, "is not the name of a header"))?;
    let mut value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| Error::invalid_request(name, "must not have control characters in it"))?;
    value.set_sensitive(is_secret(key.as_str()));
    headers.insert(key, value);
    Ok(())
}

/// The setters of a call's settings, for a builder with a field `call` that borrows its client.
macro_rules! call_options {
    ($builder:ident) => {
        impl $builder<'_> {
            /// Sets how long this call may take in total, retries and bodies included.
            /// `None`: no limit.
            pub fn timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                self.call.options().timeout = $crate::runtime::TimeLimit::Own(timeout.into());
                self
            }

            /// Sets how long the server may send nothing, before the response and within it.
            /// `None`: no limit.
            pub fn read_timeout(mut self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                self.call.options().read_timeout = $crate::runtime::TimeLimit::Own(timeout.into());
                self
            }

            /// Sets the longest response body, in bytes, that is collected in memory.
            /// Streams are not limited.
            pub fn max_response_bytes(mut self, bytes: u64) -> Self {
                self.call.options().max_response_bytes = Some(bytes);
                self
            }

            /// Sets when this call is retried.
            pub fn retry(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
                self.call.options().retry = Some(::std::boxed::Box::new(policy));
                self
            }

            /// Sends a header with this call, in place of any other of its name.
            pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.call.options().set_header(name.as_ref(), value.as_ref());
                self
            }

            /// Adds a pair to the query of this call.
            pub fn query_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.call.options().query.push((name.into(), value.into()));
                self
            }

            /// Sends this idempotency key. The server processes requests with the same key
            /// once, so that this call can be retried.
            pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
                self.call.options().idempotency_key = Some(key.into());
                self
            }
        }
    };
}
pub(crate) use call_options;
