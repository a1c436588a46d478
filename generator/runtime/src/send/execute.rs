//! Executing a call: attempts, one after the other, until one succeeds or a retry would not help.

use std::sync::Arc;

#[cfg(feature = "oauth")]
use http::StatusCode;

use super::attempt::attempt;
use super::core::Core;
use super::prepare::PreparedRequest;
use super::raw_response::RawResponse;
use super::report::Report;
use super::retry::{Decision, Retries};
use super::trace::Trace;
#[cfg(feature = "oauth")]
use crate::runtime::auth::reject;
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::request::Request;

/// How much of a success response an attempt covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Buffering {
    #[cfg(feature = "raw_responses")]
    /// The head. The body is the caller's to read.
    HeadOnly,
    /// All of it. A body that breaks off is a failed attempt.
    WholeBody,
}

/// Sends a request, with retries.
///
/// # Errors
///
/// The error of the last attempt.
pub(crate) async fn execute(
    core: &Arc<Core>,
    request: Box<Request>,
    buffering: Buffering,
) -> Result<RawResponse, Error> {
    let nothing_sent = CallMetadata::new(request.operation, 0).with_own_path(request.own_path.as_ref());
    // On the heap, as is the rest, so that the futures of the callers stay small.
    let mut call = PreparedRequest::new(core, request).map_err(|error| error.in_call(&nothing_sent))?;
    let trace = Trace::start(&nothing_sent, &call.url);
    let result = trace.within(Box::pin(until_done(&mut call, buffering, &trace))).await;
    trace.end(&result);
    result
}

/// Makes one attempt after the other, until one succeeds or a retry would not help.
async fn until_done(
    call: &mut PreparedRequest<'_>,
    buffering: Buffering,
    trace: &Trace,
) -> Result<RawResponse, Error> {
    let core = call.core;
    let own_policy = call.retry.take();
    let policy = own_policy.as_deref().unwrap_or(&core.settings.retry);
    let deadline = call.deadline.map(|deadline| deadline.at);
    let mut retries = Retries::new(policy, &core.budget, core.clock(), call.started, deadline)
        .idempotent(call.is_idempotent);
    #[cfg(feature = "oauth")]
    let mut is_renewed = false;
    for number in 1.. {
        let report = Report::new(core, trace, call.metadata(number));
        let error = match attempt(call, number, &report, buffering).await {
            Ok(response) => {
                retries.succeeded();
                return Ok(response.watched_by(report));
            }
            Err(error) => error.in_call(&call.metadata(number)),
        };
        report.failed(&error);
        #[cfg(feature = "oauth")]
        if is_token_rejected(&error, call) {
            let is_completed = error.metadata().is_some_and(CallMetadata::is_completed);
            if !is_renewed && !is_completed && call.body.can_replay() {
                is_renewed = true;
                continue;
            }
        }
        match retries.decide(&error, call.body.can_replay()) {
            Decision::Wait(wait) => {
                report.waits(wait);
                core.clock().pause(wait).await;
            }
            Decision::Final => return Err(error),
            Decision::GiveUp(reason) => return Err(error.not_retried(reason)),
        }
    }
    unreachable!("the attempts of a call end long before they cannot be counted")
}

#[cfg(feature = "oauth")]
/// Whether the server did not accept a token that can be renewed. It is discarded then.
fn is_token_rejected(error: &Error, call: &PreparedRequest<'_>) -> bool {
    let secrets = error.metadata().and_then(CallMetadata::secrets);
    error.status() == Some(StatusCode::UNAUTHORIZED)
        && secrets.is_some_and(|secrets| reject(&call.credentials, secrets.texts()))
}
