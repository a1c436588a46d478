//! Bodies that are JSON objects, whose properties are set one by one.

use bytes::Bytes;
use serde_json::value::RawValue;

use super::content::RequestBody;
use super::object::ObjectBody;
use crate::runtime::error::Error;
use crate::runtime::value::json_scan::with_member;

#[allow(
    dead_code,
    clippy::match_wildcard_for_single_variants,
    reason = "not every API has JSON objects as bodies, or bodies of all kinds"
)]
impl RequestBody {
    /// Makes it a JSON object, to which properties are added, if there is no body yet.
    pub(crate) fn begin_object(&mut self, media_type: &'static str) {
        if matches!(self, Self::Empty) {
            *self = Self::Object(ObjectBody::new(media_type));
        }
    }

    /// Sets a property of the JSON object that it is, or becomes when there is no body yet.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when it is no JSON object.
    pub(crate) fn set_property(&mut self, name: &str, value: Box<RawValue>) -> Result<(), Error> {
        self.begin_object("application/json");
        match self {
            Self::Object(object) => object.set(name, value),
            Self::Bytes(json, _) => {
                let changed = with_member(json, name, &value);
                *json = changed.map_err(|error| Error::invalid_request("body", error.to_string()))?.into();
            }
            _ => return Err(Error::invalid_request(name, "cannot be set: the body is no JSON object")),
        }
        Ok(())
    }

    /// The bytes of it, when they are in memory.
    pub(crate) fn to_bytes(&self) -> Option<Bytes> {
        match self {
            Self::Bytes(bytes, _) => Some(bytes.clone()),
            Self::Object(object) => Some(object.to_json()),
            _ => None,
        }
    }
}
