//! JSON Lines: one JSON value a line, as the body of a response.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::frames::{Decoder, Frames, TooLong};
use super::lines::{LineEnd, Lines};
use crate::runtime::call::{Call, CallFuture};
use crate::runtime::error::Error;
use crate::runtime::response::Response;
use crate::runtime::send::{RawResponse, ResponseBody};
use crate::runtime::value::{BYTE_ORDER_MARK, reader};

/// Values as they are received, one JSON value a line.
///
/// It is a [`Stream`]; [`next`](Self::next) takes the next value without any
/// crate for streams. A line that cannot be decoded is an error in its place and
/// does not end the stream; a broken connection does. Dropping it closes the connection.
#[must_use = "streams do nothing unless polled"]
pub struct JsonLines<T> {
    frames: Frames<LineDecoder>,
    value: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// The lines of a body, none of them longer than `limit` bytes.
    pub(crate) fn new(body: ResponseBody, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { frames: Frames::new(body, LineDecoder::new(limit)), value: PhantomData }
    }

    /// Sets the longest line, in bytes. Default: the longest body that the client collects
    /// in memory.
    pub fn with_max_line_bytes(mut self, limit: usize) -> Self {
        self.frames.set_limit(limit);
        self
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let frames = &mut self.frames;
        frames.poll_frame(context).map(|next| {
            let line = match next? {
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            let value = reader::from_slice(&line);
            Some(value.map_err(|error| Error::decode_json(frames.metadata(), error, line)))
        })
    }
}

impl RawResponse {
    /// The body as a stream of JSON values, one a line.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the media type is not one of the many that stand for
    /// them, nor JSON.
    pub async fn json_lines<T: DeserializeOwned>(self) -> Result<Response<JsonLines<T>>, Error> {
        let response = self.expecting("JSON Lines", |own| own.to_ascii_lowercase().contains("json")).await?;
        let (metadata, limit) = (response.metadata().clone(), response.limit());
        Ok(Response::new(JsonLines::new(response.into_body(), limit), metadata))
    }
}

#[allow(dead_code, reason = "not every API has operations that only stream")]
impl Call {
    /// Sends the request, and reads JSON values, one a line.
    pub async fn send_json_lines<T: DeserializeOwned>(self) -> Result<Response<JsonLines<T>>, Error> {
        self.send_raw().await?.json_lines().await
    }

    /// The call that is under way once it is awaited.
    #[must_use]
    pub fn json_lines_stream<T: DeserializeOwned + Send + 'static>(self) -> CallFuture<JsonLines<T>> {
        Box::pin(async move { self.send_json_lines().await.map(Response::into_value) })
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("metadata", self.frames.metadata()).finish_non_exhaustive()
    }
}

/// The lines of what was pushed so far that are not blank. The last one needs no
/// line feed.
#[derive(Debug)]
pub(crate) struct LineDecoder {
    lines: Lines,
    limit: usize,
}

impl LineDecoder {
    /// No lines yet, and none longer than `limit` bytes.
    #[must_use]
    pub(crate) fn new(limit: usize) -> Self {
        Self { lines: Lines::new(LineEnd::Lf), limit }
    }
}

impl Decoder for LineDecoder {
    type Frame = Bytes;

    const END: &'static [u8] = b"\n";

    const IS_WHOLE_WITHOUT_END: bool = true;

    fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    fn push(&mut self, piece: Bytes) {
        self.lines.push(piece);
    }

    fn next_frame(&mut self) -> Result<Option<Bytes>, TooLong> {
        while let Some(line) = self.lines.next_line() {
            if line.len() > self.limit {
                return Err(TooLong);
            }
            let value = trim(&line);
            if !value.is_empty() {
                return Ok(Some(line.slice_ref(value)));
            }
        }
        if self.lines.begun() > self.limit { Err(TooLong) } else { Ok(None) }
    }
}

/// Without the white space around it, the byte order
/// mark that RFC 8259 lets parsers ignore (section 8.1), and the record separator
/// that RFC 7464 puts before each value.
fn trim(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii();
    line.strip_prefix(b"\x1e").unwrap_or(line).trim_ascii_start()
}
