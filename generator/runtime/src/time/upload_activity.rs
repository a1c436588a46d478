//! How a request body is being sent: whether it makes progress, which timeouts ask, and what its source failed
//! with, which stands here because only this state outlives the HTTP client's use of the body.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::clock::Clock;

/// When a body that is being sent last made progress, and whom it waits for.
#[derive(Debug)]
pub(crate) struct UploadActivity {
    clock: Arc<dyn Clock>,
    started: Instant,
    /// When a piece was last taken, in nanoseconds after the start.
    last_move: AtomicU64,
    /// Whether it is the caller's source that is being waited for.
    source_is_slow: AtomicBool,
    /// What the caller's source failed with. The HTTP client does not say so once
    /// there is a response.
    failure: Mutex<Option<io::Error>>,
}

impl UploadActivity {
    /// Of a body that is sent from now on.
    pub(crate) fn new(clock: &Arc<dyn Clock>) -> Self {
        Self {
            clock: Arc::clone(clock),
            started: clock.now(),
            last_move: AtomicU64::new(0),
            source_is_slow: AtomicBool::new(false),
            failure: Mutex::new(None),
        }
    }

    /// A piece was taken.
    pub(crate) fn moved(&self) {
        let elapsed = self.clock.now().saturating_duration_since(self.started);
        self.last_move.store(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Records whether it is the caller's source that is being waited for.
    pub(crate) fn set_source_is_slow(&self, is_slow: bool) {
        self.source_is_slow.store(is_slow, Ordering::Relaxed);
    }

    /// Records what the caller's source failed with.
    pub(crate) fn set_failure(&self, error: io::Error) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    /// What the caller's source failed with, if it did.
    pub(crate) fn take_failure(&self) -> Option<io::Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Since when it is the server that is waited for.
    pub(crate) fn server_silent_since(&self) -> Instant {
        if self.source_is_slow.load(Ordering::Relaxed) {
            return self.clock.now();
        }
        self.started + Duration::from_nanos(self.last_move.load(Ordering::Relaxed))
    }
}
