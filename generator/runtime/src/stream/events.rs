//! Server-sent events, decoded: the stream that callers read.

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::event_decoder::{EventDecoder, RawEvent};
use super::event_failure;
use super::frames::Frames;
use crate::runtime::call::{Call, CallFuture};
use crate::runtime::error::{ApiError, CallMetadata, Error};
use crate::runtime::operation::{EventEnd, EventRules};
use crate::runtime::response::Response;
use crate::runtime::send::{RawResponse, ResponseBody};
use crate::runtime::value::reader;

/// The media type of a stream of events.
const MEDIA_TYPE: &str = "text/event-stream";

/// An event, with its name, id and retry time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name; `message` when it has none.
    pub event: String,
    /// Its data.
    pub data: T,
    /// The last id that the server sent, with this event or an earlier one.
    pub id: Option<String>,
    /// How long to wait before reconnecting, when this event says so.
    pub retry: Option<Duration>,
}

/// Events as they are received, one value each.
///
/// It is a [`Stream`]; [`next`](Self::next) takes the next value without any
/// crate for streams. A value that cannot be decoded is an error in its place and
/// does not end the stream, and so is an event that reports an error; a broken
/// connection ends it. Dropping it closes the connection.
#[must_use = "streams do nothing unless polled"]
pub struct EventStream<T> {
    frames: Frames<EventDecoder>,
    rules: EventRules,
    decode: Decode<T>,
}

/// Decodes the value of an event; `None` when it has none.
type Decode<T> = fn(&Frames<EventDecoder>, &RawEvent) -> Result<Option<T>, Error>;

impl<T: DeserializeOwned> EventStream<T> {
    /// The events of a body, none of them longer than `limit` bytes.
    pub(crate) fn new(body: ResponseBody, rules: EventRules, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { frames: Frames::new(body, EventDecoder::new(limit)), rules, decode: value }
    }

    /// The same events with their names and ids.
    pub fn events(self) -> EventStream<Event<T>> {
        self.decoded_by(event)
    }
}

impl<T> EventStream<T> {
    /// The same events with their data as text.
    pub fn untyped(self) -> EventStream<Event<String>> {
        self.decoded_by(text)
    }

    fn decoded_by<U>(self, decode: Decode<U>) -> EventStream<U> {
        EventStream { frames: self.frames, rules: self.rules, decode }
    }

    /// Sets the longest event, in bytes. Default: the longest body that the client
    /// collects in memory.
    pub fn with_max_event_bytes(mut self, limit: usize) -> Self {
        self.frames.set_limit(limit);
        self
    }

    /// The last id that the server sent, to resume the stream from there.
    #[must_use]
    pub fn last_event_id(&self) -> Option<String> {
        last_id(&self.frames)
    }

    /// How long the server last said to wait before reconnecting.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.frames.decoder().last_retry()
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            let event = match ready!(self.frames.poll_frame(context)) {
                Some(Ok(event)) => event,
                Some(Err(error)) => return Poll::Ready(self.end(Err(error))),
                None => return Poll::Ready(self.end(Ok(()))),
            };
            if self.rules.end.is(&event.data) {
                self.rules.end = EventEnd::Close;
                self.frames.finish(context);
                return Poll::Ready(None);
            }
            let value = if self.is_error(&event) {
                Some(Err(failure(self.frames.metadata(), event.data)))
            } else {
                (self.decode)(&self.frames, &event).transpose()
            };
            if let (Some(Err(Error::Api(_))), EventEnd::Required(end)) = (&value, self.rules.end) {
                // After an error there need not be an event that ends the stream.
                self.rules.end = EventEnd::Optional(end);
            }
            if value.is_some() {
                return Poll::Ready(value);
            }
        }
    }

    /// Whether the stream is complete at the end of the response. An error is returned once.
    fn end(&mut self, result: Result<(), Error>) -> Option<Result<T, Error>> {
        let end = std::mem::replace(&mut self.rules.end, EventEnd::Close);
        match (result, end) {
            (Err(error), _) => Some(Err(error)),
            (Ok(()), EventEnd::Required(end)) => {
                let reason = format!("the stream ended without the event `{end}`");
                let (metadata, received) = (self.frames.metadata(), self.frames.received());
                Some(Err(Error::interrupted(metadata, received, None, Some(reason.into()))))
            }
            (Ok(()), EventEnd::Close | EventEnd::Optional(_)) => None,
        }
    }

    fn is_error(&self, event: &RawEvent) -> bool {
        !event.name.is_empty() && self.rules.errors.iter().any(|name| event.name == name.as_bytes())
    }
}

