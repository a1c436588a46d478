//! Timeouts: how long a call may take, and how long the server may be silent.
//!
//! A [`Timeouts`] goes with a request from its first byte to the last byte of
//! the answer. It owns at most one timer, makes it only when there is something
//! to wait for, and does not touch it while data flows.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use super::clock::{Clock, Sleep};
use super::upload_activity::UploadActivity;

/// What took longer than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The connection, with its TLS handshake.
    Connect,
    /// The wait for the answer to begin, or to go on.
    Read,
    /// The call as a whole, retries and bodies included.
    Total,
    /// Whatever the caller's own HTTP client limits; how long that is it does not say.
    HttpClient,
}

/// When a call has to be over.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    /// The moment.
    pub at: Instant,
    /// How long the call had from its start.
    pub limit: Duration,
}

/// Watches one metadata for the read timeout and the call's deadline.
#[derive(Debug)]
pub struct Timeouts {
    clock: Arc<dyn Clock>,
    idle: Option<Duration>,
    deadline: Option<Deadline>,
    /// How far the request has come, as long as that is not all gone.
    activity: Option<Arc<UploadActivity>>,
    /// When the wait that is going on began; `None` while data flows.
    waiting_since: Option<Instant>,
    timer: Option<Timer>,
}

struct Timer(Sleep);

impl std::fmt::Debug for Timer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Timer")
    }
}

/// What ran out, and how long it was.
pub type Expired = (TimeoutKind, Duration);

impl Timeouts {
    /// Watches for `idle` time without data, and for the deadline of the call.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, idle: Option<Duration>, deadline: Option<Deadline>) -> Self {
        Self { clock, idle, deadline, activity: None, waiting_since: None, timer: None }
    }

    /// Watches a request whose body is being sent, too: as long as that makes
    /// headway, the server is not silent.
    pub(crate) fn with_upload(self, activity: Option<Arc<UploadActivity>>) -> Self {
        Self { activity, ..self }
    }

    /// What the caller's source of the request's body failed with, if it did.
    pub(crate) fn source_failure(&self) -> Option<io::Error> {
        self.activity.as_ref()?.take_failure()
    }

    /// What it takes the time from.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// Data came, or the other side is not the one to wait for: a wait starts anew.
    pub fn reset(&mut self) {
        self.waiting_since = None;
    }

    /// Whether the deadline is past. Data that never stops flowing never gets to
    /// [`poll_expired`](Self::poll_expired), so this is asked with each piece of it.
    #[must_use]
    pub fn overdue(&self) -> Option<Expired> {
        let deadline = self.deadline?;
        (self.clock.now() >= deadline.at).then_some((TimeoutKind::Total, deadline.limit))
    }

    /// Called while there is no data: ready when the wait has become too long.
    pub fn poll_expired(&mut self, context: &mut Context<'_>) -> Poll<Expired> {
        if self.idle.is_none() && self.deadline.is_none() {
            return Poll::Pending;
        }
        if self.waiting_since.is_none() {
            self.waiting_since = Some(self.clock.now());
        }
        loop {
            if let Some(timer) = &mut self.timer {
                ready!(timer.0.as_mut().poll(context));
                self.timer = None;
            }
            match self.remaining() {
                Ok(remaining) => self.timer = Some(Timer(self.clock.sleep(remaining))),
                Err(expired) => return Poll::Ready(expired),
            }
        }
    }

    /// How long until the first of the limits, or the one that is past.
    fn remaining(&self) -> Result<Duration, Expired> {
        let now = self.clock.now();
        let total = self.deadline.map(|deadline| (deadline.at, TimeoutKind::Total, deadline.limit));
        let idle = self.idle.and_then(|idle| {
            let since = self.waiting_since.unwrap_or(now);
            let since = self.activity.as_ref().map_or(since, |sent| since.max(sent.server_silent_since()));
            Some((since.checked_add(idle)?, TimeoutKind::Read, idle))
        });
        let mut remaining = Duration::MAX;
        for (at, kind, limit) in total.into_iter().chain(idle) {
            match at.checked_duration_since(now) {
                Some(left) if !left.is_zero() => remaining = remaining.min(left),
                _ => return Err((kind, limit)),
            }
        }
        Ok(remaining)
    }
}

/// What the future comes to, unless that takes longer than `limit`.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let mut timer = clock.sleep(limit);
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
