//! Calls without `.await`, for programs that are not async (feature `blocking`).
//!
//! Where async code says `.await`, blocking code says `.block()`, with [`BlockingFuture`] in scope.
//! Streams of events, lines, pages or items become iterators with [`BlockingStream`]. Downloads are
//! written to a [`std::io::Write`], and uploads read from a [`std::io::Read`].
//!
//! The work is done by an async runtime of this crate, which all clients share and which
//! is started when it is first needed.

#[cfg(feature = "downloads")]
mod download;
#[cfg(feature = "uploads")]
mod upload;

#[cfg(feature = "downloads")]
pub use download::Reader;
#[cfg(feature = "uploads")]
pub use upload::{upload_from_opener, upload_from_reader};

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::LazyLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Runtime};

static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(1).thread_name("sdk-blocking").enable_all().build()
});

/// Waits for the output of a future.
pub trait BlockingFuture: Future + Sized {
    /// Waits, as `.await` would in async code.
    ///
    /// # Panics
    ///
    /// In async code, where `.await` is the right way, and when no thread can be started.
    fn block(self) -> Self::Output {
        match &*RUNTIME {
            Ok(runtime) => runtime.block_on(self),
            Err(error) => panic!("the thread of the async runtime cannot be started: {error}"),
        }
    }
}

impl<F: Future> BlockingFuture for F {}

/// Turns a stream into an iterator.
pub trait BlockingStream: Stream + Unpin + Sized {
    /// Returns an iterator over the items, which blocks until the next one is there.
    fn blocking_iter(self) -> Iter<Self> {
        Iter { stream: self }
    }
}

impl<S: Stream + Unpin> BlockingStream for S {}

/// The items of a stream, one by one.
#[derive(Debug)]
pub struct Iter<S> {
    stream: S,
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        poll_fn(|context| Pin::new(&mut self.stream).poll_next(context)).block()
    }
}
