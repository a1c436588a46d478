//! Several stretches of a body, one after the other, in memory or from a source.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::outgoing::OutgoingBody;
use super::pieces::Chunks;

/// A stretch of a body that is being sent.
pub(crate) enum Segment {
    /// It is in memory.
    Bytes(Bytes),
    /// It comes from a source, in so many bytes when that is known.
    Chunks(Chunks, Option<u64>),
}

/// The segments of a body, joined.
pub(crate) fn join(segments: Vec<Segment>) -> OutgoingBody {
    let length = segments.iter().try_fold(0_u64, |sum, segment| match segment {
        Segment::Bytes(bytes) => sum.checked_add(bytes.len() as u64),
        Segment::Chunks(_, length) => sum.checked_add((*length)?),
    });
    OutgoingBody::from_chunks(Box::pin(Segments { rest: segments.into() }), length)
}

struct Segments {
    rest: VecDeque<Segment>,
}

impl Stream for Segments {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match self.rest.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.rest.pop_front();
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Segment::Chunks(chunks, _)) => match chunks.as_mut().poll_next(context) {
                    Poll::Ready(None) => {
                        self.rest.pop_front();
                    }
                    next => return next,
                },
            }
        }
    }
}
