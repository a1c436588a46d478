//! Those who watch a call: the caller's hooks, and the trace.

use std::time::Duration;

use http::HeaderMap;
use url::Url;

use super::auth::mark_secrets;
use super::client::Client;
use super::error::Error;
use super::exchange::Exchange;
use super::hook::{Attempt, RequestHead, ResponseHead};
use super::sdk::Operation;
use super::trace::Trace;

/// Tells those who watch a call what becomes of one of its attempts.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    client: Client,
    trace: Trace,
    attempt: Attempt<'static>,
}

impl Report {
    /// Of attempt `number` of a call.
    pub(crate) fn new(client: &Client, trace: &Trace, operation: &'static Operation, number: u32) -> Self {
        let attempt = Attempt::new(operation, number);
        Self { client: client.clone(), trace: trace.clone(), attempt }
    }

    /// It is about to begin. Hooks can still change its headers; gives what they made
    /// of them. What they add may be secret.
    pub(crate) fn begins(&self, url: &Url, headers: &HeaderMap) -> Option<HeaderMap> {
        let shared = &self.client.shared;
        if shared.hooks.is_empty() {
            return None;
        }
        let mut headers = headers.clone();
        for hook in &shared.hooks {
            hook.before_attempt(&self.attempt, &mut RequestHead { url, headers: &mut headers });
        }
        mark_secrets(shared.sdk, &mut headers);
        Some(headers)
    }

    /// The head of an answer came.
    pub(crate) fn answered(&self, exchange: &Exchange) {
        let Some(status) = exchange.status() else { return };
        if !self.client.shared.hooks.is_empty() {
            let response = ResponseHead { status, headers: &exchange.marked_headers() };
            for hook in &self.client.shared.hooks {
                hook.after_response(&self.attempt, &response);
            }
        }
        self.trace.answer(self.attempt.number, status);
    }

    /// It failed.
    pub(crate) fn failed(&self, error: &Error) {
        for hook in &self.client.shared.hooks {
            hook.on_error(&self.attempt, error);
        }
        self.trace.failure(self.attempt.number, error);
    }

    /// It had succeeded as far as it went, but what came cannot be read.
    pub(crate) fn failed_late(&self, error: &Error) {
        self.failed(error);
        self.trace.fail(error);
    }

    /// Another one follows after a wait.
    pub(crate) fn waits(&self, wait: Duration) {
        for hook in &self.client.shared.hooks {
            hook.before_retry(&self.attempt, wait);
        }
        self.trace.wait(self.attempt.number, wait);
    }
}
