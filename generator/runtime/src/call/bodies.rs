//! The setters of a call for bodies other than a single JSON value or text.

use serde::Serialize;
use serde_json::Value;

use super::builder::Call;
use crate::runtime::body::{FileUpload, Part, RequestBody, json_lines};
use crate::runtime::error::Error;
use crate::runtime::value::{Style, parameter};

impl Call<'_> {
    /// Sends bytes, a file or a stream as the whole body.
    pub fn bytes(&mut self, media_type: &'static str, upload: impl Into<FileUpload>) {
        let upload = upload.into();
        let media_type = upload.media_type(Some(media_type));
        self.request.body = RequestBody::Upload(Box::new(upload), media_type);
    }

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

    /// Sets a field of an urlencoded form.
    pub fn form_field<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.body.form().set(name, style, &value);
        }
    }

    /// Sets a plain field of a form with files: a list as a field for each of its items.
    pub fn part_text<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        let Some(value) = self.value(name, value) else { return };
        let values = match &value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        let values = values.iter().filter(|value| !value.is_null());
        let parts = values.map(|value| Part::text(parameter::text(value)));
        self.request.body.multipart().set(name, parts);
    }

    /// Sets a field of a form with files that holds JSON.
    pub fn part_json<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        match serde_json::to_vec(value) {
            Ok(json) => self.request.body.multipart().set(name, [Part::json(json)]),
            Err(error) => self.fail(Error::invalid_request(name, error.to_string())),
        }
    }

    /// Sets a file of a form.
    pub fn part_file(&mut self, name: &'static str, file: FileUpload) {
        self.part_files(name, vec![file]);
    }

    /// Sets files of a form, all under one name.
    pub fn part_files(&mut self, name: &'static str, files: Vec<FileUpload>) {
        self.request.body.multipart().set(name, files.into_iter().map(Part::file));
    }

    /// Says which media type the API's document gives the parts of this name.
    pub fn part_media_type(&mut self, name: &'static str, media_type: &'static str) {
        self.request.body.multipart().set_media_type(name, media_type);
    }
}
