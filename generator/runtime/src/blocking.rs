//! Calls without `.await`, for programs that are not async (feature `blocking`).
//!
//! Everything in this crate that is awaited can be waited for instead: where
//! async code says `.await`, blocking code says `.wait()`, with [`Wait`] in
//! scope. Streams become iterators with [`Iterate`], readers become
//! [`std::io::Read`] with [`Reader`], and [`upload`] takes a file from one.
//!
//! The work is done by a runtime of this crate's own, which all clients share
//! and which is started when it is first needed.

use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::sync::LazyLock;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

use super::upload::FileUpload;

/// How much of a file is read at a time.
const PIECE: usize = 64 * 1024;

static RUNTIME: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(1).thread_name("sdk-blocking").enable_all().build()
});

/// Waits for what a future comes to.
pub trait Wait: Future + Sized {
    /// Waits, as `.await` would in async code.
    ///
    /// # Panics
    ///
    /// In async code, which would be held up by it and has `.await` for that, and
    /// when the system has no thread to spare.
    fn wait(self) -> Self::Output {
        match &*RUNTIME {
            Ok(runtime) => runtime.block_on(self),
            Err(error) => panic!("the thread that does the work cannot be started: {error}"),
        }
    }
}

impl<F: Future> Wait for F {}

/// Turns a stream into an iterator.
pub trait Iterate: Stream + Unpin + Sized {
    /// The items one by one, each waited for when it is asked for.
    fn iterate(self) -> Iter<Self> {
        Iter { stream: self }
    }
}

impl<S: Stream + Unpin> Iterate for S {}

/// The items of a stream, one by one.
#[derive(Debug)]
pub struct Iter<S> {
    stream: S,
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        poll_fn(|context| Pin::new(&mut self.stream).poll_next(context)).wait()
    }
}

/// Reads from what async code reads from.
#[derive(Debug)]
pub struct Reader<R> {
    reader: R,
}

impl<R: AsyncRead + Unpin> Reader<R> {
    /// Reads from `reader`.
    pub fn new(reader: R) -> Self {
        Self { reader }
    }
}

impl<R: AsyncRead + Unpin> Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(buffer);
        poll_fn(|context| pin!(&mut self.reader).poll_read(context, &mut buffer)).wait()?;
        Ok(buffer.filled().len())
    }
}

/// A file to upload from what a reader yields, which is read on a thread of its
/// own, no faster than it is sent. It can be sent once; a path or bytes can be
/// sent again when an attempt fails.
pub fn upload(reader: impl Read + Send + 'static) -> FileUpload {
    let (sender, receiver) = mpsc::channel(2);
    let started = std::thread::Builder::new().name("sdk-upload".to_owned()).spawn({
        let sender = sender.clone();
        move || send_pieces(reader, &sender)
    });
    if let Err(error) = started {
        // The channel is new, so there is room for this.
        let _ = sender.try_send(Err(error));
    }
    FileUpload::from_stream(Pieces(receiver))
}

/// Sends what a reader yields until it ends, or until nobody wants it any more.
fn send_pieces(mut reader: impl Read, sender: &mpsc::Sender<io::Result<Bytes>>) {
    loop {
        let mut piece = BytesMut::zeroed(PIECE);
        let sent = match reader.read(&mut piece) {
            Ok(0) => return,
            Ok(length) => sender.blocking_send(Ok(piece.split_to(length).freeze())),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                // It is the last thing there is to say, to whoever still listens.
                let _ = sender.blocking_send(Err(error));
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

/// What comes out of the thread that reads.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
