//! Counts the bytes of a source, for the progress, and compares them with the announced length.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::pieces::Chunks;
use super::progress::ProgressCallback;
use super::upload::Failure;

/// Yields the chunks of a source, and fails if they are not as long as was announced.
pub(crate) struct CountingChunks {
    chunks: Chunks,
    announced: Option<u64>,
    sent: u64,
    progress: ProgressCallback,
    failure: Failure,
    is_over: bool,
}

impl CountingChunks {
    pub(crate) fn new(
        chunks: Chunks,
        announced: Option<u64>,
        progress: ProgressCallback,
        failure: Failure,
    ) -> Self {
        Self { chunks, announced, sent: 0, progress, failure, is_over: false }
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let Some(chunk) = ready!(self.chunks.as_mut().poll_next(context)?) else {
            return Poll::Ready(self.check_end().err().map(Err));
        };
        self.sent += chunk.len() as u64;
        match self.announced {
            Some(announced) if self.sent > announced => return Poll::Ready(Some(Err(too_long(announced)))),
            Some(announced) if self.sent == announced && !chunk.is_empty() => {
                // With this chunk the request is complete. A source that has more is wrong
                // about its length, and this is the last chance to fail; one that is not
                // ready is not waited for.
                self.is_over = true;
                if self.has_more(context)? {
                    return Poll::Ready(Some(Err(too_long(announced))));
                }
            }
            _ => {}
        }
        self.progress.report(self.sent, self.announced);
        Poll::Ready(Some(Ok(chunk)))
    }

    fn has_more(&mut self, context: &mut Context<'_>) -> io::Result<bool> {
        loop {
            match self.chunks.as_mut().poll_next(context)? {
                Poll::Ready(Some(chunk)) if chunk.is_empty() => {}
                Poll::Ready(Some(_)) => return Ok(true),
                Poll::Ready(None) | Poll::Pending => return Ok(false),
            }
        }
    }

    fn check_end(&self) -> io::Result<()> {
        match self.announced {
            Some(announced) if self.sent < announced => Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!("it ended after {} of {announced} bytes", self.sent),
            )),
            _ => Ok(()),
        }
    }
}

fn too_long(announced: u64) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("it yields more than the {announced} bytes that were announced"),
    )
}

impl Stream for CountingChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let next = this.poll_chunk(context);
        match next {
            Poll::Ready(Some(Err(error))) => {
                this.is_over = true;
                // The HTTP client gets a copy, the caller the error itself.
                let copy = io::Error::new(error.kind(), error.to_string());
                this.failure.set(error);
                Poll::Ready(Some(Err(copy)))
            }
            Poll::Ready(None) => {
                this.is_over = true;
                Poll::Ready(None)
            }
            next => next,
        }
    }
}
