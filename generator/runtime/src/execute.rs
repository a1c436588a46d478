//! The one place where requests are sent.
//!
//! In comes what was set for a call, out comes an answer of success or an error.
//! In between are attempts, each of which is at most one request but for
//! redirects. Nothing here is generic, so all of it is compiled once.

use std::future::poll_fn;
use std::hash::{BuildHasher, RandomState};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};
use url::Url;

use super::api_error::ApiError;
use super::auth::{self, Needed, Used};
use super::base_url::{BaseUrl, origin};
use super::body::RequestBody;
use super::client::Client;
use super::error::Error;
use super::exchange::Exchange;
use super::hook::{Attempt, RequestHead, ResponseHead};
use super::redirect::{self, BodyAhead, Step, Target, Trust};
use super::request::Request;
use super::response::RawResponse;
use super::response_body::ResponseBody;
use super::retry::{self, Decision, Retries, RetryPolicy};
use super::sdk::{Operation, Repeat};
use super::sent_body::{self, Headway};
use super::timeout::{Deadline, Watchdog, within};
use super::trace::Trace;
use super::transport_error::{ConnectError, TimeoutKind};

/// How much of an answer of failure is read.
const LONGEST_ERROR: u64 = 1024 * 1024;

/// How much of a redirect's body is read, to use its connection again.
const LONGEST_REDIRECT: u64 = 64 * 1024;

/// How much of an answer of success an attempt covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The head. The body is the caller's to read.
    Head,
    /// All of it. A body that breaks off is an attempt that failed.
    Whole,
}

/// Sends a request, as often as it takes.
///
/// # Errors
///
/// The error of the last attempt.
pub async fn execute(client: &Client, request: Request, reading: Reading) -> Result<RawResponse, Error> {
    let nothing_sent = Exchange::new(request.operation, 0);
    let mut run = Run::new(client, request, reading).map_err(|error| error.in_call(&nothing_sent))?;
    let trace = run.trace.clone();
    // On the heap, so that the futures of the callers stay small.
    let result = Box::pin(trace.within(run.until_done())).await;
    trace.end(&result);
    result
}

/// A call that is going on.
struct Run<'c> {
    client: &'c Client,
    operation: &'static Operation,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: RequestBody,
    needed: Needed<'c>,
    retry: Option<RetryPolicy>,
    has_key: bool,
    read_timeout: Option<Duration>,
    started: Instant,
    deadline: Option<Deadline>,
    reading: Reading,
    trace: Trace,
}

impl<'c> Run<'c> {
    /// Puts together what is the same for all attempts.
    fn new(client: &'c Client, mut request: Request, reading: Reading) -> Result<Self, Error> {
        if let Some(fault) = request.take_fault() {
            return Err(fault);
        }
        let operation = request.operation;
        let url = request.url(&base_url(client, operation)?)?;
        let key = idempotency_key(client, &request)?;
        let has_key = key.is_some();
        let headers = headers(client, &request, key)?;
        let needed = auth::choose(client, operation, &headers)?;
        let settings = client.settings();
        let started = client.clock().now();
        let timeout = request.options.timeout.or(settings.timeout);
        Ok(Self {
            client,
            operation,
            method: operation.method.into(),
            trace: Trace::start(operation, &url),
            url,
            headers,
            body: request.body,
            needed,
            retry: request.options.retry,
            has_key,
            read_timeout: request.options.read_timeout.or(settings.read_timeout),
            started,
            deadline: timeout.and_then(|limit| Some(Deadline { at: started.checked_add(limit)?, limit })),
            reading,
        })
    }

    async fn until_done(&mut self) -> Result<RawResponse, Error> {
        let client = self.client;
        let own = self.retry.take();
        let policy = own.as_ref().unwrap_or(&client.settings().retry);
        let deadline = self.deadline.map(|deadline| deadline.at);
        let mut retries = Retries::new(policy, client.budget(), client.clock(), self.started, deadline)
            .repeatable(retry::is_repeatable(self.operation, self.has_key));
        let mut renewed = false;
        for number in 1.. {
            let mut used = Used::default();
            let error = match self.attempt(number, &mut used).await {
                Ok(response) => {
                    retries.succeeded();
                    return Ok(response);
                }
                Err(error) => error.in_call(&Exchange::new(self.operation, number)),
            };
            let attempt = self.describe(number);
            client.hooks().iter().for_each(|hook| hook.on_error(&attempt, &error));
            self.trace.failure(number, &error);
            if !renewed && error.status() == Some(StatusCode::UNAUTHORIZED) && self.body.can_replay() {
                renewed = used.reject(&self.needed).await;
                if renewed {
                    continue;
                }
            }
            match retries.decide(&error, self.body.can_replay()) {
                Decision::Wait(wait) => {
                    client.hooks().iter().for_each(|hook| hook.before_retry(&attempt, wait));
                    self.trace.wait(number, wait);
                    client.clock().pause(wait).await;
                }
                Decision::Final => return Err(error),
                Decision::GiveUp(reason) => return Err(error.not_retried(reason)),
            }
        }
        unreachable!("the attempts of a call end long before they cannot be counted")
    }

