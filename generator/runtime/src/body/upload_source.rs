//! Where the bytes of an upload come from: memory, a file, a reader, a stream.
//!
//! A `Source` is opened once for each attempt, and then yields `Chunks`.
//! Nothing here knows of HTTP.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::file_chunks;
use super::pieces::Chunks;
use crate::runtime::error::BoxError;

/// How much is read at a time: enough that the cost of a read does not show, and
/// little beside what a process takes anyway.
pub(crate) const CHUNK: usize = 256 * 1024;

/// Opens a source anew.
type Opener = Arc<dyn Fn() -> Opening + Send + Sync>;
type Opening = Pin<Box<dyn Future<Output = io::Result<Chunks>> + Send>>;

/// Where the bytes of an upload come from.
pub(crate) enum Source {
    /// Memory.
    Bytes(Bytes),
    /// A file on disk.
    Path(PathBuf),
    /// A function that opens it, for each attempt anew.
    Opener(Opener),
    /// A reader or stream that can be read once; `None` when it has been. The lock
    /// is never taken: it lets an upload be shared though the stream cannot be.
    Once(Mutex<Option<Chunks>>),
}

impl Source {
    pub(crate) fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::once(ReaderChunks::boxed(reader))
    }

    pub(crate) fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::once(Box::pin(StreamChunks(Box::pin(stream))))
    }

    fn once(chunks: Chunks) -> Self {
        Self::Once(Mutex::new(Some(chunks)))
    }

    pub(crate) fn opener<F, O, R>(open: F) -> Self
    where
        F: Fn() -> O + Send + Sync + 'static,
        O: Future<Output = io::Result<R>> + Send + 'static,
        R: AsyncRead + Send + 'static,
    {
        Self::Opener(Arc::new(move || {
            let reader = open();
            Box::pin(async move { Ok(ReaderChunks::boxed(reader.await?)) })
        }))
    }

    /// The same source again, if it can be read more than once.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        match self {
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Path(path) => Some(Self::Path(path.clone())),
            Self::Opener(open) => Some(Self::Opener(Arc::clone(open))),
            Self::Once(_) => None,
        }
    }

    /// All of it, when it is in memory.
    pub(crate) fn in_memory(&self) -> Option<Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::Path(_) | Self::Opener(_) | Self::Once(_) => None,
        }
    }

    /// Opens it, and says how many bytes will come: the ones that are there now,
    /// or as many as the caller announced.
    pub(crate) async fn open(&mut self, length: Option<u64>) -> io::Result<(Chunks, Option<u64>)> {
        match self {
            Self::Bytes(bytes) => Ok((BytesChunks::boxed(bytes.clone()), Some(bytes.len() as u64))),
            Self::Path(path) => file_chunks::open(path.clone()).await,
            Self::Opener(open) => Ok((open().await?, length)),
            Self::Once(chunks) => match chunks.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
                Some(chunks) => Ok((chunks, length)),
                None => Err(io::Error::other("it can be read only once, and has been read")),
            },
        }
    }
}

/// Memory in chunks, so that progress can be reported.
struct BytesChunks(Bytes);

impl BytesChunks {
    fn boxed(bytes: Bytes) -> Chunks {
        Box::pin(Self(bytes))
    }
}

impl Stream for BytesChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = self.0.len().min(CHUNK);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}

/// What a reader yields.
struct ReaderChunks<R> {
    reader: Pin<Box<R>>,
    buffer: BytesMut,
}

impl<R: AsyncRead + Send + 'static> ReaderChunks<R> {
    fn boxed(reader: R) -> Chunks {
        Box::pin(Self { reader: Box::pin(reader), buffer: BytesMut::new() })
    }
}

impl<R: AsyncRead> Stream for ReaderChunks<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // A reader that trickles must not make a buffer of each drop.
        const LEAST: usize = 8 * 1024;
        let this = self.get_mut();
        if this.buffer.capacity() < LEAST {
            this.buffer.reserve(CHUNK);
        }
        // The future holds no state of its own, so it can be made anew for each poll.
        let read = ready!(pin!(this.reader.read_buf(&mut this.buffer)).poll(context))?;
        Poll::Ready((read > 0).then(|| Ok(this.buffer.split().freeze())))
    }
}

/// What a stream of the caller's yields, in our types.
struct StreamChunks<S>(Pin<Box<S>>);

impl<S, B, E> Stream for StreamChunks<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|next| next.map(|chunk| chunk.map(Into::into).map_err(to_io)))
    }
}

/// An I/O error stays what it is, so that callers find the one that they returned.
fn to_io(error: impl Into<BoxError>) -> io::Error {
    match error.into().downcast::<io::Error>() {
        Ok(error) => *error,
        Err(error) => io::Error::other(error),
    }
}
