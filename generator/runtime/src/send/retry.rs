//! Retries: whether to send a request again, and how long to wait before.
//!
//! In comes the error of an attempt; out goes a wait, or the reason for giving up.
//! Nothing is sent here and nothing waits, and time and random numbers come from the
//! clock, so that every decision can be tested.
//!
//! The rules are those that AWS's and Stainless's SDKs have in common; they are
//! documented at [`RetryPolicy`].

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use http::StatusCode;

use crate::runtime::error::{CallMetadata, Error, retry_after, should_retry};
use crate::runtime::operation::{Idempotency, Operation};
use crate::runtime::request::RetryPolicy;
use crate::runtime::time::{Clock, TimeoutKind};

/// How many retries the clones of a client may still spend.
///
/// A retry takes tokens out, its success puts them back, and a call that succeeds at
/// once adds one. While a server is down the budget is empty, and each call has one
/// attempt; as soon as calls succeed, it fills again.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
    capacity: u32,
    cost: u32,
}

impl RetryBudget {
    /// How many retries there are at first, and at most.
    pub(crate) const RETRIES: u32 = 100;
    /// What a retry costs. Without a response it is twice as much.
    const COST: u32 = 5;
    /// What a call adds that succeeds at once.
    const REWARD: u32 = 1;

    /// A budget of so many retries; without a number it has no limit.
    pub(crate) fn new(retries: Option<u32>) -> Self {
        let cost = retries.map_or(0, |_| Self::COST);
        let capacity = retries.unwrap_or(0).saturating_mul(cost);
        Self { tokens: AtomicU32::new(capacity), capacity, cost }
    }

    /// Takes out what a retry after this error costs, if there is as much.
    fn spend(&self, error: &Error) -> Option<u32> {
        let cost = if matches!(error, Error::Api(_)) { self.cost } else { 2 * self.cost };
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(cost))
            .is_ok()
            .then_some(cost)
    }

    fn put_back(&self, tokens: u32) {
        // A full budget is the usual case, and then nothing has to be written.
        if self.tokens.load(Ordering::Relaxed) < self.capacity {
            let add = |now: u32| Some(now.saturating_add(tokens).min(self.capacity));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

/// Whether to retry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    /// Retry after this time.
    Wait(Duration),
    /// A retry would not help.
    Final,
    /// A retry might help, but there is none, for this reason.
    GiveUp(&'static str),
}

/// The retries of one call.
#[derive(Debug)]
pub(crate) struct Retries<'a> {
    policy: &'a RetryPolicy,
    budget: &'a RetryBudget,
    clock: &'a dyn Clock,
    is_idempotent: bool,
    deadline: Option<Instant>,
    done: u32,
    spent: u32,
}

impl<'a> Retries<'a> {
    /// A call that began at `started` and whose timeout expires at `deadline`.
    #[must_use]
    pub(crate) fn new(
        policy: &'a RetryPolicy,
        budget: &'a RetryBudget,
        clock: &'a dyn Clock,
        started: Instant,
        deadline: Option<Instant>,
    ) -> Self {
        let own = policy.deadline.and_then(|after| started.checked_add(after));
        let deadline = own.into_iter().chain(deadline).min();
        Self { policy, budget, clock, is_idempotent: false, deadline, done: 0, spent: 0 }
    }

    /// Sets whether processing the request twice does no more than processing it once.
    #[must_use]
    pub(crate) fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.is_idempotent = is_idempotent;
        self
    }

    /// Decides whether to retry after this error.
    pub(crate) fn decide(&mut self, error: &Error, can_replay: bool) -> Decision {
        if !covers(self.policy, error) {
            return Decision::Final;
        }
        if self.done >= self.policy.max_retries {
            return Decision::Final;
        }
        if !self.is_idempotent && may_have_been_processed(error) {
            return Decision::GiveUp("the server may have processed it");
        }
        if !can_replay {
            return Decision::GiveUp("its body cannot be sent again");
        }
        let wait = match error.headers().and_then(|headers| retry_after(headers, self.clock.time_of_day())) {
            Some(asked) if asked > self.policy.max_retry_after => {
                return Decision::GiveUp("the server asks for a longer wait than allowed");
            }
            Some(asked) if !asked.is_zero() => asked,
            // No wait at all would only add to the load of the server.
            Some(_) | None => jittered(self.policy, self.done, self.clock.random()),
        };
        let then = self.clock.now().checked_add(wait);
        if self.deadline.is_some_and(|deadline| then.is_none_or(|then| then >= deadline)) {
            return Decision::GiveUp("no time is left");
        }
        let Some(cost) = self.budget.spend(error) else {
            return Decision::GiveUp("too many calls of this client are failing");
        };
        self.spent = cost;
        self.done += 1;
        Decision::Wait(wait)
    }

    /// Records that the call succeeded.
    pub(crate) fn succeeded(&self) {
        self.budget.put_back(if self.done == 0 { RetryBudget::REWARD } else { self.spent });
    }
}

/// Whether a retry may help.
fn covers(policy: &RetryPolicy, error: &Error) -> bool {
    match error {
        Error::Api(error) => {
            should_retry(error.headers()).unwrap_or(policy.statuses.contains(&error.status().as_u16()))
        }
        _ => !policy.only_responses && error.is_retryable(),
    }
}

/// The wait before retry number `retry`, counted from 0, when the server does not name one.
fn jittered(policy: &RetryPolicy, retry: u32, random: f64) -> Duration {
    // A factor that is no number counts as 1.
    let growth = policy.backoff_factor.max(1.0).powf(retry.into()).min(f64::MAX);
    let step = Duration::try_from_secs_f64(policy.first_backoff.as_secs_f64() * growth);
    step.unwrap_or(Duration::MAX).min(policy.max_backoff).mul_f64(random.clamp(0.0, 1.0))
}

/// Whether processing this request twice does no more than processing it once.
pub(crate) fn is_idempotent(operation: &Operation, has_idempotency_key: impl FnOnce() -> bool) -> bool {
    match operation.idempotency {
        Idempotency::ByMethod => operation.method.is_idempotent() || has_idempotency_key(),
        Idempotency::Idempotent | Idempotency::WithKey => true,
        Idempotency::NotIdempotent => has_idempotency_key(),
    }
}

/// Whether the server may have processed the request. It has not when it never
/// received it, when it is too busy, and when it asks for a retry.
#[allow(clippy::match_same_arms, reason = "one of the arms is not in every SDK")]
fn may_have_been_processed(error: &Error) -> bool {
    if error.metadata().is_some_and(CallMetadata::is_completed) {
        return true;
    }
    match error {
        Error::Connect(_) => false,
        #[cfg(feature = "auth")]
        Error::Credential(_) => false,
        Error::Interrupted(error) => !error.is_unprocessed(),
        Error::Timeout(error) => error.kind() != TimeoutKind::Connect,
        Error::Api(error) => {
            let refused =
                matches!(error.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
            !refused && should_retry(error.headers()) != Some(true)
        }
        _ => true,
    }
}
