//! What a request carries, and how it is produced for each attempt.

use bytes::Bytes;

use super::error::Error;

/// What a request carries.
#[derive(Debug, Default)]
pub enum RequestBody {
    /// Nothing.
    #[default]
    Empty,
    /// Bytes of a media type.
    Bytes(Bytes, String),
}

impl RequestBody {
    /// Whether it can be produced once more.
    #[must_use]
    pub fn can_replay(&self) -> bool {
        true
    }

    /// The media type; `None` when there is nothing.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        match self {
            Self::Empty => None,
            Self::Bytes(_, content_type) => Some(content_type),
        }
    }

    /// Produces it for an attempt, with its length when that is known.
    ///
    /// # Errors
    ///
    /// [`Error::Body`] when the caller's source cannot be opened.
    #[expect(clippy::unused_async, reason = "files are opened here")]
    pub async fn attempt(&mut self) -> Result<Option<(reqwest::Body, Option<u64>)>, Error> {
        Ok(match self {
            Self::Empty => None,
            Self::Bytes(bytes, _) => Some((bytes.clone().into(), Some(bytes.len() as u64))),
        })
    }

    /// What the caller's source failed with during the last attempt, which may
    /// look like a broken connection from the outside.
    pub fn take_failure(&mut self) -> Option<std::io::Error> {
        None
    }
}
