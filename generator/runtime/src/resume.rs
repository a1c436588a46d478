//! Downloads that break off: asking for the rest, and only for the rest of the same file.
//!
//! `If-Range` (RFC 9110, section 13.1.5) makes the server compare the version of
//! the file. When it is another one by now, or when the server cannot send
//! parts, the download fails with the error that broke it: nobody gets the
//! beginning of one file with the end of another.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_RANGE, DATE, ETAG, IF_RANGE, LAST_MODIFIED, RANGE,
};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::call::Call;
use super::client::Client;
use super::error::Error;
use super::execute::{Reading, execute};
use super::options::TimeLimit;
use super::request::Request;
use super::response::RawResponse;
use super::response_body::ResponseBody;
use super::retry::{Decision, Retries, RetryPolicy};
use super::sdk::Method;
use super::timeout::Deadline;
use super::transport_error::TimeoutKind;

/// The rest of a file, which has been asked for.
pub(crate) type Rest = Pin<Box<dyn Future<Output = Result<ResponseBody, Error>> + Send>>;

/// What it takes to send the request of a download again.
pub(crate) struct Resend {
    client: Client,
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
        let (client, options) = (call.client, &mut request.options);
        let settings = &client.shared.settings;
        let started = client.shared.clock().now();
        let timeout = options.timeout.or(settings.timeout);
        Some(Self {
            policy: options.retry.as_ref().unwrap_or(&settings.retry).clone(),
            started,
            deadline: timeout.and_then(|limit| Some(Deadline { at: started.checked_add(limit)?, limit })),
            client: client.clone(),
            request: request.try_clone()?,
        })
    }

    /// Asks for the bytes from `at` on, as often as the policy of the call allows.
    /// When they cannot be had, `broken` comes out again, which is what went wrong first.
    async fn rest(self: Arc<Self>, at: u64, version: Version, broken: Error) -> Result<ResponseBody, Error> {
        let clock = self.client.shared.clock();
        let deadline = self.deadline.map(|deadline| deadline.at);
        let mut retries =
            Retries::new(&self.policy, &self.client.shared.budget, clock, self.started, deadline)
                .repeatable(true);
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
        request.headers.insert(IF_RANGE, version.validator.clone());
        request.headers.insert(RANGE, range_from(at));
        request.options.retry = Some(RetryPolicy::none());
        let now = self.client.shared.clock().now();
        let left = self.deadline.map(|deadline| deadline.at.saturating_duration_since(now));
        request.options.timeout = TimeLimit::Own(left);
        execute(&self.client, request, Reading::Head).await
    }

    /// The error, unless the time of the call is up, which then is the reason for giving up.
    fn in_time(&self, error: Error) -> Error {
        match (self.deadline, error.exchange()) {
            (Some(deadline), Some(exchange)) if self.client.shared.clock().now() >= deadline.at => {
                Error::timeout(exchange, TimeoutKind::Total, deadline.limit)
            }
            _ => error,
        }
    }
}

/// A download that can be taken up again.
pub(crate) struct Resume {
    resend: Arc<Resend>,
    version: Version,
    /// Where it was taken up last.
    mark: u64,
    /// How many times in a row it broke soon after it had been taken up.
    fruitless: u32,
}

impl Resume {
    /// A download can be taken up if it is of a whole file of known length and version.
    pub(crate) fn of(body: &ResponseBody, resend: Resend) -> Option<Self> {
        let exchange = body.exchange();
        let version = Version { validator: validator(exchange.headers()?)?, length: body.expected()? };
        (exchange.status() == Some(StatusCode::OK)).then(|| Self {
            resend: Arc::new(resend),
            version,
            mark: 0,
            fruitless: 0,
        })
    }

    /// Asks for what is missing after `at`, if `broken` is an error that this helps against.
    pub(crate) fn ask(&mut self, at: u64, broken: Error) -> Result<Rest, Error> {
        /// A connection that brought less than this was of no use.
        const USEFUL: u64 = 64 * 1024;
        let is_broken = match &broken {
            Error::Interrupted(_) => true,
            Error::Timeout(timeout) => timeout.kind() == TimeoutKind::Read,
            _ => false,
        };
        self.fruitless = if at - self.mark < USEFUL { self.fruitless + 1 } else { 0 };
        self.mark = at;
        if !is_broken || at >= self.version.length || self.fruitless > self.resend.policy.retries() {
            return Err(broken);
        }
        Ok(Box::pin(Arc::clone(&self.resend).rest(at, self.version.clone(), broken)))
    }
}

/// Which version of a file it is, and how long.
#[derive(Clone)]
struct Version {
    validator: HeaderValue,
    length: u64,
}

impl Version {
    /// Whether an answer is the rest of the file from `at` on, and nothing else.
    fn is_rest(&self, response: &RawResponse, at: u64) -> bool {
        let range = response.headers().get(CONTENT_RANGE).and_then(|range| range.to_str().ok());
        let expected = format!("bytes {at}-{}/{}", self.length - 1, self.length);
        response.status() == StatusCode::PARTIAL_CONTENT && range == Some(&expected)
    }
}

/// What tells this version of the file from all others: an entity tag that is not
/// weak, or a date of change that is so long past that there was no other change
/// in the same second (RFC 9110, section 8.8.2.2).
fn validator(headers: &HeaderMap) -> Option<HeaderValue> {
    if headers.get(ACCEPT_RANGES).is_some_and(|ranges| ranges == "none") {
        return None;
    }
    if let Some(tag) = headers.get(ETAG) {
        return tag.as_bytes().starts_with(b"\"").then(|| tag.clone());
    }
    let date = |name| httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok();
    let changed = headers.get(LAST_MODIFIED)?;
    let age = date(DATE)?.duration_since(date(LAST_MODIFIED)?).ok()?;
    (age >= Duration::from_secs(60)).then(|| changed.clone())
}

fn range_from(at: u64) -> HeaderValue {
    HeaderValue::try_from(format!("bytes={at}-")).expect("digits can stand in a header")
}
