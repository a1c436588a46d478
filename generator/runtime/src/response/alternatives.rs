//! Reading the response of an operation that declares several: which one it is, and its body.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::read::decode_json;
#[cfg(feature = "text_responses")]
use super::read::decode_text;
use super::typed::Response;
use crate::runtime::error::Error;
use crate::runtime::operation::StatusPattern;
use crate::runtime::send::RawResponse;

#[allow(dead_code, reason = "not every API has responses of each kind")]
impl RawResponse {
    /// Which of these declared responses it is: by the most specific status, and then by
    /// media type, of which an empty one stands for no body. When only the media type
    /// differs it is the first of its status, as servers are careless with it.
    #[must_use]
    pub fn pick(&self, kinds: &[(StatusPattern, &str)]) -> Option<usize> {
        let own = self.media_type();
        let rank = |status: &StatusPattern, documented: &str| {
            (status.rank(), !is_media_type(own, documented), documented.is_empty() != own.is_empty())
        };
        let places = kinds.iter().enumerate().filter(|(_, (status, _))| status.covers(self.status()));
        places.min_by_key(|(_, (status, documented))| rank(status, documented)).map(|(index, _)| index)
    }

    /// The error of a response that the operation does not declare.
    #[must_use]
    pub fn unexpected(self) -> Error {
        let reason = format!("status {} with `{}` is not documented", self.status(), self.media_type());
        let error = Error::unexpected(self.metadata(), reason, Bytes::new());
        self.report(&error);
        error
    }

    /// The body as it was received.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is longer than the limit, and any error of the connection.
    pub async fn bytes(self) -> Result<Response<Bytes>, Error> {
        self.read(|response| Ok(response.undecoded())).await
    }

    async fn read<T>(
        mut self,
        decode: impl FnOnce(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let bytes = self.body.collect(self.limit).await;
        self.decoded(bytes, decode)
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and [`Error::Decode`] when it is not JSON of this type.
    pub async fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.read(decode_json).await
    }

    #[cfg(feature = "text_responses")]
    /// The body as text.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and [`Error::Decode`] when it is not UTF-8.
    pub async fn text(self) -> Result<Response<String>, Error> {
        self.read(decode_text).await
    }

    #[cfg(feature = "empty_responses")]
    /// Nothing: the body is read, so that the connection can be used again, and dropped.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    pub async fn empty(self) -> Result<Response<()>, Error> {
        self.read(|response| Ok(response.with_value(()))).await
    }
}

/// Whether a media type is the one that a document names, which may be a range
/// such as `text/*` and have parameters.
fn is_media_type(media_type: &str, documented: &str) -> bool {
    let documented = documented.split(';').next().unwrap_or_default().trim();
    match documented.split_once('/') {
        None | Some(("*", "*")) => true,
        Some((kind, "*")) => media_type.split('/').next().is_some_and(|own| own.eq_ignore_ascii_case(kind)),
        Some(_) => media_type.eq_ignore_ascii_case(documented),
    }
}
