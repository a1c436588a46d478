//! The one place where requests are sent.
//!
//! In comes what was set for a call, out comes an answer of success or an error.
//! In between are attempts, each of which is at most one request but for
//! redirects (the module `attempt`). Nothing here is generic, so all of it is
//! compiled once.

use http::StatusCode;

use super::attempt::attempt;
use super::auth;
use super::client::Client;
use super::error::Error;
use super::exchange::Exchange;
use super::prepare::Prepared;
use super::report::Report;
use super::request::Request;
use super::response::RawResponse;
use super::retry::{Decision, Retries};
use super::trace::Trace;

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
pub async fn execute(client: &Client, request: Box<Request>, reading: Reading) -> Result<RawResponse, Error> {
    let nothing_sent = Exchange::new(request.operation, 0);
    // On the heap, as is the rest, so that the futures of the callers stay small.
    let mut call = Prepared::new(client, request).map_err(|error| error.in_call(&nothing_sent))?;
    let trace = Trace::start(call.operation, &call.url);
    let result = trace.within(Box::pin(until_done(&mut call, reading, &trace))).await;
    trace.end(&result);
    result
}

/// Makes one attempt after the other, until one succeeds or another would be of no use.
async fn until_done(call: &mut Prepared<'_>, reading: Reading, trace: &Trace) -> Result<RawResponse, Error> {
    let client = call.client;
    let own_policy = call.retry.take();
    let policy = own_policy.as_deref().unwrap_or(&client.shared.settings.retry);
    let deadline = call.deadline.map(|deadline| deadline.at);
    let mut retries =
        Retries::new(policy, &client.shared.budget, client.shared.clock(), call.started, deadline)
            .repeatable(call.is_repeatable);
    let mut is_renewed = false;
    for number in 1.. {
        let report = Report::new(client, trace, call.operation, number);
        let error = match attempt(call, number, &report, reading).await {
            Ok(response) => {
                retries.succeeded();
                return Ok(response.watched_by(report));
            }
            Err(error) => error.in_call(&Exchange::new(call.operation, number)),
        };
        report.failed(&error);
        let secrets = error.exchange().and_then(Exchange::secrets);
        if error.status() == Some(StatusCode::UNAUTHORIZED)
            && secrets.is_some_and(|secrets| auth::reject(&call.needed, secrets.texts()))
        {
            let is_done = error.exchange().is_some_and(Exchange::is_done);
            if !is_renewed && !is_done && call.body.can_replay() {
                is_renewed = true;
                continue;
            }
        }
        match retries.decide(&error, call.body.can_replay()) {
            Decision::Wait(wait) => {
                report.waits(wait);
                client.shared.clock().pause(wait).await;
            }
            Decision::Final => return Err(error),
            Decision::GiveUp(reason) => return Err(error.not_retried(reason)),
        }
    }
    unreachable!("the attempts of a call end long before they cannot be counted")
}
