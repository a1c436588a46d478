//! A request body on its way: the one thing that shows whether an upload makes headway.
//!
//! While a large body is being sent, the server has nothing to say, and that is
//! no silence to time out on. Neither is the time that the caller's own source
//! takes to come up with more.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::clock::Clock;

/// Bodies up to this size leave at once, and are not watched.
const SMALL: u64 = 64 * 1024;

/// The largest piece that is handed on at a time.
const PIECE: usize = 256 * 1024;

/// How far a body that is being sent has come.
#[derive(Debug)]
pub(crate) struct Headway {
    clock: Arc<dyn Clock>,
    started: Instant,
    /// When a piece was last taken, in nanoseconds after the start.
    last_move: AtomicU64,
    /// Whether it is the caller's source that is being waited for.
    source_is_slow: AtomicBool,
    /// What the caller's source failed with. The HTTP client does not say so once
    /// there is an answer.
    failure: Mutex<Option<io::Error>>,
}

impl Headway {
    fn moved(&self) {
        let elapsed = self.clock.now().saturating_duration_since(self.started);
        self.last_move.store(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// What the caller's source failed with, if it did.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn failed(&self, error: &reqwest::Error) {
        let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(error) = cause {
            if let Some(error) = error.downcast_ref::<io::Error>() {
                let copy = io::Error::new(error.kind(), error.to_string());
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(copy);
            }
            cause = error.source();
        }
    }

    /// Since when only the server can be to blame for nothing happening.
    pub(crate) fn server_silent_since(&self) -> Instant {
        if self.source_is_slow.load(Ordering::Relaxed) {
            return self.clock.now();
        }
        self.started + Duration::from_nanos(self.last_move.load(Ordering::Relaxed))
    }
}

/// Makes a body ready to be sent, with its headway when there is something to watch.
pub(crate) fn watch(body: reqwest::Body, clock: &Arc<dyn Clock>) -> (reqwest::Body, Option<Arc<Headway>>) {
    if body.as_bytes().is_some_and(|bytes| bytes.len() as u64 <= SMALL) {
        return (body, None);
    }
    let headway = Arc::new(Headway {
        clock: Arc::clone(clock),
        started: clock.now(),
        last_move: AtomicU64::new(0),
        source_is_slow: AtomicBool::new(false),
        failure: Mutex::new(None),
    });
    let watched = Watched { body, rest: Bytes::new(), headway: Arc::clone(&headway) };
    (reqwest::Body::wrap(watched), Some(headway))
}

/// A body that records when pieces of it are taken.
struct Watched {
    body: reqwest::Body,
    /// What is left of a piece that was too large to hand on as one.
    rest: Bytes,
    headway: Arc<Headway>,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        if self.rest.is_empty() {
            let next = Pin::new(&mut self.body).poll_frame(context);
            self.headway.source_is_slow.store(next.is_pending(), Ordering::Relaxed);
            match ready!(next) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(other) => return Poll::Ready(Some(Ok(other))),
                },
                Some(Err(error)) => {
                    self.headway.failed(&error);
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
        self.headway.moved();
        let end = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(end);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.len() as u64;
        let ahead = self.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(ahead.lower() + rest);
        if let Some(upper) = ahead.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

/// What is not sent any more waits for no source.
impl Drop for Watched {
    fn drop(&mut self) {
        self.headway.source_is_slow.store(false, Ordering::Relaxed);
        self.headway.moved();
    }
}
