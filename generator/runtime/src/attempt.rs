//! One attempt of a call: a request, the redirects that it leads to, and the answer.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, HeaderMap};
use http::{Method, StatusCode};
use url::Url;

use super::api_error::ApiError;
use super::auth::{self, Used};
use super::base_url::origin;
use super::client::Client;
use super::error::Error;
use super::exchange::Exchange;
use super::execute::Reading;
use super::hook::{Attempt, RequestHead, ResponseHead};
use super::prepare::Prepared;
use super::redirect::{self, BodyAhead, Step, Target, Trust};
use super::response::RawResponse;
use super::response_body::ResponseBody;
use super::sent_body::{self, Headway};
use super::timeout::{Deadline, Expired, Watchdog, within};
use super::trace::Trace;
use super::transport_error::{ConnectError, TimeoutKind};

/// How much of an answer of failure is read.
const LONGEST_ERROR: u64 = 1024 * 1024;

/// How much of a redirect's body is read, to use its connection again.
const LONGEST_REDIRECT: u64 = 64 * 1024;

/// Sends the request once, and follows it where it is redirected to. The
/// secrets that it was sent with are left in `used`.
///
/// # Errors
///
/// Any [`Error`]; whether it is worth another attempt is for others to know.
pub(crate) async fn attempt(
    call: &mut Prepared<'_>,
    this: &Attempt<'_>,
    trace: &Trace,
    used: &mut Used,
    reading: Reading,
) -> Result<RawResponse, Error> {
    let hooks = &call.client.shared.hooks;
    let mut headers = call.headers.clone();
    for hook in hooks {
        hook.before_attempt(this, &mut RequestHead { url: &call.url, headers: &mut headers });
    }
    let sent = Exchange::new(call.operation, this.number);
    let mut target = Target { url: call.url.clone(), trust: Trust::Home };
    for hop in 0.. {
        let (head, body, watchdog) = call.send(&target, &headers, &sent, used).await?;
        let response = ResponseHead { status: head.status, headers: &head.headers };
        for hook in hooks {
            hook.after_response(this, &response);
        }
        trace.answer(this.number, head.status);
        let step = redirect::step(&target, &call.method, call.body_ahead(), head.status, &head.headers);
        let expected = call.expected_length(&head);
        let exchange = sent.clone().answered(head.status, head.version, head.headers);
        let body = ResponseBody::new(body, exchange, watchdog, expected);
        let note = match step {
            Step::Follow(next) if hop < redirect::LIMIT => {
                body.collect_what_comes(LONGEST_REDIRECT).await;
                target = next;
                continue;
            }
            Step::Follow(_) => Some("too many redirects"),
            Step::Refuse(reason) => Some(reason),
            Step::Arrived if head.status.is_success() => {
                return arrived(call.client, head.status, body, reading).await;
            }
            Step::Arrived => None,
        };
        return Err(failure(head.status, body, used, note).await);
    }
    unreachable!("redirects are counted and limited")
}

/// An answer of success, read as far as the attempt covers it.
async fn arrived(
    client: &Client,
    status: StatusCode,
    body: ResponseBody,
    reading: Reading,
) -> Result<RawResponse, Error> {
    let limit = client.shared.settings.max_response_bytes;
    let body = match reading {
        Reading::Head => body,
        Reading::Whole => {
            let exchange = body.exchange().clone();
            ResponseBody::whole(body.collect(limit).await?, exchange)
        }
    };
    Ok(RawResponse::new(status, body, limit))
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

impl Prepared<'_> {
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

    /// Sends one request, and waits for the head of its answer.
    async fn send(
        &mut self,
        target: &Target,
        headers: &HeaderMap,
        exchange: &Exchange,
        used: &mut Used,
    ) -> Result<(http::response::Parts, reqwest::Body, Watchdog), Error> {
        let client = self.client;
        let mut url = target.url.clone();
        let mut headers = match target.trust {
            Trust::Home => headers.clone(),
            Trust::Foreign => redirect::harmless(headers),
        };
        if target.trust == Trust::Home {
            let applying = pin!(auth::apply(client, &self.needed, exchange, &mut url, &mut headers));
            *used = in_time(client, self.deadline, exchange, applying).await?;
        }
        let mut request = reqwest::Request::new(self.method.clone(), url);
        *request.headers_mut() = headers;
        let mut headway = None;
        if target.trust == Trust::Home
            && let Some((body, _)) = self.body.attempt().await.map_err(|error| error.in_call(exchange))?
        {
            let (body, watched) = sent_body::watch(body, &client.shared.clock);
            *request.body_mut() = Some(body);
            headway = watched;
        }
        let mut watchdog = Watchdog::new(Arc::clone(&client.shared.clock), self.read_timeout, self.deadline);
        let answer = pin!(client.shared.http.execute(request));
        match wait_for_head(answer, &mut watchdog, headway).await {
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
        let settings = &self.client.shared.settings;
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
    mut answer: Pin<&mut impl Future<Output = reqwest::Result<reqwest::Response>>>,
    watchdog: &mut Watchdog,
    headway: Option<Arc<Headway>>,
) -> Result<reqwest::Result<reqwest::Response>, Expired> {
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
    future: Pin<&mut impl Future<Output = Result<T, Error>>>,
) -> Result<T, Error> {
    let Some(deadline) = deadline else { return future.await };
    let left = deadline.at.saturating_duration_since(client.shared.clock().now());
    within(client.shared.clock(), left, future)
        .await
        .unwrap_or_else(|| Err(Error::timeout(exchange, TimeoutKind::Total, deadline.limit)))
}
