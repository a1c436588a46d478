//! When to send a request again: the settings, as data.

use std::borrow::Cow;
use std::time::Duration;

use crate::runtime::error::RETRYABLE_STATUSES;

/// When to send a request again, and how long to wait before.
///
/// `RetryPolicy::default().max_retries(5).deadline(Duration::from_secs(120))` is a
/// patient one, [`RetryPolicy::none`] never retries. It is set on the client, or on a
/// single call.
///
/// - **What is retried:** connections that cannot be established, break or time out,
///   token servers that are busy, and the [`statuses`](Self::statuses) 408, 429, 500,
///   502, 503 and 504. The header `x-should-retry` of a response overrides this.
///   [`only_responses`](Self::only_responses) leaves out failures without a response.
/// - **What may have been processed:** `POST` and `PATCH` are retried only when the
///   server cannot have processed them: no connection, 429, 503, a stream that HTTP/2
///   says was not processed, or `x-should-retry: true`. With an idempotency key, which
///   all attempts of a call share, they are retried like any other.
/// - **Bodies:** one that can be read only once is sent only once.
/// - **How long to wait:** what the server asks for, first in `retry-after-ms`, then
///   in `Retry-After` as seconds, whole or not, or as a date, up to
///   [`max_retry_after`](Self::max_retry_after). Otherwise a random time between
///   zero and a step that doubles ([`backoff`](Self::backoff),
///   [`backoff_factor`](Self::backoff_factor); "full jitter").
/// - **Until when:** no attempt begins after the policy's [`deadline`](Self::deadline)
///   or the call's timeout. When the wait would end later, the call fails at once.
/// - **How many in total:** the clones of a client share a budget of retries, so that
///   an outage is not made worse by retries
///   ([`ClientBuilder::retry_budget`](crate::runtime::ClientBuilder::retry_budget)).
/// - **Where to see it:** the number of attempts is in every response and
///   [`Error`](crate::runtime::Error::attempts), which also says
///   [why there was no retry](crate::runtime::Error::not_retried_because); a [`Hook`](crate::runtime::Hook)
///   sees each of them, and so does a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    pub(crate) max_retries: u32,
    pub(crate) first_backoff: Duration,
    pub(crate) max_backoff: Duration,
    pub(crate) backoff_factor: f64,
    pub(crate) max_retry_after: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) statuses: Cow<'static, [u16]>,
    pub(crate) only_responses: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            first_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            backoff_factor: 2.0,
            max_retry_after: Duration::from_secs(60),
            deadline: None,
            statuses: Cow::Borrowed(&RETRYABLE_STATUSES),
            only_responses: false,
        }
    }
}

impl RetryPolicy {
    /// Never retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// Sets how many retries may follow the first attempt. Default: 2.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the step of the first wait, which grows with each retry up to `max`. Each
    /// wait is a random part of its step. Default: 0.5 s and 8 s.
    #[must_use]
    pub fn backoff(mut self, first: Duration, max: Duration) -> Self {
        self.first_backoff = first;
        self.max_backoff = max;
        self
    }

    /// Sets what the step of a wait is multiplied by for the next one. With 1, and with less, all steps are
    /// the same. Default: 2.
    #[must_use]
    pub fn backoff_factor(mut self, factor: f64) -> Self {
        self.backoff_factor = factor;
        self
    }

    /// Sets the longest `Retry-After` that is waited for. When the server asks for
    /// more, the call fails at once, and
    /// [`Error::retry_after`](crate::runtime::Error::retry_after) says how long to wait. Default: 60 s.
    #[must_use]
    pub fn max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    /// Sets how long after the start of the call an attempt may still begin, waits
    /// included. Default: the call's timeout.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets the statuses that are retried, in place of 408, 429, 500, 502, 503 and 504.
    /// Requests that are not idempotent are still retried only when the server cannot
    /// have processed them.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Retries only after an error response: not after a connection that cannot be established, breaks or
    /// times out, nor when a token server fails.
    #[must_use]
    pub fn only_responses(mut self) -> Self {
        self.only_responses = true;
        self
    }
}
