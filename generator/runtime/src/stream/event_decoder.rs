//! Server-sent events: from the bytes of a body to the fields of its events.
//!
//! This is the section "Interpreting an event stream" of the HTML standard (9.2.6),
//! line by line. It does not know what the data of an event is, or when a stream ends.

use std::time::Duration;

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use memchr::memchr;

use super::frames::{Decoder, TooLong};
use super::lines::{LineEnd, Lines};
use crate::runtime::value::without_mark;

/// An event as it is received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEvent {
    /// The field `event`; empty when there is none, which means `message`.
    pub name: Bytes,
    /// The lines of the fields `data`, joined by line feeds.
    pub data: Bytes,
    /// The field `retry` of this event.
    pub retry: Option<Duration>,
}

/// The events of what was pushed so far.
///
/// The standard says to discard an event whose closing empty line is missing at the end of the stream,
/// because part of it may be missing. [`Frames`](super::frames::Frames) adds that line to streams that are
/// known to be whole.
#[derive(Debug)]
pub struct EventDecoder {
    lines: Lines,
    limit: usize,
    is_first_line: bool,
    name: Bytes,
    data: Data,
    retry: Option<Duration>,
    last_retry: Option<Duration>,
    /// The last field `id`, which holds from the end of its event on, for all that follow.
    next_id: Option<Bytes>,
    last_id: Bytes,
}

/// The data of an event. It is copied only when it has several lines.
#[derive(Debug, Default)]
enum Data {
    #[default]
    None,
    Line(Bytes),
    Lines(BytesMut),
}

impl EventDecoder {
    /// No events yet, and none longer than `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            lines: Lines::new(LineEnd::Any),
            limit,
            is_first_line: true,
            name: Bytes::new(),
            data: Data::None,
            retry: None,
            last_retry: None,
            next_id: None,
            last_id: Bytes::new(),
        }
    }

    /// The last event id that the server sent; empty when there is none.
    #[must_use]
    pub fn last_id(&self) -> &Bytes {
        &self.last_id
    }

    /// The last field `retry`, be it of an event or on its own.
    #[must_use]
    pub fn last_retry(&self) -> Option<Duration> {
        self.last_retry
    }

    /// The end of an event: an empty line. Without data it is none.
    fn dispatch(&mut self) -> Option<RawEvent> {
        if let Some(id) = self.next_id.take() {
            self.last_id = id;
        }
        let name = std::mem::take(&mut self.name);
        let retry = self.retry.take();
        let data = match std::mem::take(&mut self.data) {
            Data::None => return None,
            Data::Line(line) => line,
            Data::Lines(lines) => lines.freeze(),
        };
        Some(RawEvent { name, data, retry })
    }

    /// A line that is not empty: a name, a colon, perhaps a space, and a value. A
    /// line that begins with the colon is a comment.
    fn field(&mut self, mut line: Bytes) -> Result<(), TooLong> {
        self.check(line.len())?;
        let colon = memchr(b':', &line);
        let field = Field::of(&line[..colon.unwrap_or(line.len())]);
        line.advance(colon.map_or(line.len(), |colon| colon + 1));
        if line.first() == Some(&b' ') {
            line.advance(1);
        }
        match field {
            Field::Data => self.data.push(line),
            Field::Event => self.name = line,
            Field::Id if memchr(0, &line).is_none() => self.next_id = Some(line),
            Field::Retry => {
                self.retry = milliseconds(&line).or(self.retry);
                self.last_retry = self.retry.or(self.last_retry);
            }
            Field::Id | Field::Unknown => {}
        }
        Ok(())
    }

    fn check(&self, more: usize) -> Result<(), TooLong> {
        if self.data.len() + more > self.limit { Err(TooLong) } else { Ok(()) }
    }
}

impl Decoder for EventDecoder {
    type Frame = RawEvent;

    const END: &'static [u8] = b"\n\n";

    const IS_WHOLE_WITHOUT_END: bool = false;

    fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    fn push(&mut self, piece: Bytes) {
        self.lines.push(piece);
    }

    fn next_frame(&mut self) -> Result<Option<RawEvent>, TooLong> {
        while let Some(line) = self.lines.next_line() {
            // A byte order mark may stand before the first line.
            let line = if std::mem::take(&mut self.is_first_line) { without_mark(line) } else { line };
            if !line.is_empty() {
                self.field(line)?;
            } else if let Some(event) = self.dispatch() {
                return Ok(Some(event));
            }
        }
        self.check(self.lines.begun()).map(|()| None)
    }
}

/// What a line is about.
enum Field {
    Data,
    Event,
    Id,
    Retry,
    /// The standard says to ignore it.
    Unknown,
}

impl Field {
    fn of(name: &[u8]) -> Self {
        match name {
            b"data" => Self::Data,
            b"event" => Self::Event,
            b"id" => Self::Id,
            b"retry" => Self::Retry,
            _ => Self::Unknown,
        }
    }
}

impl Data {
    fn push(&mut self, line: Bytes) {
        match self {
            Self::None => *self = Self::Line(line),
            Self::Line(first) => {
                let mut lines = BytesMut::with_capacity(2 * (first.len() + line.len()) + 2);
                lines.put_slice(first);
                lines.put_u8(b'\n');
                lines.put_slice(&line);
                *self = Self::Lines(lines);
            }
            Self::Lines(lines) => {
                lines.put_u8(b'\n');
                lines.put_slice(&line);
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Line(line) => line.len(),
            Self::Lines(lines) => lines.len(),
        }
    }
}

/// A time in milliseconds, if it is digits and nothing else. One that is too long to be
/// counted is the longest there is.
fn milliseconds(value: &[u8]) -> Option<Duration> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digits = value.iter().map(|digit| u64::from(digit - b'0'));
    Some(Duration::from_millis(digits.fold(0, |sum, digit| sum.saturating_mul(10).saturating_add(digit))))
}
