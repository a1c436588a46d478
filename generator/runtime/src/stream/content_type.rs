//! The media types of streams.

use std::time::Duration;

use crate::runtime::error::Error;
use crate::runtime::send::RawResponse;

impl RawResponse {
    /// The same response, if its body may be a stream of this kind: its media type is
    /// one of those, or says nothing. Any other body would look like an empty stream.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] with the beginning of the body.
    pub(crate) async fn expecting(mut self, kind: &str, is_of_kind: fn(&str) -> bool) -> Result<Self, Error> {
        /// The media types of servers that send streams without declaring them.
        const VAGUE: [&str; 3] = ["", "text/plain", "application/octet-stream"];
        /// How much of the body is read, and for how long at most.
        const KEPT: (u64, Duration) = (16 * 1024, Duration::from_secs(10));
        let own = self.media_type();
        if is_of_kind(own) || VAGUE.iter().any(|vague| own.eq_ignore_ascii_case(vague)) {
            return Ok(self);
        }
        let reason = format!("expected {kind}, got {own}");
        let metadata = self.metadata().clone();
        Err(Error::unexpected(&metadata, reason, self.body.collect_partially(KEPT).await))
    }
}
