//! Time and chance, in one place, so that tests can replace them.

use std::fmt;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A wait in progress.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// Where a client takes the time and its random numbers from.
///
/// The default is the clock of tokio. A test that does not want to wait sets
/// one of its own with [`ClientBuilder::clock`](crate::runtime::ClientBuilder::clock).
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time that timeouts and waits are measured by. It never goes back.
    fn now(&self) -> Instant;

    /// The time of day, which the date in a `Retry-After` is compared with.
    fn time_of_day(&self) -> SystemTime;

    /// Waits. A timeout is a race against such a wait, which is dropped when it is won.
    fn sleep(&self, duration: Duration) -> Sleep;

    /// Waits between two attempts. The same as [`sleep`](Self::sleep), apart from
    /// it so that a test can let these waits pass and leave timeouts alone.
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
        fastrand::f64()
    }
}