    fn describe(&self, number: u32) -> Attempt<'static> {
        Attempt {
            operation_id: self.operation.id,
            method: self.operation.method,
            route: self.operation.path,
            number,
        }
    }

    /// Sends the request once, and follows it where it is redirected to.
    async fn attempt(&mut self, number: u32, used: &mut Used) -> Result<RawResponse, Error> {
        let exchange = Exchange::new(self.operation, number);
        let attempt = self.describe(number);
        let mut headers = self.headers.clone();
        for hook in self.client.hooks() {
            hook.before_attempt(&attempt, &mut RequestHead { url: &self.url, headers: &mut headers });
        }
        let mut target = Target { url: self.url.clone(), trust: Trust::Home };
        for hop in 0.. {
            let (head, body, watchdog) = self.send(&target, &headers, &exchange, used).await?;
            let response = ResponseHead { status: head.status, headers: &head.headers };
            self.client.hooks().iter().for_each(|hook| hook.after_response(&attempt, &response));
            self.trace.answer(number, head.status);
            let step = redirect::step(&target, &self.method, self.body_ahead(), head.status, &head.headers);
            let expected = self.expected_length(&head);
            let exchange = exchange.clone().answered(head.status, head.version, head.headers);
            let body = ResponseBody::new(body, exchange, watchdog, expected);
            match step {
                Step::Follow(next) if hop < redirect::LIMIT => {
                    body.collect_what_comes(LONGEST_REDIRECT).await;
                    target = next;
                }
                Step::Follow(_) => {
                    return Err(failure(head.status, body, used, Some("too many redirects")).await);
                }
                Step::Refuse(reason) => return Err(failure(head.status, body, used, Some(reason)).await),
                Step::Arrived if !head.status.is_success() => {
                    return Err(failure(head.status, body, used, None).await);
                }
                Step::Arrived => return self.arrived(head.status, body).await,
            }
        }
        unreachable!("redirects are counted and limited")
    }

    fn body_ahead(&self) -> BodyAhead {
        match (self.body.content_type(), self.body.can_replay()) {
            (None, _) => BodyAhead::None,
            (Some(_), true) => BodyAhead::Replayable,
            (Some(_), false) => BodyAhead::Spent,
        }
    }

    /// How long the body will be. An answer to HEAD has the length of a body that does not come.
    fn expected_length(&self, head: &http::response::Parts) -> Option<u64> {
        if self.method == Method::HEAD || head.status == StatusCode::NO_CONTENT {
            return None;
        }
        head.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    async fn arrived(&self, status: StatusCode, body: ResponseBody) -> Result<RawResponse, Error> {
        let limit = self.client.settings().max_response_bytes;
        let body = match self.reading {
            Reading::Head => body,
            Reading::Whole => {
                let exchange = body.exchange().clone();
                ResponseBody::whole(body.collect(limit).await?, exchange)
            }
        };
        Ok(RawResponse::new(status, body, limit))
    }

    /// Sends one request, and waits for the head of its answer.
    async fn send(
        &mut self,
        target: &Target,
        headers: &HeaderMap,
        exchange: &Exchange,
        used: &mut Used,
    ) -> Result<(http::response::Parts, reqwest::Body, Watchdog), Error> {
        let mut url = target.url.clone();
        let mut headers = match target.trust {
            Trust::Home => headers.clone(),
            Trust::Foreign => redirect::harmless(headers),
        };
        if target.trust == Trust::Home {
            let applying = auth::apply(self.client, &self.needed, exchange, &mut url, &mut headers);
            *used = in_time(self.client, self.deadline, exchange, applying).await?;
        }
        let mut request = reqwest::Request::new(self.method.clone(), url);
        *request.headers_mut() = headers;
        let mut headway = None;
        if target.trust == Trust::Home
            && let Some((body, _)) = self.body.attempt().await.map_err(|error| error.in_call(exchange))?
        {
            let (body, watched) = sent_body::watch(body, &self.client.shared_clock());
            *request.body_mut() = Some(body);
            headway = watched;
        }
        let mut watchdog = Watchdog::new(self.client.shared_clock(), self.read_timeout, self.deadline);
        let answer = wait_for_head(self.client.http().execute(request), &mut watchdog, headway);
        match answer.await {
            Ok(Ok(response)) => {
                let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
                watchdog.reset();
                Ok((head, body, watchdog))
            }
            Ok(Err(error)) => Err(self.not_answered(error, &target.url, exchange)),
            Err((kind, limit)) => Err(Error::timeout(exchange, kind, limit)),
        }
    }

    /// What it means that no answer came.
    fn not_answered(&mut self, error: reqwest::Error, url: &Url, exchange: &Exchange) -> Error {
        if let Some(source) = self.body.take_failure() {
            return Error::body(source).in_call(exchange);
        }
        let error = error.without_url();
        let settings = self.client.settings();
        if error.is_builder() {
            return Error::invalid_request("base_url", super::error::root_cause(&error)).in_call(exchange);
        }
        match (error.is_connect(), error.is_timeout()) {
            (true, true) => Error::timeout(exchange, TimeoutKind::Connect, settings.connect_timeout),
            (true, false) => {
                let source = error.into();
                Error::Connect(Box::new(ConnectError {
                    exchange: exchange.clone(),
                    origin: origin(url),
                    source,
                }))
            }
            // A timeout of a client that the caller gave.
            (false, true) => Error::timeout(exchange, TimeoutKind::Read, Duration::ZERO),
            (false, false) => Error::interrupted(exchange, 0, None, Some(error.into())),
        }
    }
}

