//! Downloads whose connection breaks: requesting the rest of the same file.
//!
//! `If-Range` (RFC 9110, section 13.1.5) makes the server compare the version of
//! the file, and what it sends is compared once more. When the file has changed, or when
//! the server cannot send parts, the download fails with the error that broke it: nobody
//! gets the beginning of one file with the end of another.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::StatusCode;
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, DATE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_RANGE, LAST_MODIFIED, RANGE,
};

use crate::runtime::call::Call;
use crate::runtime::error::Error;
use crate::runtime::operation::Method;
use crate::runtime::request::{Request, RetryPolicy, TimeLimit};
use crate::runtime::send::{Buffering, Core, Decision, RawResponse, ResponseBody, Retries, execute};
use crate::runtime::time::{Deadline, TimeoutKind};

/// The rest of a file, which has been requested.
pub(crate) type Rest = Pin<Box<dyn Future<Output = Result<ResponseBody, Error>> + Send>>;

/// What is needed to send the request of a download again.
pub(crate) struct Resend {
    core: Arc<Core>,
    request: Request,
    policy: RetryPolicy,
    started: Instant,
    deadline: Option<Deadline>,
}

impl Resend {
    /// Keeps a copy of the request that is about to be sent. Parts are defined for
    /// GET alone, and make sense only for bytes that are not compressed.
    pub(crate) fn prepare(call: &mut Call<'_>) -> Option<Self> {
        let request = &mut call.request;
        if request.operation.method != Method::GET {
            return None;
        }
        request.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let (core, options) = (call.core, &mut request.options);
        let settings = &core.settings;
        let started = core.clock().now();
        let timeout = options.timeout.or(settings.timeout);
        Some(Self {
            policy: options.retry.as_deref().unwrap_or(&settings.retry).clone(),
            started,
            deadline: timeout.and_then(|limit| Some(Deadline { at: started.checked_add(limit)?, limit })),
            core: Arc::clone(core),
            request: request.try_clone()?,
        })
    }

    /// Requests the bytes from `at` on, as often as the policy of the call allows.
    /// When that fails, `broken` is returned, which is the first error.
    async fn rest(self: Arc<Self>, at: u64, version: Version, broken: Error) -> Result<ResponseBody, Error> {
        let clock = self.core.clock();
        let deadline = self.deadline.map(|deadline| deadline.at);
        let mut retries =
            Retries::new(&self.policy, &self.core.budget, clock, self.started, deadline).idempotent(true);
        let mut last = None;
        while let Decision::Wait(wait) = retries.decide(last.as_ref().unwrap_or(&broken), true) {
            clock.pause(wait).await;
            match self.send(at, &version).await {
                Ok(response) if version.is_rest(&response, at) => {
                    retries.succeeded();
                    return Ok(response.into_body());
                }
                Ok(_) => break,
                Err(error) => last = Some(error),
            }
        }
        Err(self.in_time(broken))
    }

    async fn send(&self, at: u64, version: &Version) -> Result<RawResponse, Error> {
        let mut request = self.request.try_clone().expect("what was copied once can be copied again");
        request.headers.insert(IF_RANGE, version.validator.value.clone());
        request.headers.insert(RANGE, range_from(at));
        request.options.retry = Some(Box::new(RetryPolicy::none()));
        let now = self.core.clock().now();
        let left = self.deadline.map(|deadline| deadline.at.saturating_duration_since(now));
        request.options.timeout = TimeLimit::Own(left);
        execute(&self.core, Box::new(request), Buffering::HeadOnly).await
    }

    /// The error, or a timeout if that of the call has expired by now.
    fn in_time(&self, error: Error) -> Error {
        match (self.deadline, error.metadata()) {
            (Some(deadline), Some(metadata)) if self.core.clock().now() >= deadline.at => {
                Error::timeout(metadata, TimeoutKind::Total, deadline.limit)
            }
            _ => error,
        }
    }
}

/// A download that can be resumed.
pub(crate) struct Resume {
    resend: Arc<Resend>,
    version: Version,
    /// Where it was resumed last.
    mark: u64,
    /// How many times in a row it broke soon after it had been resumed.
    fruitless: u32,
}

