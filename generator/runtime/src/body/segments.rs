//! A body that is being sent: an HTTP body of segments, in memory or from a source.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::source::Chunks;

/// A stretch of a body that is being sent.
pub(crate) enum Segment {
    /// It is in memory.
    Bytes(Bytes),
    /// It comes from a source, in so many bytes when that is known.
    Chunks(Chunks, Option<u64>),
}

/// A body that is being sent: its segments, one after the other.
pub(crate) struct Segments {
    /// An HTTP body has to be `Sync`, which the caller's streams need not be. The
    /// lock is never taken: sending it on takes the body by `&mut`.
    rest: Mutex<VecDeque<Segment>>,
    /// How many bytes are still to come, when that is known.
    length: Option<u64>,
}

impl FromIterator<Segment> for Segments {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        let segments: VecDeque<_> = segments.into_iter().collect();
        let length = segments.iter().try_fold(0_u64, |sum, segment| match segment {
            Segment::Bytes(bytes) => sum.checked_add(bytes.len() as u64),
            Segment::Chunks(_, length) => sum.checked_add((*length)?),
        });
        Self { rest: Mutex::new(segments), length }
    }
}

impl Segments {
    /// How many bytes are still to come, when that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let rest = self.rest.get_mut().unwrap_or_else(PoisonError::into_inner);
        loop {
            let chunk = match rest.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    rest.pop_front();
                    Ok(bytes)
                }
                Some(Segment::Chunks(chunks, _)) => match chunks.as_mut().poll_next(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(chunk)) => chunk,
                    Poll::Ready(None) => {
                        rest.pop_front();
                        continue;
                    }
                },
            };
            match chunk {
                Ok(chunk) if chunk.is_empty() => {}
                Ok(chunk) => return Poll::Ready(Some(Ok(chunk))),
                Err(error) => {
                    rest.clear();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl http_body::Body for Segments {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let next = self.poll_chunk(context);
        if let (Poll::Ready(Some(Ok(chunk))), Some(length)) = (&next, &mut self.length) {
            *length = length.saturating_sub(chunk.len() as u64);
        }
        next.map_ok(Frame::data)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl fmt::Debug for Segments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segments").field("length", &self.length).finish_non_exhaustive()
    }
}
