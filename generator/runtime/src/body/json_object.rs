//! Setting single members of a body that is a JSON object.

use serde_json::value::RawValue;

use super::content::RequestBody;
use crate::runtime::error::Error;
use crate::runtime::value::json_scan::with_member;

impl RequestBody {
    /// Sets a member of the JSON object that it is.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when it is no JSON object.
    #[allow(dead_code, reason = "not every API that reads JSON in parts writes it so")]
    pub(crate) fn set_member(&mut self, name: &str, value: &RawValue) -> Result<(), Error> {
        let Self::Bytes(json, _) = self else {
            return Err(Error::invalid_request("body", "must be set first"));
        };
        let changed = with_member(json, name, value);
        *json = changed.map_err(|error| Error::invalid_request("body", error.to_string()))?.into();
        Ok(())
    }
}
