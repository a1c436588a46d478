//! Reporting attempts to those who watch a call: the caller's hooks, and the trace.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::core::Core;
use super::hook::{Attempt, RequestHead, ResponseHead};
use super::prepare::PreparedRequest;
use super::trace::Trace;
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::request::mark_secrets;

/// Reports one attempt of a call to those who watch it.
#[derive(Clone)]
pub(crate) struct Report {
    core: Arc<Core>,
    trace: Trace,
    call: CallMetadata,
}

impl Report {
    /// Of an attempt of this call.
    pub(crate) fn new(core: &Arc<Core>, trace: &Trace, call: CallMetadata) -> Self {
        Self { core: Arc::clone(core), trace: trace.clone(), call }
    }

    /// As hooks see it.
    fn attempt(&self) -> Attempt<'_> {
        Attempt::new(&self.call)
    }

    /// It is about to begin. Hooks can still change its headers; returns the changed
    /// ones. What they add may be secret.
    pub(crate) fn begins(&self, prepared: &mut PreparedRequest<'_>) -> Option<HeaderMap> {
        let core = &self.core;
        if core.hooks.is_empty() {
            return None;
        }
        let (mut headers, body) = (prepared.headers.clone(), prepared.body.whole());
        for hook in &core.hooks {
            let (method, url, body) = (self.call.operation().method, &prepared.url, body.as_deref());
            let mut request = RequestHead { method, url, headers: &mut headers, body };
            hook.before_attempt(&self.attempt(), &mut request);
        }
        mark_secrets(core.sdk, &mut headers);
        Some(headers)
    }

    /// The head of a response was received.
    pub(crate) fn response(&self, metadata: &CallMetadata) {
        let Some(status) = metadata.status() else { return };
        if !self.core.hooks.is_empty() {
            let response = ResponseHead { status, headers: &metadata.marked_headers() };
            for hook in &self.core.hooks {
                hook.after_response(&self.attempt(), &response);
            }
        }
        self.trace.response(self.call.attempts(), status);
    }

    /// It failed.
    pub(crate) fn failed(&self, error: &Error) {
        for hook in &self.core.hooks {
            hook.on_error(&self.attempt(), error);
        }
        self.trace.failure(self.call.attempts(), error);
    }

    /// It succeeded, but its body cannot be decoded.
    pub(crate) fn failed_late(&self, error: &Error) {
        self.failed(error);
        self.trace.fail(error);
    }

    /// Another one follows after a wait.
    pub(crate) fn waits(&self, wait: Duration) {
        for hook in &self.core.hooks {
            hook.before_retry(&self.attempt(), wait);
        }
        self.trace.wait(self.call.attempts(), wait);
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").field("attempt", &self.attempt()).finish_non_exhaustive()
    }
}
