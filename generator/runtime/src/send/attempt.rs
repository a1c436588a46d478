//! One attempt of a call: a request, its redirects, and the response.

use std::future::poll_fn;
use std::pin::Pin;
#[cfg(feature = "auth")]
use std::pin::pin;
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
use super::response_body::ResponseBody;
use super::send_error::send_error;
#[cfg(feature = "auth")]
use crate::runtime::auth::apply;
use crate::runtime::error::{ApiError, CallMetadata, Error, Secrets};
#[cfg(feature = "bodies")]
use crate::runtime::time::UploadActivity;
use crate::runtime::time::{Deadline, Expired, TimeoutKind, Timeouts, within};
use crate::runtime::transport::{HttpRequest, HttpResponse, NO_REDIRECTS, Sending, TransportError};

/// How many bytes of an error response are read, and for how long at most.
const ERROR_LIMITS: (u64, Duration) = (1024 * 1024, Duration::from_secs(10));

/// How many headers are added to those of a call: a credential, sometimes two, and two of the client.
const EXTRA_HEADERS: usize = 4;

/// How many bytes of a redirect's body are read, and for how long at most, to use its
/// connection again.
const REDIRECT_LIMITS: (u64, Duration) = (64 * 1024, Duration::from_secs(1));

/// Sends the request once, and follows its redirects.
///
/// # Errors
///
/// Any [`Error`]; whether to retry is decided elsewhere.
pub(crate) async fn attempt(
    call: &mut PreparedRequest<'_>,
    number: u32,
    report: &Report,
    buffering: Buffering,
) -> Result<RawResponse, Error> {
    let mut changed = report.begins(call).map(Box::new);
    let mut sent = call.metadata(number);
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
                Box::pin(body.collect_partially(REDIRECT_LIMITS)).await;
                continue;
            }
            Step::Follow(_) => Some("too many redirects"),
            Step::Refuse(reason) => Some(reason),
            Step::Final if status.is_success() => {
                if buffering == Buffering::WholeBody {
                    body.buffer(call.max_response_bytes).await?;
                }
                return Ok(RawResponse::new(body, call.max_response_bytes));
            }
            Step::Final => None,
        };
        // On the heap, so that successful calls need no room for it.
        return Err(Box::pin(failure(status, body, note)).await);
    }
    unreachable!("redirects are counted and limited")
}

/// Reads an error response.
async fn failure(status: StatusCode, mut body: ResponseBody, note: Option<&str>) -> Error {
    let metadata = body.metadata().clone();
    let error = ApiError::new(metadata, status, body.collect_partially(ERROR_LIMITS).await);
    Error::Api(Box::new(match note {
        Some(note) => error.with_note(note),
        None => error,
    }))
}

/// A request that is about to be sent.
struct Outgoing {
    request: HttpRequest,
    /// Whether there is a credential in it that an HTTP client might send to another host when it follows
    /// redirects: in a header of the API's own, or in the query, which goes along as `Referer`.
    has_secret: bool,
    #[cfg(feature = "bodies")]
    /// Whether its body makes progress.
    activity: Option<Arc<UploadActivity>>,
}

