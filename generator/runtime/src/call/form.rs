//! Setting the fields of a form without files.

use serde::Serialize;

use super::builder::Call;
use crate::runtime::value::Style;

impl Call<'_> {
    /// Sets a field of an urlencoded form.
    pub fn form_field<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.body.form().set(name, style, &value);
        }
    }
}
