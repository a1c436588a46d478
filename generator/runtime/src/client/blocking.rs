//! Calls without `.await`, for programs that are not async (feature `blocking`).
//!
//! Where async code says `.await`, blocking code says `.block()`, with [`BlockingFuture`] in scope.
//! Streams of events, lines, pages or items become iterators with [`BlockingStream`]. A
//! download is written to a [`std::io::Write`] with
//! [`Download::copy_to`] and read from with [`Reader`]; [`upload_from_reader`] and
//! [`upload_from_opener`] take a file from a [`std::io::Read`].
//!
//! The work is done by an async runtime of this crate, which all clients share and which
//! is started when it is first needed.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::pin::{Pin, pin};
use std::sync::{Arc, LazyLock};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::{Builder, Runtime};

use crate::runtime::body::{CHUNK, Chunks, FileUpload, ReadAhead, Source, in_background};
use crate::runtime::error::Error;
use crate::runtime::response::Download;

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

/// A blocking reader of an async one.
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
        poll_fn(|context| pin!(&mut self.reader).poll_read(context, &mut buffer)).block()?;
        Ok(buffer.filled().len())
    }
}

/// A file to upload from a reader. It is read in the background, no faster than it is
/// sent, and not before that begins. It can be sent only once; a path or bytes can be
/// sent again when an attempt fails.
pub fn upload_from_reader(reader: impl Read + Send + 'static) -> FileUpload {
    FileUpload::from_stream(pieces(reader))
}

/// A file to upload from readers that a function opens: a new one for each attempt, so
/// that it can be sent again.
pub fn upload_from_opener<R: Read + Send + 'static>(
    open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
) -> FileUpload {
    let open = Arc::new(open);
    FileUpload::new(Source::Opener(Arc::new(move || {
        let open = Arc::clone(&open);
        Box::pin(async move { Ok(Box::pin(pieces(in_background(move || open()).await?)) as Chunks) })
    })))
}

/// What a reader yields, read in the background.
fn pieces(reader: impl Read + Send + 'static) -> ReadAhead<Box<dyn Read + Send>> {
    ReadAhead::new(Box::new(reader), read_piece)
}

/// Reads what there is, which may be little: a reader that trickles is not waited for.
fn read_piece<R: Read>(mut reader: R) -> io::Result<(Bytes, Option<R>)> {
    let mut piece = BytesMut::zeroed(CHUNK);
    loop {
        match reader.read(&mut piece) {
            Ok(length) => {
                piece.truncate(length);
                return Ok((piece.freeze(), (length > 0).then_some(reader)));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Download {
    /// Writes it to a writer, and returns its length in bytes. What was received before an
    /// error has been written by then.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when it cannot be written, and any error of the connection.
    pub fn copy_to(self, writer: &mut (impl Write + ?Sized)) -> Result<u64, Error> {
        let mut stream = self.stream();
        let metadata = stream.metadata().clone();
        let failed = |error: io::Error| Error::body(error).in_call(&metadata);
        let mut length = 0;
        while let Some(piece) = stream.next().block() {
            let piece = piece?;
            writer.write_all(&piece).map_err(failed)?;
            length += piece.len() as u64;
        }
        writer.flush().map_err(failed)?;
        Ok(length)
    }
}
