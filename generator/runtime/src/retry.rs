//! Retries: whether to try again, and how long to wait before.
//!
//! What comes in is the error of an attempt; what goes out is a wait or the
//! reason for giving up. Nothing is sent and nobody waits here, and the time and
//! the random numbers are given, so that every decision can be tested as it is.
//!
//! The rules are those that AWS's and Stainless's SDKs have in common; they stand
//! at [`RetryPolicy`], which is what users see.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime};

use http::{HeaderMap, StatusCode};

use super::clock::Clock;
use super::error::Error;
use super::exchange::Exchange;
use super::sdk::{Operation, Repeat};
use super::transport_error::TimeoutKind;

/// When to send a request again, and how long to wait before.
///
/// `RetryPolicy::default().max_retries(5).deadline(Duration::from_secs(120))` is a
/// patient one, [`RetryPolicy::none`] never tries again. It is set on the client,
/// and on a call for that call alone.
///
/// - **What is tried again:** connections that do not come about, break or fall
///   silent, token servers that are busy, and the [`statuses`](Self::statuses) 408,
///   429, 500, 502, 503 and 504. The server has the last word with `x-should-retry`.
/// - **What might have been done already:** `POST` and `PATCH` are repeated only when
///   the server cannot have acted on them: no connection, 429, 503, a stream that
///   HTTP/2 says was not processed, or `x-should-retry: true`. With an idempotency
///   key, which all attempts of a call share, they are repeated like any other.
/// - **Bodies:** one that can be read only once is sent only once.
/// - **How long to wait:** what the server asks for, first in `retry-after-ms`, then
///   in `Retry-After` as seconds, whole or not, or as a date, up to
///   [`max_retry_after`](Self::max_retry_after). Otherwise a random time between
///   nothing and a step that doubles ([`backoff`](Self::backoff); "full jitter").
/// - **Until when:** no attempt begins after the policy's [`deadline`](Self::deadline)
///   or the call's timeout. When the wait would end later, nobody waits.
/// - **How many in all:** the clones of a client share a budget of retries, so that
///   an outage is not made worse by everyone's retries
///   ([`ClientBuilder::retry_budget`](super::ClientBuilder::retry_budget)).
/// - **Where to see it:** the number of attempts is in every response and
///   [`Error`](Error::attempts), which also says
///   [why there was no other](Error::not_retried_because); a [`Hook`](super::Hook)
///   sees each of them, and so does a trace. Nothing is sent again unseen.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    max_retries: u32,
    first_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    deadline: Option<Duration>,
    statuses: Cow<'static, [u16]>,
}

/// The statuses of answers that another try may turn into better ones.
const STATUSES: [u16; 6] = [408, 429, 500, 502, 503, 504];

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            first_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            deadline: None,
            statuses: Cow::Borrowed(&STATUSES),
        }
    }
}

impl RetryPolicy {
    /// Never tries again.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How many times to try again after the first attempt. Default: 2.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The step of the first wait, which doubles up to the second one. Each wait
    /// is a random part of its step. Default: 0.5 s and 8 s.
    #[must_use]
    pub fn backoff(mut self, first: Duration, max: Duration) -> Self {
        self.first_backoff = first;
        self.max_backoff = max;
        self
    }

    /// The longest `Retry-After` that is waited for. When the server asks for
    /// more, trying sooner would be of no use: the error comes out at once, and
    /// [`Error::retry_after`] says how long to wait. Default: 60 s.
    #[must_use]
    pub fn max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    /// How long after the start of the call an attempt may still begin, waits
    /// included. Default: as long as the call's timeout.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The statuses of the answers that are worth another try, in place of 408,
    /// 429, 500, 502, 503 and 504. Whether repeating the request does harm is
    /// asked all the same.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Whether another try might mend it.
    fn covers(&self, error: &Error) -> bool {
        match error {
            Error::Api(error) => {
                should_retry(error.headers()).unwrap_or(self.statuses.contains(&error.status().as_u16()))
            }
            _ => error.is_retryable(),
        }
    }

    /// How many times to try again.
    pub(crate) fn retries(&self) -> u32 {
        self.max_retries
    }

    /// The wait before retry number `retry`, counted from 0, when the server does not name one.
    fn jittered(&self, retry: u32, random: f64) -> Duration {
        let step = self.first_backoff.saturating_mul(2_u32.saturating_pow(retry)).min(self.max_backoff);
        step.mul_f64(random.clamp(0.0, 1.0))
    }
}

/// How many retries the clones of a client may still spend.
///
/// A retry takes tokens out, an answer puts them back, and a call that succeeds
/// at once earns a little. While a server is down the bucket runs dry, and each
/// call is tried once; as soon as calls succeed, it fills again.
#[derive(Debug)]
pub struct RetryBudget {
    tokens: AtomicU32,
    capacity: u32,
    cost: u32,
}

impl RetryBudget {
    /// How many retries there are at first, and at most.
    pub(crate) const RETRIES: u32 = 100;
    /// What a retry costs. When the server did not answer at all, it is twice as much.
    const COST: u32 = 5;
    /// What a call earns that succeeds at once.
    const REWARD: u32 = 1;

