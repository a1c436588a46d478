//! Bodies that are put together for each attempt.

use std::any::Any;
use std::fmt;
use std::io;
use std::pin::Pin;

use bytes::Bytes;

use super::content::RequestBody;
use super::outgoing::OutgoingBody;
use crate::runtime::error::Error;

/// A body that is put together for each attempt: a form, a file.
pub trait BodySource: Any + fmt::Debug + Send + Sync {
    /// What to send as `Content-Type`.
    fn content_type(&self) -> &str;

    /// Whether it can be produced again.
    fn can_replay(&self) -> bool;

    #[cfg(feature = "repeats")]
    /// The same body for another request; `None` when it can be read only once.
    fn try_clone(&self) -> Option<Box<dyn BodySource>>;

    /// Produces it for an attempt.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when the caller's source cannot be opened, or not once more;
    /// [`Error::InvalidRequest`] when something is wrong with a part of it.
    fn open(&mut self) -> OpeningBody<'_>;

    /// All of it, when it is in memory.
    fn whole(&self) -> Option<Bytes> {
        None
    }

    /// What the caller's source failed with during the last attempt, which may
    /// look like a broken connection from the outside.
    fn take_failure(&mut self) -> Option<io::Error>;
}

/// A body that is being produced.
pub(super) type OpeningBody<'b> = Pin<Box<dyn Future<Output = Result<OutgoingBody, Error>> + Send + 'b>>;

impl RequestBody {
    /// The body of this type that is being built, in place of any other.
    #[allow(dead_code, reason = "not every API has forms")]
    pub(crate) fn of_type<T: BodySource + Default>(&mut self) -> &mut T {
        let is_of_type = match self {
            Self::Source(source) => (&**source as &dyn Any).is::<T>(),
            Self::Empty | Self::Bytes(..) | Self::Object(_) => false,
        };
        if !is_of_type {
            *self = Self::Source(Box::<T>::default());
        }
        let Self::Source(source) = self else { unreachable!("it was made one above") };
        let source: &mut dyn Any = &mut **source;
        source.downcast_mut().expect("it was made of this type above")
    }
}
