//! One attempt of a call: a request, the redirects that it leads to, and the answer.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, HeaderMap, PROXY_AUTHORIZATION};
use http::{Method, StatusCode};
use url::Url;

use super::core::Core;
use super::execute::Buffering;
use super::prepare::{PreparedRequest, copy_with_room};
use super::raw_response::RawResponse;
use super::redirect::{self, BodyAhead, Origin, Step, Target};
use super::report::Report;
use crate::runtime::auth::apply;
use crate::runtime::body::monitored;
use crate::runtime::error::{ApiError, CallMetadata, Error, Secrets};
use crate::runtime::time::{Deadline, Expired, TimeoutKind, Timeouts, UploadActivity, within};
use crate::runtime::transport::{NO_REDIRECTS, ResponseBody, map_send_error};

/// How much of an answer of failure is read, and for how long at most.
const LONGEST_ERROR: (u64, Duration) = (1024 * 1024, Duration::from_secs(10));

/// How much of a redirect's body is read, and for how long at most, to use its
/// connection again.
const LONGEST_REDIRECT: (u64, Duration) = (64 * 1024, Duration::from_secs(1));

/// Sends the request once, and follows it where it is redirected to.
///
/// # Errors
///
/// Any [`Error`]; whether it is worth another attempt is for others to know.
pub(crate) async fn attempt(
    call: &mut PreparedRequest<'_>,
    number: u32,
    report: &Report,
    buffering: Buffering,
) -> Result<RawResponse, Error> {
    let mut changed = report.begins(&call.url, &call.headers).map(Box::new);
    let mut sent = CallMetadata::new(call.operation, number);
    let mut target = call.target();
    for hop in 0.. {
        let mut body = call.send(&target, changed.as_deref(), &mut sent).await?;
        let metadata = body.metadata();
        report.response(metadata);
        let status = metadata.status().unwrap_or_default();
        let note = match redirect::step(&target, status, metadata.headers_or_empty()) {
            Step::Follow(next) if hop < redirect::LIMIT => {
                if next.method != target.method {
                    sent.set_completed();
                    redirect::strip_body(changed.get_or_insert_with(|| Box::new(call.headers.clone())));
                }
                target = *next;
                Box::pin(body.collect_what_comes(LONGEST_REDIRECT)).await;
                continue;
            }
            Step::Follow(_) => Some("too many redirects"),
            Step::Refuse(reason) => Some(reason),
            Step::Arrived if status.is_success() => {
                if buffering == Buffering::WholeBody {
                    body.buffer(call.max_response_bytes).await?;
                }
                return Ok(RawResponse::new(status, body, call.max_response_bytes));
            }
            Step::Arrived => None,
        };
        // On the heap, so that what goes well does without the room for it.
        return Err(Box::pin(failure(status, body, note)).await);
    }
    unreachable!("redirects are counted and limited")
}

/// Reads an answer of failure.
async fn failure(status: StatusCode, mut body: ResponseBody, note: Option<&str>) -> Error {
    let metadata = body.metadata().clone();
    let error = ApiError::new(metadata, status, body.collect_what_comes(LONGEST_ERROR).await);
    Error::Api(Box::new(match note {
        Some(note) => error.with_note(note),
        None => error,
    }))
}

/// A request that is about to be sent.
struct Outgoing {
    request: reqwest::Request,
    /// Whether there is a credential in it that reqwest would take to another host.
    has_secret: bool,
    /// How far its body has come.
    activity: Option<Arc<UploadActivity>>,
}

