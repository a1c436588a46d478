//! A request that is ready to be sent: what all attempts of a call have in common.
//!
//! Invalid arguments are reported here, before anything is sent.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::Method;
#[cfg(feature = "cookies")]
use http::header::COOKIE;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use url::Url;

use super::core::Core;
use super::retry::is_idempotent;
#[cfg(feature = "auth")]
use crate::runtime::auth::RequiredCredentials;
use crate::runtime::body::RequestBody;
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::operation::{Idempotency, Operation};
use crate::runtime::request::{Request, RetryPolicy, mark_secrets};
use crate::runtime::time::Deadline;
use crate::runtime::value::random_uuid;

/// A request that is ready to be sent.
pub(crate) struct PreparedRequest<'c> {
    pub(crate) core: &'c Arc<Core>,
    pub(crate) operation: &'static Operation,
    /// The path in place of the operation's.
    own_path: Option<Arc<str>>,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// All headers but those that hold credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) body: RequestBody,
    #[cfg(feature = "auth")]
    pub(crate) credentials: RequiredCredentials<'c>,
    /// When to retry, if not as the client is set.
    pub(crate) retry: Option<Box<RetryPolicy>>,
    /// Whether processing it twice does no more than processing it once.
    pub(crate) is_idempotent: bool,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) max_response_bytes: u64,
    pub(crate) started: Instant,
    pub(crate) deadline: Option<Deadline>,
}

impl<'c> PreparedRequest<'c> {
    /// Makes a request ready.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`], naming the argument.
    pub(crate) fn new(core: &'c Arc<Core>, mut request: Box<Request>) -> Result<Box<Self>, Error> {
        if let Some(fault) = request.take_fault() {
            return Err(fault);
        }
        let operation = request.operation;
        #[cfg(feature = "bodies")]
        if operation.requires_body && matches!(request.body, RequestBody::Empty) {
            return Err(Error::invalid_request(
                "body",
                "is missing: set one of those that the operation takes",
            ));
        }
        let base = core.base_of(operation)?;
        let url = request.url(&base)?;
        let mut headers = headers(core, &mut request)?;
        let is_idempotent = is_idempotent(operation, || headers.contains_key(&core.idempotency_header));
        mark_secrets(core.sdk, &mut headers);
        #[cfg(feature = "auth")]
        let credentials = if request.options.without_credentials {
            Vec::new()
        } else {
            core.credentials.select(core.sdk, operation, &headers)?
        };
        let settings = &core.settings;
        let started = core.clock().now();
        let timeout = request.options.timeout.or(settings.timeout);
        Ok(Box::new(Self {
            core,
            operation,
            own_path: request.own_path,
            method: operation.method.into(),
            url,
            headers,
            body: request.body,
            #[cfg(feature = "auth")]
            credentials,
            retry: request.options.retry,
            is_idempotent,
            read_timeout: request.options.read_timeout.or(settings.read_timeout),
            max_response_bytes: request.options.max_response_bytes.unwrap_or(settings.max_response_bytes),
            started,
            deadline: timeout.and_then(|limit| Some(Deadline { at: started.checked_add(limit)?, limit })),
        }))
    }
}

impl PreparedRequest<'_> {
    /// What is known of it at this attempt, before there is a response.
    pub(crate) fn metadata(&self, attempt: u32) -> CallMetadata {
        CallMetadata::new(self.operation, attempt).with_own_path(self.own_path.as_ref())
    }
}

/// All headers but credentials: those of the client, then those of the operation, then those of the call.
fn headers(core: &Core, request: &mut Request) -> Result<HeaderMap, Error> {
    let mut headers = copy_with_room(&core.settings.headers, request.headers.len() + 4);
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static(request.operation.accept));
    if let Some(content_type) = request.body.content_type() {
        let value = HeaderValue::try_from(content_type)
            .map_err(|_| Error::invalid_request("body", "has a media type that no header may have"))?;
        headers.insert(CONTENT_TYPE, value);
    }
    if request.body.content_type().is_none()
        && matches!(request.operation.method.as_str(), "POST" | "PUT" | "PATCH")
    {
        // Some servers refuse these methods when nothing says how long the body is.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if !request.headers.is_empty() {
        headers.extend(std::mem::take(&mut request.headers));
    }
    #[cfg(feature = "cookies")]
    if let Some(cookies) = request.cookies() {
        let value = HeaderValue::try_from(cookies)
            .map_err(|_| Error::invalid_request("cookie", "must not have control characters in it"))?;
        headers.insert(COOKIE, value);
    }
    add_idempotency_key(core, request, &mut headers)?;
    if !request.options.headers.is_empty() {
        headers.extend(std::mem::take(&mut request.options.headers));
    }
    Ok(headers)
}

/// A copy of headers, to which so many can be added without copying them once more.
pub(crate) fn copy_with_room(headers: &HeaderMap, room: usize) -> HeaderMap {
    let mut copy = HeaderMap::with_capacity(headers.len() + room);
    copy.extend(headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    copy
}

/// Adds the idempotency key: the caller's, or a new one for operations that use
/// keys, unless a header parameter is one. It is made once for a call, so that all
/// of its attempts have the same.
fn add_idempotency_key(core: &Core, request: &Request, headers: &mut HeaderMap) -> Result<(), Error> {
    let name = &core.idempotency_header;
    let key = match (&request.options.idempotency_key, request.operation.idempotency) {
        (Some(key), _) => key.clone(),
        (None, Idempotency::WithKey) if !headers.contains_key(name) => random_uuid(),
        (None, _) => return Ok(()),
    };
    let value = HeaderValue::try_from(key)
        .map_err(|_| Error::invalid_request("idempotency_key", "must not have control characters in it"))?;
    headers.insert(name.clone(), value);
    Ok(())
}
