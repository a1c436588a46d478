//! A download as a reader, for code that reads rather than streams.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes};
use futures_core::Stream as _;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::download::DownloadStream;
use crate::runtime::error::Error;
use crate::runtime::time::TimeoutKind;

/// A reader of a file that is being downloaded. It has a buffer of its own.
///
/// Its errors are [`Error`]s inside of an [`io::Error`]; [`io::Error::downcast`] returns
/// them.
#[derive(Debug)]
pub struct DownloadReader {
    stream: DownloadStream,
    /// What is left of the last piece.
    piece: Bytes,
}

impl DownloadReader {
    pub(crate) fn new(stream: DownloadStream) -> Self {
        Self { stream, piece: Bytes::new() }
    }
}

impl AsyncBufRead for DownloadReader {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.piece.is_empty() {
            match ready!(Pin::new(&mut this.stream).poll_next(context)) {
                Some(Ok(piece)) => this.piece = piece,
                Some(Err(error)) => return Poll::Ready(Err(to_io(error))),
                None => break,
            }
        }
        Poll::Ready(Ok(&this.piece))
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        self.get_mut().piece.advance(amount);
    }
}

impl AsyncRead for DownloadReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let piece = ready!(self.as_mut().poll_fill_buf(context))?;
        let amount = piece.len().min(buffer.remaining());
        buffer.put_slice(&piece[..amount]);
        self.consume(amount);
        Poll::Ready(Ok(()))
    }
}

fn to_io(error: Error) -> io::Error {
    let kind = match &error {
        Error::Timeout(timeout) if timeout.kind() != TimeoutKind::Connect => io::ErrorKind::TimedOut,
        Error::Interrupted(_) => io::ErrorKind::UnexpectedEof,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
