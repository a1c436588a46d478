//! Time and random numbers, in one place, so that tests can replace them.

use std::fmt;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

use crate::runtime::value::random_fraction;

/// A wait.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// Where a client reads the time and its random numbers.
///
/// The default is [`SystemClock`]. A test that does not want to wait sets one of its own
/// with [`ClientBuilder::clock`](crate::runtime::ClientBuilder::clock).
pub trait Clock: Send + Sync + fmt::Debug {
    /// The monotonic time, for timeouts and waits.
    fn now(&self) -> Instant;

    /// The time of day, for the date in a `Retry-After`.
    fn time_of_day(&self) -> SystemTime;

    /// Waits. A timeout is such a wait, which is dropped when it is not needed any more.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Waits between two attempts. The same as [`sleep`](Self::sleep); a test can
    /// implement it separately, to skip these waits but no timeout.
    fn pause(&self, duration: Duration) -> Sleep {
        self.sleep(duration)
    }

    /// A random number from 0 to 1, without 1.
    fn random(&self) -> f64;
}

/// Tokio's timers and the system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn time_of_day(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> f64 {
        random_fraction()
    }
}
