//! Setting JSON Lines as the body of a call.

use serde::Serialize;

use super::builder::Call;
use crate::runtime::body::{RequestBody, json_lines};
use crate::runtime::error::Error;

impl Call<'_> {
    /// Sends JSON values, one a line.
    #[expect(clippy::ptr_arg, reason = "callers convert into what is named here")]
    pub fn json_lines<T: Serialize>(&mut self, values: &Vec<T>) {
        match json_lines::encode(values) {
            Ok(lines) => {
                self.request.body = RequestBody::Bytes(lines, json_lines::MEDIA_TYPE.to_owned());
            }
            Err(error) => self.fail(Error::invalid_request("body", error.to_string())),
        }
    }
}
