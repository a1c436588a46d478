//! Timeouts: how long a call may take, and how long the server may send nothing.
//!
//! A [`Timeouts`] belongs to a request from its first byte to the last byte of the
//! response. It owns at most one timer, starts it only when there is something to wait
//! for, and does not touch it while data is received.

use std::future::poll_fn;
#[cfg(feature = "bodies")]
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use super::clock::{Clock, Sleep};
#[cfg(feature = "bodies")]
use super::upload_activity::UploadActivity;

/// Which timeout expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The connection, with its TLS handshake.
    Connect,
    /// The wait for the response to begin, or to go on.
    Read,
    /// The call as a whole, retries and bodies included.
    Total,
    /// One of the caller's own HTTP client, which does not say how long it is.
    HttpClient,
}

/// When the timeout of a call expires.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    /// The moment.
    pub at: Instant,
    /// How long that is from the start of the call.
    pub limit: Duration,
}

/// The read timeout and the deadline of one request.
#[derive(Debug)]
pub struct Timeouts {
    clock: Arc<dyn Clock>,
    idle: Option<Duration>,
    deadline: Option<Deadline>,
    #[cfg(feature = "bodies")]
    /// Whether the request body makes progress, until all of it is sent.
    activity: Option<Arc<UploadActivity>>,
    /// When the current wait began; `None` while data is received.
    waiting_since: Option<Instant>,
    timer: Option<Timer>,
}

struct Timer(Sleep);

impl std::fmt::Debug for Timer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Timer")
    }
}

/// Which timeout expired, and how long it was.
pub type Expired = (TimeoutKind, Duration);

impl Timeouts {
    /// A read timeout of `idle` without data, and the deadline of the call.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, idle: Option<Duration>, deadline: Option<Deadline>) -> Self {
        Self {
            clock,
            idle,
            deadline,
            #[cfg(feature = "bodies")]
            activity: None,
            waiting_since: None,
            timer: None,
        }
    }

    #[cfg(feature = "bodies")]
    /// Sets the request body that is being sent: while that makes progress, the server need
    /// not send anything.
    pub(crate) fn set_upload(&mut self, activity: Option<Arc<UploadActivity>>) {
        self.activity = activity;
    }

    #[cfg(feature = "bodies")]
    /// What the caller's source of the request's body failed with, if it did.
    pub(crate) fn source_failure(&self) -> Option<io::Error> {
        self.activity.as_ref()?.take_failure()
    }

    /// Where it reads the time.
    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// Data was received: the next wait starts from zero.
    pub fn reset(&mut self) {
        self.waiting_since = None;
    }

    /// Whether the deadline has passed. A body that never pauses never gets to
    /// [`poll_expired`](Self::poll_expired), so this is called with each piece of it.
    #[must_use]
    pub fn overdue(&self) -> Option<Expired> {
        let deadline = self.deadline?;
        (self.clock.now() >= deadline.at).then_some((TimeoutKind::Total, deadline.limit))
    }

    /// Polled while there is no data: ready when a timeout has expired.
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

    /// How long until the first timeout, or the one that has expired.
    fn remaining(&self) -> Result<Duration, Expired> {
        let now = self.clock.now();
        let total = self.deadline.map(|deadline| (deadline.at, TimeoutKind::Total, deadline.limit));
        let idle = self.idle.and_then(|idle| {
            let since = self.waiting_since.unwrap_or(now);
            #[cfg(feature = "bodies")]
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

/// The output of a future, unless that takes longer than `limit`.
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
