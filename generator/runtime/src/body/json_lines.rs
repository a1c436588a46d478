//! JSON Lines as the body of a request.

use bytes::Bytes;
use serde::Serialize;

use crate::runtime::value::writer;

/// The media type of JSON Lines.
pub(crate) const MEDIA_TYPE: &str = "application/jsonl";

/// Values as the body of a request.
pub(crate) fn encode<T: Serialize>(values: &[T]) -> Result<Bytes, serde_json::Error> {
    let mut lines = Vec::new();
    for value in values {
        writer::to_writer(&mut lines, value)?;
        lines.push(b'\n');
    }
    Ok(lines.into())
}