impl PreparedRequest<'_> {
    /// Where it is sent first.
    fn target(&self) -> Target {
        let body = match (self.body.content_type(), self.body.can_replay()) {
            (None, _) => BodyAhead::None,
            (Some(_), true) => BodyAhead::Replayable,
            (Some(_), false) => BodyAhead::Spent,
        };
        Target { url: self.url.clone(), method: self.method.clone(), body, origin: Origin::Same }
    }

    /// Sends one request, and waits for the head of its response. Its headers are those
    /// of the call, unless they were `changed`.
    async fn send(
        &mut self,
        target: &Target,
        changed: Option<&HeaderMap>,
        sent: &mut CallMetadata,
    ) -> Result<ResponseBody, Error> {
        let outgoing = self.outgoing(target, changed, sent).await?;
        let (core, deadline, metadata) = (self.core, self.deadline, sent.clone());
        let mut timeouts = Timeouts::new(Arc::clone(&core.clock), self.read_timeout, deadline);
        #[cfg(feature = "bodies")]
        timeouts.set_upload(outgoing.activity);
        let asked = outgoing.request.url.clone();
        let pending = core.http.send(outgoing.request);
        let HttpResponse { url, response } = match wait_for_head(pending, &mut timeouts).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(self.send_error(error, &target.url, &metadata)),
            Err((kind, limit)) => return Err(Error::timeout(&metadata, kind, limit)),
        };
        if outgoing.has_secret && url != asked {
            // A client of the caller followed redirects, and one of them may have been to another host.
            return Err(Error::invalid_request("http_client", NO_REDIRECTS).in_call(&metadata));
        }
        let (head, body) = response.into_parts();
        let expected = expected_length(&target.method, &head);
        let metadata = metadata.with_response(head.status, head.version, head.headers);
        timeouts.reset();
        Ok(ResponseBody::new(body, metadata, timeouts, expected))
    }

    /// Puts a request together, with its credentials and its body.
    #[allow(unused_mut, reason = "not every API has credentials, which are put into URLs and headers")]
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
            Origin::Same => copy_with_room(own, EXTRA_HEADERS),
            Origin::Cross => redirect::cross_origin_headers(own),
        };
        if target.origin == Origin::Same {
            #[cfg(not(feature = "auth"))]
            let used = Vec::new();
            #[cfg(feature = "auth")]
            let used = {
                let applying = pin!(apply(core.auth(), &self.credentials, sent, &mut url, &mut headers));
                in_time(core, deadline, sent, applying).await?
            };
            sent.set_secrets(Secrets::new(used, own));
        }
        let mut opened = None;
        if target.body != BodyAhead::None {
            // On the heap, as most requests have no body.
            let mut opening = Box::pin(self.body.open());
            let opening = in_time(core, deadline, sent, opening.as_mut()).await;
            opened = opening.map_err(|error| error.in_call(sent))?;
        }
        let has_secret = has_custom_secret(&headers) || url != target.url || core.base().query().is_some();
        let mut request = HttpRequest::new(target.method.clone(), url);
        request.headers = headers;
        #[cfg(feature = "bodies")]
        let activity = opened.as_mut().and_then(|body| body.monitor(&core.clock));
        request.body = opened;
        Ok(Outgoing {
            request,
            has_secret,
            #[cfg(feature = "bodies")]
            activity,
        })
    }

    /// The error of a request without a response.
    fn send_error(&mut self, error: TransportError, url: &Url, metadata: &CallMetadata) -> Error {
        #[cfg(feature = "body_errors")]
        if let Some(source) = self.body.take_failure() {
            return Error::body(source).in_call(metadata);
        }
        send_error(error, url, self.core.settings.connect_timeout, metadata)
    }
}

/// Whether there is a credential that HTTP clients do not remove when they follow a
/// redirect to another host.
fn has_custom_secret(headers: &HeaderMap) -> bool {
    let is_removed = |name| [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
    headers.iter().any(|(name, value)| value.is_sensitive() && !is_removed(name))
}

/// How long the body will be. A response to HEAD has the length of a body that is not sent.
fn expected_length(method: &Method, head: &http::response::Parts) -> Option<u64> {
    if *method == Method::HEAD || head.status == StatusCode::NO_CONTENT {
        return None;
    }
    head.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Waits for the head of a response, until a timeout expires.
async fn wait_for_head(
    mut pending: Sending<'_>,
    timeouts: &mut Timeouts,
) -> Result<Result<HttpResponse, TransportError>, Expired> {
    poll_fn(|context| match pending.as_mut().poll(context) {
        Poll::Ready(response) => Poll::Ready(Ok(response)),
        Poll::Pending => timeouts.poll_expired(context).map(Err),
    })
    .await
}

/// The output of a future, unless the call's timeout expires before.
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
