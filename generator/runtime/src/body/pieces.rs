//! A request body that is sent piece by piece, and whether that makes progress.
//!
//! While a large body is being sent, the server has nothing to say, and that is
//! no silence to time out on. Neither is the time that the caller's own source
//! takes to come up with more.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::time::{Clock, UploadActivity};

/// The largest piece that is handed on at a time.
const PIECE: usize = 256 * 1024;

/// Bytes as they come from a source.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A body that is sent piece by piece.
pub(crate) struct Pieces {
    source: Source,
    /// What is left of a chunk that was too large to hand on as one.
    rest: Bytes,
    activity: Option<Arc<UploadActivity>>,
}

/// Where the rest of a body comes from.
enum Source {
    Bytes(Bytes),
    /// A source, and how many bytes are still to come, when that is known. An HTTP body
    /// has to be `Sync`, which the caller's streams need not be. The lock is never taken:
    /// sending it on takes the body by `&mut`.
    Chunks(Mutex<Chunks>, Option<u64>),
    Ended,
}

impl Pieces {
    /// These bytes.
    pub(crate) fn from_bytes(bytes: Bytes) -> Self {
        Self { source: Source::Bytes(bytes), rest: Bytes::new(), activity: None }
    }

    /// What a source yields, and how many bytes that is, when it is known.
    pub(crate) fn from_chunks(chunks: Chunks, length: Option<u64>) -> Self {
        Self { source: Source::Chunks(Mutex::new(chunks), length), rest: Bytes::new(), activity: None }
    }

    /// Records from now on when pieces of it are taken.
    pub(crate) fn monitor(&mut self, clock: &Arc<dyn Clock>) -> Arc<UploadActivity> {
        Arc::clone(self.activity.get_or_insert_with(|| Arc::new(UploadActivity::new(clock))))
    }

    /// The next piece.
    pub(crate) fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.rest.is_empty() {
            let next = self.source.poll_chunk(context);
            if let Some(activity) = &self.activity {
                activity.set_source_is_slow(next.is_pending());
            }
            match ready!(next) {
                Some(Ok(chunk)) => self.rest = chunk,
                Some(Err(error)) => {
                    if let Some(activity) = &self.activity {
                        activity.set_failure(io::Error::new(error.kind(), error.to_string()));
                    }
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
        if let Some(activity) = &self.activity {
            activity.moved();
        }
        let end = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(self.rest.split_to(end))))
    }

    /// Whether all of it has been taken, as far as that is known.
    pub(crate) fn is_over(&self) -> bool {
        self.rest.is_empty()
            && match &self.source {
                Source::Bytes(bytes) => bytes.is_empty(),
                Source::Chunks(..) => false,
                Source::Ended => true,
            }
    }

    /// How many bytes are still to come, when that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        let length = match &self.source {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Chunks(_, length) => *length,
            Source::Ended => Some(0),
        };
        length.map(|length| length + self.rest.len() as u64)
    }
}

impl Source {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let chunk = match self {
                Self::Ended => None,
                Self::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
                Self::Chunks(chunks, _) => {
                    let chunks = chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
                    ready!(chunks.as_mut().poll_next(context))
                }
            };
            match (&chunk, &mut *self) {
                (Some(Ok(chunk)), Self::Chunks(_, length)) => {
                    *length = length.map(|length| length.saturating_sub(chunk.len() as u64));
                }
                _ => *self = Self::Ended,
            }
            // An empty chunk says nothing to anyone.
            if !matches!(&chunk, Some(Ok(chunk)) if chunk.is_empty()) {
                return Poll::Ready(chunk);
            }
        }
    }
}

/// What is not sent any more waits for no source.
impl Drop for Pieces {
    fn drop(&mut self) {
        if let Some(activity) = &self.activity {
            activity.set_source_is_slow(false);
            activity.moved();
        }
    }
}
