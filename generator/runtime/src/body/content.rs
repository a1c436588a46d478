//! What a request carries, and how it is produced for each attempt.
//!
//! In come bytes, files and forms; out goes an HTTP body that hands on piece by
//! piece what its sources yield, so that memory stays flat whatever the size.
//! Nothing here knows of retries, beyond whether a body can be produced again.

use std::io;

use bytes::Bytes;
use serde_json::value::RawValue;

use super::form::{self, Form};
use super::multipart::Multipart;
use super::segments::Segments;
use super::upload::FileUpload;
use crate::runtime::error::Error;
use crate::runtime::value::json_scan::with_member;

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
        let length = segments.length();
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
