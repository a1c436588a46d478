//! Bodies that are sequences: of events, of lines. What cuts them up is a
//! [`Decoder`], which knows nothing of connections; what feeds it is [`Frames`],
//! which knows nothing of formats.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream as _;

use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::send::ResponseBody;

/// Cuts what is pushed into frames.
pub trait Decoder {
    /// A frame.
    type Frame;

    /// What ends a frame, whatever it lacks of its end.
    const END: &'static [u8];

    /// Whether the format lets the last frame do without what ends the others.
    const IS_WHOLE_WITHOUT_END: bool;

    /// Sets how long a frame may be, in bytes.
    fn set_limit(&mut self, limit: usize);

    /// Adds a piece of the body. All frames of the one before have to be taken by then.
    fn push(&mut self, piece: Bytes);

    /// The next frame; `None` when more has to be pushed first.
    ///
    /// # Errors
    ///
    /// [`TooLong`] when it is longer than the limit.
    fn next_frame(&mut self) -> Result<Option<Self::Frame>, TooLong>;
}

/// A frame that is longer than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// The frames of a body, as they come. Dropping it closes the connection, unless
/// the body had ended.
#[derive(Debug)]
pub struct Frames<D> {
    decoder: D,
    metadata: CallMetadata,
    received: u64,
    /// `None` at the end, and after an error.
    body: Option<ResponseBody>,
}

impl<D: Decoder> Frames<D> {
    /// What `decoder` makes of `body`.
    #[must_use]
    pub fn new(body: ResponseBody, decoder: D) -> Self {
        Self { decoder, metadata: body.metadata().clone(), received: 0, body: Some(body) }
    }

    #[cfg(feature = "events")]
    /// What cuts the body.
    #[must_use]
    pub fn decoder(&self) -> &D {
        &self.decoder
    }

    /// Sets how long a frame may be, in bytes.
    pub fn set_limit(&mut self, limit: usize) {
        self.decoder.set_limit(limit);
    }

    /// The call, and the head of its response.
    #[must_use]
    pub fn metadata(&self) -> &CallMetadata {
        &self.metadata
    }

    #[cfg(feature = "events")]
    /// How many bytes of the body were received so far.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The next frame. All that came before an error is handed out before it.
    pub fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<D::Frame, Error>>> {
        loop {
            // Without a body there is nothing left in the decoder either.
            let Some(body) = &mut self.body else { return Poll::Ready(None) };
            match self.decoder.next_frame() {
                Ok(Some(frame)) => return Poll::Ready(Some(Ok(frame))),
                Ok(None) => {}
                Err(TooLong) => {
                    self.body = None;
                    let reason = "an event or line is longer than the limit";
                    return Poll::Ready(Some(Err(Error::unexpected(&self.metadata, reason, Bytes::new()))));
                }
            }
            match ready!(Pin::new(body).poll_next(context)) {
                Some(Ok(piece)) => {
                    self.received += piece.len() as u64;
                    self.decoder.push(piece);
                }
                Some(Err(error)) => {
                    self.body = None;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.body = None;
                    return Poll::Ready(self.last_frame());
                }
            }
        }
    }

    /// What is left at the end of the body. Where only the end of the connection ends the body, an
    /// incomplete frame may have been cut off.
    fn last_frame(&mut self) -> Option<Result<D::Frame, Error>> {
        self.decoder.push(Bytes::from_static(D::END));
        // It is within the limit, as that was checked when the last piece was pushed.
        let frame = self.decoder.next_frame().ok().flatten()?;
        if D::IS_WHOLE_WITHOUT_END || self.metadata.has_known_end() {
            return Some(Ok(frame));
        }
        let reason = "the connection was closed within an event";
        Some(Err(Error::interrupted(&self.metadata, self.received, None, Some(reason.into()))))
    }

    #[cfg(feature = "events")]
    /// Drops the body. Its end has usually been received with the last frame; reading
    /// it, if it is there, lets the connection be used again.
    pub fn finish(&mut self, context: &mut Context<'_>) {
        if let Some(mut body) = self.body.take() {
            let _end = Pin::new(&mut body).poll_next(context);
        }
    }
}