impl PreparedRequest<'_> {
    /// Where it goes first.
    fn target(&self) -> Target {
        let body = match (self.body.content_type(), self.body.can_replay()) {
            (None, _) => BodyAhead::None,
            (Some(_), true) => BodyAhead::Replayable,
            (Some(_), false) => BodyAhead::Spent,
        };
        Target { url: self.url.clone(), method: self.method.clone(), body, origin: Origin::Same }
    }

    /// Sends one request, and waits for the head of its answer. Its headers are those
    /// of the call, unless they were `changed`.
    async fn send(
        &mut self,
        target: &Target,
        changed: Option<&HeaderMap>,
        sent: &mut CallMetadata,
    ) -> Result<ResponseBody, Error> {
        let Outgoing { request, has_secret, activity } = self.outgoing(target, changed, sent).await?;
        let (core, deadline, metadata) = (self.core, self.deadline, sent.clone());
        let mut timeouts =
            Timeouts::new(Arc::clone(&core.clock), self.read_timeout, deadline).with_upload(activity);
        let answer = pin!(core.http.execute(request));
        let response = match wait_for_head(answer, &mut timeouts).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(self.not_answered(error, &target.url, &metadata)),
            Err((kind, limit)) => return Err(Error::timeout(&metadata, kind, limit)),
        };
        if has_secret && response.url().origin() != target.url.origin() {
            // A client of the caller's has taken it to another host.
            return Err(Error::invalid_request("http_client", NO_REDIRECTS).in_call(&metadata));
        }
        let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
        let expected = expected_length(&target.method, &head);
        let metadata = metadata.with_response(head.status, head.version, head.headers);
        timeouts.reset();
        Ok(ResponseBody::new(body, metadata, timeouts, expected))
    }

    /// Puts a request together: credentials and the body go into it here.
    async fn outgoing(
        &mut self,
        target: &Target,
        changed: Option<&HeaderMap>,
        sent: &mut CallMetadata,
    ) -> Result<Outgoing, Error> {
        let (core, deadline) = (self.core, self.deadline);
        let mut url = target.url.clone();
        let own = changed.unwrap_or(&self.headers);
        let mut headers = match target.origin {
            Origin::Same => copy_with_room(own, self.credentials.len() + 2),
            Origin::Cross => redirect::cross_origin_headers(own),
        };
        if target.origin == Origin::Same {
            let used = {
                let applying = pin!(apply(core.auth(), &self.credentials, sent, &mut url, &mut headers));
                in_time(core, deadline, sent, applying).await?
            };
            sent.set_secrets(Secrets::new(used, own));
        }
        let mut opened = None;
        if target.body != BodyAhead::None {
            // On the heap, as most requests have no body.
            let mut opening = Box::pin(self.body.attempt());
            let opening = in_time(core, deadline, sent, opening.as_mut()).await;
            opened = opening.map_err(|error| error.in_call(sent))?;
        }
        let mut request = reqwest::Request::new(target.method.clone(), url);
        let has_secret = has_custom_secret(&headers);
        *request.headers_mut() = headers;
        let watched = opened.map(|(body, _)| monitored::monitor(body, &core.clock));
        let (body, activity) = watched.unzip();
        *request.body_mut() = body;
        Ok(Outgoing { request, has_secret, activity: activity.flatten() })
    }

    /// What it means that no answer came.
    fn not_answered(&mut self, error: reqwest::Error, url: &Url, metadata: &CallMetadata) -> Error {
        match self.body.take_failure() {
            Some(source) => Error::body(source).in_call(metadata),
            None => map_send_error(error, url, self.core.settings.connect_timeout, metadata),
        }
    }
}

/// Whether there is a credential which reqwest does not keep back when it follows
/// a redirect to another host.
fn has_custom_secret(headers: &HeaderMap) -> bool {
    let is_kept_back = |name| [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
    headers.iter().any(|(name, value)| value.is_sensitive() && !is_kept_back(name))
}

/// How long the body will be. An answer to HEAD has the length of a body that does not come.
fn expected_length(method: &Method, head: &http::response::Parts) -> Option<u64> {
    if *method == Method::HEAD || head.status == StatusCode::NO_CONTENT {
        return None;
    }
    head.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Waits for the head of an answer, as long as the server is not silent for too long.
async fn wait_for_head(
    mut answer: Pin<&mut impl Future<Output = reqwest::Result<reqwest::Response>>>,
    timeouts: &mut Timeouts,
) -> Result<reqwest::Result<reqwest::Response>, Expired> {
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Ok(answer)),
        Poll::Pending => timeouts.poll_expired(context).map(Err),
    })
    .await
}

/// What the future comes to, unless the call's time is up before.
async fn in_time<T>(
    core: &Core,
    deadline: Option<Deadline>,
    metadata: &CallMetadata,
    future: Pin<&mut impl Future<Output = Result<T, Error>>>,
) -> Result<T, Error> {
    let Some(deadline) = deadline else { return future.await };
    let left = deadline.at.saturating_duration_since(core.clock().now());
    // On the heap, as few calls have a deadline.
    Box::pin(within(core.clock(), left, future))
        .await
        .unwrap_or_else(|| Err(Error::timeout(metadata, TimeoutKind::Total, deadline.limit)))
}