impl RawResponse {
    /// The body as a stream of events.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when the media type is another one (HTML standard, section 9.2.3).
    pub async fn events<T: DeserializeOwned>(self) -> Result<Response<EventStream<T>>, Error> {
        let response = self.expecting(MEDIA_TYPE, |own| own.eq_ignore_ascii_case(MEDIA_TYPE)).await?;
        let (metadata, limit) = (response.metadata().clone(), response.limit());
        let rules = metadata.operation().events;
        Ok(Response::new(EventStream::new(response.into_body(), rules, limit), metadata))
    }
}

#[allow(dead_code, reason = "not every API has operations that only stream")]
impl Call {
    /// Sends the request, and reads a stream of events.
    pub async fn send_events<T: DeserializeOwned>(self) -> Result<Response<EventStream<T>>, Error> {
        self.send_raw().await?.events().await
    }

    /// The call that is under way once it is awaited.
    #[must_use]
    pub fn events<T: DeserializeOwned + Send + 'static>(self) -> CallFuture<EventStream<T>> {
        Box::pin(async move { self.send_events().await.map(Response::into_value) })
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("metadata", self.frames.metadata()).finish_non_exhaustive()
    }
}

fn value<T: DeserializeOwned>(frames: &Frames<EventDecoder>, raw: &RawEvent) -> Result<Option<T>, Error> {
    // Some servers keep the connection alive with these.
    if raw.data.is_empty() {
        return Ok(None);
    }
    let decoded = from_json(frames.metadata(), &raw.data);
    if event_failure::is_one(&raw.data, &decoded) {
        return Err(failure(frames.metadata(), raw.data.clone()));
    }
    decoded.map(Some)
}

fn event<T: DeserializeOwned>(
    frames: &Frames<EventDecoder>,
    raw: &RawEvent,
) -> Result<Option<Event<T>>, Error> {
    Ok(value(frames, raw)?.map(|data| with_head(frames, raw, data)))
}

#[expect(clippy::unnecessary_wraps, reason = "it is one of several ways to decode")]
fn text(frames: &Frames<EventDecoder>, raw: &RawEvent) -> Result<Option<Event<String>>, Error> {
    let data = text_of(&raw.data).into_owned();
    Ok(Some(with_head(frames, raw, data)))
}

fn with_head<T>(frames: &Frames<EventDecoder>, raw: &RawEvent, data: T) -> Event<T> {
    let name = if raw.name.is_empty() { b"message" } else { &raw.name[..] };
    Event { event: text_of(name).into_owned(), data, id: last_id(frames), retry: raw.retry }
}

fn last_id(frames: &Frames<EventDecoder>) -> Option<String> {
    let id = frames.decoder().last_id();
    (!id.is_empty()).then(|| text_of(id).into_owned())
}

/// Decodes JSON. Checking all of it for UTF-8 at once is faster than each string.
fn from_json<T: DeserializeOwned>(metadata: &CallMetadata, json: &Bytes) -> Result<T, Error> {
    let text = text_of(json);
    reader::from_str(&text).map_err(|error| {
        let raw = match text {
            Cow::Borrowed(_) => json.clone(),
            Cow::Owned(replaced) => replaced.into(),
        };
        Error::decode_json(metadata, error, raw)
    })
}

/// A stream is text, in which the standard replaces what is not UTF-8. Checking valid
/// text is faster than replacing in it.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The error that an event reports.
fn failure(metadata: &CallMetadata, data: Bytes) -> Error {
    let status = metadata.status().unwrap_or_default();
    Error::Api(Box::new(ApiError::new(metadata.clone(), status, data)))
}
