//! Setting a file as the body of a call.

use super::builder::Call;
use crate::runtime::body::{FileUpload, RequestBody};

impl Call<'_> {
    /// Sends bytes, a file or a stream as the whole body.
    #[allow(dead_code, reason = "not every API has files as whole bodies")]
    pub fn bytes(&mut self, media_type: &'static str, upload: impl Into<FileUpload>) {
        self.request.body = RequestBody::file(upload.into(), media_type);
    }
}
