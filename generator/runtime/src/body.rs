//! What a request carries, and how it is produced for each attempt.
//!
//! In come bytes, files and forms; out goes an HTTP body that hands on piece by
//! piece what its sources yield, so that memory stays flat whatever the size.
//! Nothing here knows of retries, beyond whether a body can be produced again.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use serde_json::value::RawValue;

use super::error::Error;
use super::form::{self, Form};
use super::json_scan::with_member;
use super::multipart::Multipart;
use super::source::Chunks;
use super::upload::FileUpload;

/// What a request carries.
#[derive(Debug, Default)]
pub enum RequestBody {
    /// Nothing.
    #[default]
    Empty,
    /// Bytes of a media type.
    Bytes(Bytes, String),
    /// A file or stream of a media type, as the whole body.
    Upload(Box<FileUpload>, String),
    /// Fields, as `application/x-www-form-urlencoded`.
    Form(Form),
    /// Fields and files, as `multipart/form-data`.
    Multipart(Box<Multipart>),
}

impl RequestBody {
    /// The form that is being filled in; what was there before makes way for it.
    pub fn form(&mut self) -> &mut Form {
        if !matches!(self, Self::Form(_)) {
            *self = Self::Form(Form::default());
        }
        match self {
            Self::Form(form) => form,
            _ => unreachable!("the body was made a form above"),
        }
    }

    /// The form with files that is being filled in; what was there before makes way for it.
    pub fn multipart(&mut self) -> &mut Multipart {
        if !matches!(self, Self::Multipart(_)) {
            *self = Self::Multipart(Box::default());
        }
        match self {
            Self::Multipart(form) => form,
            _ => unreachable!("the body was made a form above"),
        }
    }

    /// Sets a member of the JSON object that it is.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when it is no JSON object.
    pub(crate) fn set_member(&mut self, name: &str, value: &RawValue) -> Result<(), Error> {
        let Self::Bytes(json, _) = self else {
            return Err(Error::invalid_request("body", "must be set first"));
        };
        let changed = with_member(json, name, value);
        *json = changed.map_err(|error| Error::invalid_request("body", error.to_string()))?.into();
        Ok(())
    }

    /// Whether it can be produced once more.
    #[must_use]
    pub fn can_replay(&self) -> bool {
        match self {
            Self::Empty | Self::Bytes(..) | Self::Form(_) => true,
            Self::Upload(file, _) => file.can_replay(),
            Self::Multipart(form) => form.can_replay(),
        }
    }

    /// The same body for another request; `None` when a source can be read only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        Some(match self {
            Self::Empty => Self::Empty,
            Self::Bytes(bytes, media_type) => Self::Bytes(bytes.clone(), media_type.clone()),
            Self::Form(form) => Self::Form(form.clone()),
            Self::Upload(file, media_type) => Self::Upload(Box::new(file.try_clone()?), media_type.clone()),
            Self::Multipart(form) => Self::Multipart(Box::new(form.try_clone()?)),
        })
    }

    /// What to send as `Content-Type`; `None` when there is nothing.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::Bytes(_, media_type) | Self::Upload(_, media_type) => Some(media_type),
            Self::Form(_) => Some(form::MEDIA_TYPE),
            Self::Multipart(form) => Some(form.content_type()),
        }
    }

    /// Produces it for an attempt, with its length when that is known.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when the caller's source cannot be opened, or not once more;
    /// [`Error::InvalidRequest`] when a part has a media type that is none.
    pub async fn attempt(&mut self) -> Result<Option<(reqwest::Body, Option<u64>)>, Error> {
        let segments = match self {
            Self::Empty => return Ok(None),
            Self::Bytes(bytes, _) => return Ok(Some(in_memory(bytes.clone()))),
            Self::Form(form) => return Ok(Some(in_memory(form.encode()))),
            Self::Upload(file, _) => Segments::from_iter([file.open().await.map_err(Error::body)?]),
            Self::Multipart(form) => form.open().await?,
        };
        let length = segments.length;
        Ok(Some((reqwest::Body::wrap(segments), length)))
    }

    /// What the caller's source failed with during the last attempt, which may
    /// look like a broken connection from the outside.
    pub fn take_failure(&mut self) -> Option<io::Error> {
        match self {
            Self::Empty | Self::Bytes(..) | Self::Form(_) => None,
            Self::Upload(file, _) => file.take_failure(),
            Self::Multipart(form) => form.take_failure(),
        }
    }
}

fn in_memory(bytes: Bytes) -> (reqwest::Body, Option<u64>) {
    let length = bytes.len() as u64;
    (bytes.into(), Some(length))
}

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
