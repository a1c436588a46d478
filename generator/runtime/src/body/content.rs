//! The body of a request, and how it is produced for each attempt.

#[cfg(feature = "body_errors")]
use std::io;

use bytes::Bytes;

#[cfg(feature = "sources")]
use super::body_source::BodySource;
#[cfg(feature = "bodies")]
use super::object::ObjectBody;
use super::outgoing::OutgoingBody;
use crate::runtime::error::Error;

/// The body of a request.
#[derive(Debug, Default)]
pub enum RequestBody {
    /// None.
    #[default]
    Empty,
    #[cfg(feature = "bodies")]
    /// Bytes of a media type.
    Bytes(Bytes, String),
    #[cfg(feature = "bodies")]
    /// A JSON object, as far as its properties are set.
    #[allow(dead_code, reason = "not every API has JSON objects as bodies")]
    Object(ObjectBody),
    #[cfg(feature = "sources")]
    /// A form, or a file as the whole body.
    Source(Box<dyn BodySource>),
}

impl RequestBody {
    /// Whether it can be produced once more.
    #[allow(clippy::match_same_arms, reason = "some of the arms are not in every SDK")]
    #[must_use]
    pub fn can_replay(&self) -> bool {
        match self {
            Self::Empty => true,
            #[cfg(feature = "bodies")]
            Self::Bytes(..) | Self::Object(_) => true,
            #[cfg(feature = "sources")]
            Self::Source(source) => source.can_replay(),
        }
    }

    #[cfg(feature = "repeats")]
    /// The same body for another request; `None` when a source can be read only once.
    #[allow(clippy::unnecessary_wraps, reason = "not every API has bodies that are read from a source")]
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        Some(match self {
            Self::Empty => Self::Empty,
            #[cfg(feature = "bodies")]
            Self::Bytes(bytes, media_type) => Self::Bytes(bytes.clone(), media_type.clone()),
            #[cfg(feature = "bodies")]
            Self::Object(object) => Self::Object(object.clone()),
            #[cfg(feature = "sources")]
            Self::Source(source) => Self::Source(source.try_clone()?),
        })
    }

    /// What to send as `Content-Type`; `None` when there is no body.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            #[cfg(feature = "bodies")]
            Self::Bytes(_, media_type) => Some(media_type),
            #[cfg(feature = "bodies")]
            Self::Object(object) => Some(object.media_type()),
            #[cfg(feature = "sources")]
            Self::Source(source) => Some(source.content_type()),
        }
    }

    /// Produces it for an attempt; `None` when there is none.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when the caller's source cannot be opened, or not once more;
    /// [`Error::InvalidRequest`] when something is wrong with a part of it.
    #[allow(clippy::unused_async, reason = "only a source is waited for")]
    pub async fn open(&mut self) -> Result<Option<OutgoingBody>, Error> {
        match self {
            Self::Empty => Ok(None),
            #[cfg(feature = "bodies")]
            Self::Bytes(bytes, _) => Ok(Some(bytes.clone().into())),
            #[cfg(feature = "bodies")]
            Self::Object(object) => Ok(Some(object.to_json().into())),
            #[cfg(feature = "sources")]
            Self::Source(source) => source.open().await.map(Some),
        }
    }

    /// All of it, when it is in memory. A JSON object is put together for that, and is not for each attempt.
    #[allow(clippy::unnecessary_wraps, reason = "not every API has bodies that are read from a source")]
    pub(crate) fn whole(&mut self) -> Option<Bytes> {
        match self {
            Self::Empty => Some(Bytes::new()),
            #[cfg(feature = "bodies")]
            Self::Bytes(bytes, _) => Some(bytes.clone()),
            #[cfg(feature = "bodies")]
            Self::Object(object) => {
                let json = object.to_json();
                *self = Self::Bytes(json.clone(), object.media_type().to_owned());
                Some(json)
            }
            #[cfg(feature = "sources")]
            Self::Source(source) => source.whole(),
        }
    }

    #[cfg(feature = "body_errors")]
    /// What the caller's source failed with during the last attempt.
    #[allow(clippy::match_same_arms, reason = "some of the arms are not in every SDK")]
    pub fn take_failure(&mut self) -> Option<io::Error> {
        match self {
            Self::Empty => None,
            #[cfg(feature = "bodies")]
            Self::Bytes(..) | Self::Object(_) => None,
            #[cfg(feature = "sources")]
            Self::Source(source) => source.take_failure(),
        }
    }
}
