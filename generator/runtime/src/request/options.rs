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
    #[cfg(feature = "auth")]
    /// Whether it is sent without the credentials of the client.
    pub without_credentials: bool,
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
            #[cfg(feature = "auth")]
            without_credentials: self.without_credentials,
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
