//! A file in chunks, read ahead on the runtime's blocking threads.

use std::fs::File;
use std::future::Future;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

use super::source::{CHUNK, Chunks};

/// A file in chunks. While one chunk is on its way to the network, the next is
/// being read; there is never more than these two in memory.
pub(crate) struct FileChunks {
    /// `None` at the end.
    reading: Option<JoinHandle<io::Result<(Bytes, Cursor)>>>,
}

impl FileChunks {
    /// Opens a file, and says how long it is, unless it is a pipe or a device.
    pub(crate) async fn open(path: PathBuf) -> io::Result<(Chunks, Option<u64>)> {
        let cursor = in_background(move || Cursor::open(&path)).await?;
        let length = cursor.left;
        let chunks = Self { reading: Some(spawn_blocking(move || cursor.read())) };
        Ok((Box::pin(chunks), length))
    }
}

impl Stream for FileChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let result = ready!(Pin::new(reading).poll(context));
        self.reading = None;
        let (chunk, cursor) = result.map_err(io::Error::other)??;
        if chunk.is_empty() {
            return Poll::Ready(None);
        }
        if cursor.left != Some(0) {
            self.reading = Some(spawn_blocking(move || cursor.read()));
        }
        Poll::Ready(Some(Ok(chunk)))
    }
}

/// Runs what blocks where it may.
pub(crate) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A place in a file that is being read from front to back.
struct Cursor {
    file: File,
    /// How much is still to come. The length that was announced with the request
    /// cannot be taken back, so a file that turns out longer or shorter is an error.
    left: Option<u64>,
}

impl Cursor {
    fn open(path: &std::path::Path) -> io::Result<Self> {
        let file = File::open(path).map_err(|error| about(path, &error))?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(about(path, &io::ErrorKind::IsADirectory.into()));
        }
        Ok(Self { file, left: metadata.is_file().then_some(metadata.len()) })
    }

    /// Reads a chunk; an empty one at the end.
    fn read(mut self) -> io::Result<(Bytes, Self)> {
        // The read that should come to the end of the file asks for one byte more
        // than should be there, so that a file that grew is noticed before the
        // last of the announced bytes are sent and the request is complete.
        let expected = self.left.map(|left| left.min(CHUNK as u64));
        let wanted = match self.left {
            Some(left) if left <= CHUNK as u64 => left + 1,
            _ => CHUNK as u64,
        };
        let mut chunk = Vec::with_capacity(usize::try_from(wanted).unwrap_or(CHUNK));
        let read = (&self.file).take(wanted).read_to_end(&mut chunk)? as u64;
        if let (Some(left), Some(expected)) = (&mut self.left, expected) {
            if read < expected {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "the file got shorter while it was sent",
                ));
            }
            if read > expected {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the file got longer while it was sent",
                ));
            }
            *left -= read;
        }
        Ok((chunk.into(), self))
    }
}

/// The same error, with the path that it is about.
pub(crate) fn about(path: &std::path::Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
