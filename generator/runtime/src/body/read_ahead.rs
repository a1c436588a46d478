//! Reading with functions that block, on the blocking threads of the async runtime.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

/// What is read piece by piece. While one piece is on its way to the network, the
/// next is being read; there is never more than these two in memory. Nothing is
/// read before the first piece is asked for, and no more than one after it is dropped.
pub(crate) struct ReadAhead<R> {
    step: Step<R>,
    read: Read<R>,
}

/// Reads a piece, and gives what there is left to read from. An empty piece is none.
type Read<R> = fn(R) -> io::Result<(Bytes, Option<R>)>;

enum Step<R> {
    /// The next piece is to be read.
    Read(R),
    /// It is being read.
    Wait(JoinHandle<io::Result<(Bytes, Option<R>)>>),
    Over,
}

impl<R> ReadAhead<R> {
    /// What `read` makes of `source`.
    pub(crate) fn new(source: R, read: Read<R>) -> Self {
        Self { step: Step::Read(source), read }
    }
}

impl<R: Send + Unpin + 'static> Stream for ReadAhead<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let read = this.read;
        loop {
            match std::mem::replace(&mut this.step, Step::Over) {
                Step::Read(source) => this.step = Step::Wait(spawn_blocking(move || read(source))),
                Step::Wait(mut reading) => {
                    let Poll::Ready(result) = Pin::new(&mut reading).poll(context) else {
                        this.step = Step::Wait(reading);
                        return Poll::Pending;
                    };
                    let (piece, rest) = result.map_err(io::Error::other)??;
                    if let Some(source) = rest {
                        this.step = Step::Wait(spawn_blocking(move || read(source)));
                    }
                    return Poll::Ready((!piece.is_empty()).then_some(Ok(piece)));
                }
                Step::Over => return Poll::Ready(None),
            }
        }
    }
}