impl Resume {
    /// A download can be resumed if it is of a whole file of known length and version.
    pub(crate) fn of(body: &ResponseBody, resend: Resend) -> Option<Self> {
        let metadata = body.metadata();
        let headers = metadata.headers()?;
        let version = Version { validator: Validator::of(headers)?, length: body.expected()? };
        (metadata.status() == Some(StatusCode::OK) && !is_encoded(headers)).then(|| Self {
            resend: Arc::new(resend),
            version,
            mark: 0,
            fruitless: 0,
        })
    }

    /// Requests what is missing after `at`, if `broken` is an error that this may fix.
    pub(crate) fn ask(&mut self, at: u64, broken: Error) -> Result<Rest, Error> {
        /// A connection that brought less than this counts as failed.
        const USEFUL: u64 = 64 * 1024;
        let is_broken = match &broken {
            Error::Interrupted(_) => true,
            Error::Timeout(timeout) => timeout.kind() == TimeoutKind::Read,
            _ => false,
        };
        self.fruitless = if at - self.mark < USEFUL { self.fruitless + 1 } else { 0 };
        self.mark = at;
        if !is_broken || at >= self.version.length || self.fruitless > self.resend.policy.max_retries {
            return Err(broken);
        }
        Ok(Box::pin(Arc::clone(&self.resend).rest(at, self.version.clone(), broken)))
    }
}

/// Which version of a file it is, and how long.
#[derive(Clone)]
struct Version {
    validator: Validator,
    length: u64,
}

impl Version {
    /// Whether a response is a part of the same file that begins at `at`. It may be
    /// less than was requested: what is missing then is requested again.
    fn is_rest(&self, response: &RawResponse, at: u64) -> bool {
        let headers = response.headers();
        let is_part = |(first, last, whole)| {
            let length = response.expected();
            first == at
                && (at..self.length).contains(&last)
                && whole == self.length
                && length.is_none_or(|length| length == last - at + 1)
        };
        response.status() == StatusCode::PARTIAL_CONTENT
            && self.validator.agrees(headers)
            && !is_encoded(headers)
            && content_range(headers).is_some_and(is_part)
    }
}

/// What identifies a version of a file, and the header that it is in.
#[derive(Clone)]
struct Validator {
    header: HeaderName,
    value: HeaderValue,
}

impl Validator {
    /// An entity tag that is not weak, or a date of change that is so long past that
    /// there was no other change in the same second (RFC 9110, section 8.8.2.2).
    fn of(headers: &HeaderMap) -> Option<Self> {
        if headers.get(ACCEPT_RANGES).is_some_and(|ranges| ranges == "none") {
            return None;
        }
        if let Some(tag) = headers.get(ETAG) {
            // Weak ones do not tell whether each byte is the same (section 13.1.5).
            let is_strong = tag.as_bytes().starts_with(b"\"");
            return is_strong.then(|| Self { header: ETAG, value: tag.clone() });
        }
        let date = |name| httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok();
        let changed = headers.get(LAST_MODIFIED)?;
        let age = date(DATE)?.duration_since(date(LAST_MODIFIED)?).ok()?;
        let is_strong = age >= Duration::from_secs(60);
        is_strong.then(|| Self { header: LAST_MODIFIED, value: changed.clone() })
    }

    /// Whether these are the headers of the same version. A server that ignores
    /// `If-Range` sends parts of another one; parts may be combined only when their
    /// validator is the same (section 15.3.7.3). One that is missing was compared by
    /// the server, and need not be repeated.
    fn agrees(&self, headers: &HeaderMap) -> bool {
        headers.get(&self.header).is_none_or(|value| value == self.value)
    }
}

/// Whether the bytes are not those of the file, but of a compressed one, which may
/// come out differently each time.
fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity")
}

/// The first byte, the last one, and the length of the whole file (section 14.4);
/// `None` when one of them is not known.
fn content_range(headers: &HeaderMap) -> Option<(u64, u64, u64)> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, whole) = range.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?, whole.parse().ok()?))
}

fn range_from(at: u64) -> HeaderValue {
    HeaderValue::try_from(format!("bytes={at}-")).expect("digits can stand in a header")
}
