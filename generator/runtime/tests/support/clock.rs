//! A clock for tests: time stands still unless it is moved.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use sdk_runtime::runtime::{Clock, Sleep};

/// A clock that moves when it is told to, and by the waits between attempts,
/// which are over at once.
#[derive(Clone, Debug)]
pub struct TestClock {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    start: Instant,
    elapsed: Duration,
    pauses: Vec<Duration>,
    random: f64,
    wakers: Vec<Waker>,
}

impl TestClock {
    /// A clock whose random number is always 0.5.
    pub fn new() -> Self {
        let state = State {
            start: Instant::now(),
            elapsed: Duration::ZERO,
            pauses: Vec::new(),
            random: 0.5,
            wakers: Vec::new(),
        };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// The same clock, for a client.
    pub fn shared(&self) -> Arc<dyn Clock> {
        Arc::new(self.clone())
    }

    /// Sets the random number.
    pub fn set_random(&self, random: f64) {
        self.with(|state| state.random = random);
    }

    /// Moves the time on.
    pub fn advance(&self, duration: Duration) {
        let wakers = self.with(|state| {
            state.elapsed += duration;
            std::mem::take(&mut state.wakers)
        });
        wakers.into_iter().for_each(Waker::wake);
    }

    /// The waits between attempts so far.
    pub fn pauses(&self) -> Vec<Duration> {
        self.with(|state| state.pauses.clone())
    }

    /// The time of day that the clock starts at.
    pub fn start_of_day() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().expect("no test panics with the lock"))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        self.with(|state| state.start + state.elapsed)
    }

    fn time_of_day(&self) -> SystemTime {
        Self::start_of_day() + self.with(|state| state.elapsed)
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let due = self.now() + duration;
        Box::pin(Timer { clock: self.clone(), due })
    }

    fn pause(&self, duration: Duration) -> Sleep {
        self.with(|state| state.pauses.push(duration));
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        self.with(|state| state.random)
    }
}

struct Timer {
    clock: TestClock,
    due: Instant,
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        clock.with(|state| {
            if state.start + state.elapsed >= self.due {
                return Poll::Ready(());
            }
            state.wakers.push(context.waker().clone());
            Poll::Pending
        })
    }
}
