//! Calls without `.await`, for programs that are not async (feature `blocking`).
//!
//! Everything in this crate that is awaited can be waited for instead: where
//! async code says `.await`, blocking code says `.wait()`, with [`Wait`] in
//! scope. Streams, whether of events, of lines, of pages or of items, become
//! iterators with [`Iterate`]. A download is written to a [`std::io::Write`] with
//! [`Download::copy_to`] and read from with [`Reader`]; [`upload`] and
//! [`upload_opened`] take a file from a [`std::io::Read`].
//!
//! The work is done by a runtime of this crate's own, which all clients share
//! and which is started when it is first needed.

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

/// A file to upload from what a reader yields. It is read in the background, no
/// faster than it is sent, and not before that begins. It can be sent once; a path
/// or bytes can be sent again when an attempt fails.
pub fn upload(reader: impl Read + Send + 'static) -> FileUpload {
    FileUpload::from_stream(pieces(reader))
}

/// A file to upload from what the readers yield that a function opens: a new one
/// for each attempt, so that it can be sent again.
pub fn upload_opened<R: Read + Send + 'static>(
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
    /// Writes it to a writer, and gives its length. What came before an error has
    /// been written by then.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when it cannot be written, and whatever reading it ends in.
    pub fn copy_to(self, writer: &mut (impl Write + ?Sized)) -> Result<u64, Error> {
        let mut stream = self.stream();
        let metadata = stream.metadata().clone();
        let failed = |error: io::Error| Error::body(error).in_call(&metadata);
        let mut length = 0;
        while let Some(piece) = stream.next().wait() {
            let piece = piece?;
            writer.write_all(&piece).map_err(failed)?;
            length += piece.len() as u64;
        }
        writer.flush().map_err(failed)?;
        Ok(length)
    }
}
