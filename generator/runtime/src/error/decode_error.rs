//! Success responses that cannot be decoded.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::metadata::CallMetadata;
use crate::runtime::value::{json_path, one_line};

/// The response is a success, but could not be decoded as the operation declares it.
pub struct DecodeError {
    pub(crate) metadata: CallMetadata,
    path: Option<String>,
    snippet: String,
    reason: String,
    raw: Bytes,
    source: Option<serde_json::Error>,
}

impl DecodeError {
    pub(crate) fn unexpected(metadata: CallMetadata, reason: String, raw: Bytes) -> Self {
        let (reason, raw) = (metadata.mask_text(reason), metadata.mask(raw));
        let snippet = json_path::snippet(&raw, 0);
        Self { metadata, path: None, snippet, reason, raw, source: None }
    }

    pub(crate) fn json(metadata: CallMetadata, source: serde_json::Error, raw: Bytes) -> Self {
        let offset = json_path::offset(&raw, source.line(), source.column());
        let media_type = metadata.media_type().unwrap_or("no content type");
        // Of a page in place of JSON, the media type says more than where it is not JSON.
        if !source.is_data() && !is_json(media_type) {
            let reason = format!("expected JSON, got {media_type}");
            return Self { source: Some(source), ..Self::unexpected(metadata, reason, raw) };
        }
        let raw = metadata.mask(raw);
        let text = metadata.mask_text(source.to_string());
        // It says what it found, which may be a secret.
        let source = if text == source.to_string() {
            source
        } else {
            <serde_json::Error as serde::de::Error>::custom(&text)
        };
        let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
        let path = Some(json_path::path(&raw, offset));
        let snippet = json_path::snippet(&raw, offset);
        Self { metadata, path, snippet, reason, raw, source: Some(source) }
    }

    /// The path of the value in the JSON that could not be decoded: `data[3].purpose`; empty for
    /// the value as a whole, `None` when the response is not JSON.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What was expected and what was found.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The text around that value.
    #[must_use]
    pub fn snippet(&self) -> &str {
        &self.snippet
    }

    /// The body as it was received, or as much of it as was read. The credentials of the
    /// request are masked with `*`.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.raw
    }

    /// The media type of the response.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.metadata.media_type()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response could not be decoded")?;
        match self.path.as_deref() {
            Some("") | None => {}
            Some(path) => write!(f, " at `{}`", one_line(path))?,
        }
        write!(f, ": {}", one_line(&self.reason))?;
        if !self.snippet.is_empty() {
            write!(f, ", near `{}`", one_line(&self.snippet))?;
        }
        write!(f, " ({}", self.metadata)?;
        if let Some(status) = self.metadata.status() {
            write!(f, ", status {}", status.as_u16())?;
        }
        f.write_str(")")
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("path", &self.path)
            .field("reason", &self.reason)
            .field("snippet", &self.snippet)
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// `application/json`, `application/problem+json` and the like, and the streams whose parts are JSON.
fn is_json(media_type: &str) -> bool {
    let lower = media_type.to_ascii_lowercase();
    ["/json", "+json", "json-seq", "jsonl", "ndjson", "/event-stream"].iter().any(|end| lower.ends_with(end))
}