    /// A bucket for so many retries; one that never runs dry without a number.
    pub(crate) fn new(retries: Option<u32>) -> Self {
        let cost = retries.map_or(0, |_| Self::COST);
        let capacity = retries.unwrap_or(0).saturating_mul(cost);
        Self { tokens: AtomicU32::new(capacity), capacity, cost }
    }

    /// Takes out what another try after this error costs, if there is as much.
    fn spend(&self, error: &Error) -> Option<u32> {
        let cost = if matches!(error, Error::Api(_)) { self.cost } else { 2 * self.cost };
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(cost))
            .is_ok()
            .then_some(cost)
    }

    fn put_back(&self, tokens: u32) {
        // A full bucket is the usual case, and then nothing has to be written.
        if self.tokens.load(Ordering::Relaxed) < self.capacity {
            let add = |now: u32| Some(now.saturating_add(tokens).min(self.capacity));
            let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

/// What came of asking for another try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// Try again after this time.
    Wait(Duration),
    /// It is nothing that another try would mend.
    Final,
    /// Another try might mend it, and yet there is none, for this reason.
    GiveUp(&'static str),
}

/// The retries of one call.
#[derive(Debug)]
pub struct Retries<'a> {
    policy: &'a RetryPolicy,
    budget: &'a RetryBudget,
    clock: &'a dyn Clock,
    repeatable: bool,
    deadline: Option<Instant>,
    done: u32,
    spent: u32,
}

impl<'a> Retries<'a> {
    /// A call that began at `started` and has to be over at `deadline`.
    #[must_use]
    pub fn new(
        policy: &'a RetryPolicy,
        budget: &'a RetryBudget,
        clock: &'a dyn Clock,
        started: Instant,
        deadline: Option<Instant>,
    ) -> Self {
        let own = policy.deadline.and_then(|after| started.checked_add(after));
        let deadline = own.into_iter().chain(deadline).min();
        Self { policy, budget, clock, repeatable: false, deadline, done: 0, spent: 0 }
    }

    /// Says that doing the request twice does no harm.
    #[must_use]
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// What to do after an attempt that ended in this error.
    pub fn decide(&mut self, error: &Error, can_replay: bool) -> Decision {
        if !self.policy.covers(error) {
            return Decision::Final;
        }
        if self.done >= self.policy.max_retries {
            return Decision::Final;
        }
        if !self.repeatable && may_have_been_done(error) {
            return Decision::GiveUp("the server may have done it");
        }
        if !can_replay {
            return Decision::GiveUp("its body cannot be sent again");
        }
        let wait = match error.headers().and_then(|headers| retry_after(headers, self.clock.time_of_day())) {
            Some(asked) if asked > self.policy.max_retry_after => {
                return Decision::GiveUp("the server asks for a longer wait than allowed");
            }
            Some(asked) => asked,
            None => self.policy.jittered(self.done, self.clock.random()),
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

    /// Says that the call succeeded.
    pub fn succeeded(&self) {
        self.budget.put_back(if self.done == 0 { RetryBudget::REWARD } else { self.spent });
    }
}

/// Whether sending this request twice does no more than sending it once.
pub(crate) fn is_repeatable(operation: &Operation, has_idempotency_key: impl FnOnce() -> bool) -> bool {
    match operation.repeat {
        Repeat::ByMethod => operation.method.is_idempotent() || has_idempotency_key(),
        Repeat::Safe | Repeat::Keyed => true,
        Repeat::Unsafe => has_idempotency_key(),
    }
}

/// Whether the server may have acted on the request. It has not when it never
/// got it, when it says that it is too busy, and when it asks for another try.
fn may_have_been_done(error: &Error) -> bool {
    if error.exchange().is_some_and(Exchange::is_done) {
        return true;
    }
    match error {
        Error::Connect(_) | Error::Credential(_) => false,
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

/// Whether an answer of failure is worth another try.
pub(crate) fn is_retryable_answer(status: StatusCode, headers: &HeaderMap) -> bool {
    should_retry(headers).unwrap_or(STATUSES.contains(&status.as_u16()))
}

/// What the server itself says in `x-should-retry`.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    headers.get("x-should-retry")?.to_str().ok()?.trim().parse().ok()
}

/// How long the server asks to wait: `retry-after-ms`, or `Retry-After` in
/// seconds, whole or not, or as a date (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(millis) = text("retry-after-ms").and_then(number) {
        return Some(seconds(millis / 1000.0));
    }
    let text = text("retry-after")?;
    if let Some(number) = number(text) {
        return Some(seconds(number));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date that is past says that there is nothing left to wait for.
    Some(date.duration_since(now).unwrap_or_default())
}

/// Digits, perhaps with a point. Rust also takes `-1`, `inf` and `nan` for numbers.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.');
    text.parse().ok().filter(|_| is_plain)
}

/// A time of so many seconds. What is too long to be counted is the longest there is.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
