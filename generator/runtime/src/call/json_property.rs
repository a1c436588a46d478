//! Setting single properties of the JSON body of a call.

use serde::Serialize;
use serde_json::value::to_raw_value;

use super::builder::Call;
use crate::runtime::error::Error;

impl Call<'_> {
    /// Sets a property of the JSON that is sent, which is an object.
    pub fn json_property<T: Serialize + ?Sized>(&mut self, member: &'static str, value: &T) {
        let value = to_raw_value(value).map_err(|error| Error::invalid_request(member, error.to_string()));
        let set = value.and_then(|value| self.request.body.set_member(member, &value));
        if let Err(error) = set {
            self.fail(error);
        }
    }
}
