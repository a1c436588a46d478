//! A request body that is being sent.

use std::fmt;
use std::io;
use std::pin::Pin;
#[cfg(feature = "bodies")]
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

#[cfg(feature = "bodies")]
use super::pieces::{Chunks, Pieces};
#[cfg(feature = "bodies")]
use crate::runtime::time::{Clock, UploadActivity};

#[cfg(feature = "bodies")]
/// Bodies up to this size leave at once, and are not watched.
const SMALL: usize = 64 * 1024;

/// A request body that is being sent.
pub struct OutgoingBody(Content);

enum Content {
    /// All of it, in memory.
    Whole(Bytes),
    #[cfg(feature = "bodies")]
    Pieces(Box<Pieces>),
}

impl OutgoingBody {
    /// All of it, when it is in memory.
    #[must_use]
    #[allow(clippy::unnecessary_wraps, reason = "not every API has bodies that are read from a source")]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Whole(bytes) => Some(bytes),
            #[cfg(feature = "bodies")]
            Content::Pieces(_) => None,
        }
    }

    #[cfg(feature = "bodies")]
    /// What a source yields, and how many bytes that is, when it is known.
    #[allow(dead_code, reason = "not every API has a body that is read from a source")]
    pub(crate) fn from_chunks(chunks: Chunks, length: Option<u64>) -> Self {
        Self(Content::Pieces(Box::new(Pieces::from_chunks(chunks, length))))
    }

    #[cfg(feature = "bodies")]
    /// Records from now on when pieces of it are taken, unless it is so small that there is
    /// nothing to watch.
    pub(crate) fn monitor(&mut self, clock: &Arc<dyn Clock>) -> Option<Arc<UploadActivity>> {
        if let Content::Whole(bytes) = &mut self.0 {
            if bytes.len() <= SMALL {
                return None;
            }
            self.0 = Content::Pieces(Box::new(Pieces::from_bytes(std::mem::take(bytes))));
        }
        match &mut self.0 {
            Content::Whole(_) => None,
            Content::Pieces(pieces) => Some(pieces.monitor(clock)),
        }
    }
}

impl Body for OutgoingBody {
    type Data = Bytes;
    type Error = io::Error;

    #[allow(unused_variables, reason = "what is in memory is not waited for")]
    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.0 {
            Content::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            #[cfg(feature = "bodies")]
            Content::Pieces(pieces) => pieces.poll_piece(context).map_ok(Frame::data),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Whole(bytes) => bytes.is_empty(),
            #[cfg(feature = "bodies")]
            Content::Pieces(pieces) => pieces.is_over(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            #[cfg(feature = "bodies")]
            Content::Pieces(pieces) => pieces.length().map_or_else(SizeHint::default, SizeHint::with_exact),
        }
    }
}

impl From<Bytes> for OutgoingBody {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Whole(bytes))
    }
}

impl fmt::Debug for OutgoingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingBody").field("size", &self.size_hint()).finish_non_exhaustive()
    }
}