/// Waits for the head of an answer, as long as the server is not silent for too
/// long after it got the request.
async fn wait_for_head(
    answer: impl Future<Output = reqwest::Result<reqwest::Response>>,
    watchdog: &mut Watchdog,
    headway: Option<Arc<Headway>>,
) -> Result<reqwest::Result<reqwest::Response>, super::timeout::Expired> {
    let mut answer = pin!(answer);
    poll_fn(|context| {
        if let Poll::Ready(answer) = answer.as_mut().poll(context) {
            return Poll::Ready(Ok(answer));
        }
        loop {
            let Poll::Ready(expired) = watchdog.poll_expired(context) else { return Poll::Pending };
            let silent_since = headway.as_ref().map(|headway| headway.server_silent_since());
            match silent_since {
                Some(since) if expired.0 == TimeoutKind::Read && watchdog.waits_since(since) => {}
                _ => return Poll::Ready(Err(expired)),
            }
        }
    })
    .await
}

/// What the future comes to, unless the call's time is up before.
async fn in_time<T>(
    client: &Client,
    deadline: Option<Deadline>,
    exchange: &Exchange,
    future: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some(deadline) = deadline else { return future.await };
    let left = deadline.at.saturating_duration_since(client.clock().now());
    within(client.clock(), left, future)
        .await
        .unwrap_or_else(|| Err(Error::timeout(exchange, TimeoutKind::Total, deadline.limit)))
}

/// Reads an answer of failure.
async fn failure(status: StatusCode, body: ResponseBody, used: &Used, note: Option<&str>) -> Error {
    let exchange = body.exchange().clone();
    let raw = used.redact(body.collect_what_comes(LONGEST_ERROR).await);
    let error = ApiError::new(exchange, status, raw);
    Error::Api(Box::new(match note {
        Some(note) => error.with_note(note),
        None => error,
    }))
}

/// Where the operation is served: at the caller's address, at one of its own, or where all are.
pub(crate) fn base_url(client: &Client, operation: &Operation) -> Result<BaseUrl, Error> {
    match (client.own_base_url(), operation.servers.first()) {
        (None, Some(server)) => BaseUrl::parse(&server.fill(&[])),
        _ => Ok(client.base().clone()),
    }
}

/// All headers but credentials: those of the client, then those of the operation, then those of the call.
fn headers(client: &Client, request: &Request, key: Option<HeaderValue>) -> Result<HeaderMap, Error> {
    let mut headers = client.settings().headers.clone();
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
    headers.extend(request.headers.clone());
    if let Some(cookies) = request.cookies() {
        let value = HeaderValue::try_from(cookies)
            .map_err(|_| Error::invalid_request("cookie", "must not have control characters in it"))?;
        headers.insert(COOKIE, value);
    }
    if let Some(key) = key {
        let name = HeaderName::from_bytes(client.sdk().idempotency_header.as_bytes())
            .map_err(|_| Error::invalid_request("idempotency_header", "is not the name of a header"))?;
        headers.insert(name, key);
    }
    headers.extend(request.options.headers.clone());
    Ok(headers)
}

/// The idempotency key: the caller's, or a new one for operations that want it.
/// It is made once for a call, so that all of its attempts have the same.
fn idempotency_key(client: &Client, request: &Request) -> Result<Option<HeaderValue>, Error> {
    if request.options.headers.contains_key(client.sdk().idempotency_header) {
        return Ok(None);
    }
    let key = match (&request.options.idempotency_key, request.operation.repeat) {
        (Some(key), _) => key.clone(),
        (None, Repeat::Keyed) => random_uuid(),
        (None, _) => return Ok(None),
    };
    let value = HeaderValue::try_from(key)
        .map_err(|_| Error::invalid_request("idempotency_key", "must not have control characters in it"))?;
    Ok(Some(value))
}

/// A UUID of version 4, of the randomness that the system gives hash maps.
fn random_uuid() -> String {
    let state = RandomState::new();
    let (high, low) = (state.hash_one(0_u8), state.hash_one(1_u8));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}
