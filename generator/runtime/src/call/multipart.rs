//! Setting the fields of a form with files.

use serde::Serialize;
use serde_json::Value;

use super::builder::Call;
use crate::runtime::body::{FileUpload, Part};
use crate::runtime::value::{Style, scalar_text, special_styles, writer};

/// The items of a list, or the one value that there is.
fn each(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        single => std::slice::from_ref(single),
    }
}

impl Call {
    /// Sets a plain field of a form with files: a list as a field for each of its items. An object among
    /// them is JSON, and says so (OpenAPI 3.1.1, section 4.8.14.4).
    #[allow(dead_code, reason = "not every API has parts of this kind")]
    pub fn part_text<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let Some(value) = self.value(name, value) else { return };
        let parts = each(&value).iter().filter(|value| !value.is_null()).map(|value| match value {
            Value::Array(_) | Value::Object(_) => Part::json(writer::to_text(value)),
            scalar => Part::text(scalar_text(scalar)),
        });
        self.request.body.multipart().set(name, parts);
    }

    /// Sets a field of a form with files that holds JSON: a list as a field for each of its items.
    #[allow(dead_code, reason = "not every API has parts of this kind")]
    pub fn part_json<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let Some(value) = self.value(name, value) else { return };
        let parts = each(&value).iter().map(|value| Part::json(writer::to_text(value)));
        self.request.body.multipart().set(name, parts);
    }

    /// Sets fields of a form with files that are written like a query parameter, each pair as a field.
    #[allow(dead_code, reason = "not every API has parts of this kind")]
    pub fn part_styled<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        let Some(value) = self.value(name, value) else { return };
        for (name, text) in special_styles::fields(name, style, &value) {
            self.request.body.multipart().set(&name, [Part::text(text)]);
        }
    }

    /// Sets a file of a form.
    #[allow(dead_code, reason = "not every API has parts of this kind")]
    pub fn part_file(&mut self, name: &'static str, file: FileUpload) {
        self.part_files(name, vec![file]);
    }

    /// Sets files of a form, all under one name.
    #[allow(dead_code, reason = "not every API has parts of this kind")]
    pub fn part_files(&mut self, name: &'static str, files: Vec<FileUpload>) {
        self.request.body.multipart().set(name, files.into_iter().map(Part::file));
    }

    /// Sets the media type of the parts of this name in the API's document.
    #[allow(dead_code, reason = "not every API has parts of this kind")]
    pub fn part_media_type(&mut self, name: &'static str, media_type: &'static str) {
        self.request.body.multipart().set_media_type(name, media_type);
    }
}
