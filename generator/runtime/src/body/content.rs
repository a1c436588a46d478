//! The body of a request, and how it is produced for each attempt.

use std::any::Any;
use std::fmt;
use std::io;
use std::pin::Pin;

use bytes::Bytes;
use serde_json::value::RawValue;

use super::outgoing::OutgoingBody;
use crate::runtime::error::Error;
use crate::runtime::value::json_scan::with_member;

/// The body of a request.
#[derive(Debug, Default)]
pub enum RequestBody {
    /// None.
    #[default]
    Empty,
    /// Bytes of a media type.
    Bytes(Bytes, String),
    /// A form, or a file as the whole body.
    Source(Box<dyn BodySource>),
}

/// A body that is put together for each attempt: a form, a file.
pub trait BodySource: Any + fmt::Debug + Send + Sync {
    /// What to send as `Content-Type`.
    fn content_type(&self) -> &str;

    /// Whether it can be produced again.
    fn can_replay(&self) -> bool;

    /// The same body for another request; `None` when it can be read only once.
    fn try_clone(&self) -> Option<Box<dyn BodySource>>;

    /// Produces it for an attempt.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when the caller's source cannot be opened, or not once more;
    /// [`Error::InvalidRequest`] when something is wrong with a part of it.
    fn open(&mut self) -> OpeningBody<'_>;

    /// What the caller's source failed with during the last attempt, which may
    /// look like a broken connection from the outside.
    fn take_failure(&mut self) -> Option<io::Error>;
}

/// A body that is being produced.
pub type OpeningBody<'b> = Pin<Box<dyn Future<Output = Result<OutgoingBody, Error>> + Send + 'b>>;

impl RequestBody {
    /// The body of this type that is being built, in place of any other.
    pub(crate) fn of_type<T: BodySource + Default>(&mut self) -> &mut T {
        let is_of_type = match self {
            Self::Source(source) => (&**source as &dyn Any).is::<T>(),
            Self::Empty | Self::Bytes(..) => false,
        };
        if !is_of_type {
            *self = Self::Source(Box::<T>::default());
        }
        let Self::Source(source) = self else { unreachable!("it was made one above") };
        let source: &mut dyn Any = &mut **source;
        source.downcast_mut().expect("it was made of this type above")
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
            Self::Empty | Self::Bytes(..) => true,
            Self::Source(source) => source.can_replay(),
        }
    }

    /// The same body for another request; `None` when a source can be read only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        Some(match self {
            Self::Empty => Self::Empty,
            Self::Bytes(bytes, media_type) => Self::Bytes(bytes.clone(), media_type.clone()),
            Self::Source(source) => Self::Source(source.try_clone()?),
        })
    }

    /// What to send as `Content-Type`; `None` when there is no body.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::Bytes(_, media_type) => Some(media_type),
            Self::Source(source) => Some(source.content_type()),
        }
    }

    /// Produces it for an attempt; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`BodySource::open`].
    pub async fn open(&mut self) -> Result<Option<OutgoingBody>, Error> {
        match self {
            Self::Empty => Ok(None),
            Self::Bytes(bytes, _) => Ok(Some(bytes.clone().into())),
            Self::Source(source) => source.open().await.map(Some),
        }
    }

    /// What the caller's source failed with during the last attempt.
    pub fn take_failure(&mut self) -> Option<io::Error> {
        match self {
            Self::Empty | Self::Bytes(..) => None,
            Self::Source(source) => source.take_failure(),
        }
    }
}
