//! Whether a schema is for bytes.

use super::unwrap;
use crate::document::Cursor;

/// Whether `schema` is for bytes as they are, which JSON cannot hold.
pub(super) fn is(schema: &Cursor<'_>) -> bool {
    // Any of the schemas on the path may say so: `allOf: [{$ref: File}], format: binary`.
    unwrap::path(schema, |_| false).iter().any(says)
}

fn says(schema: &Cursor<'_>) -> bool {
    let is_encoded = schema.str("contentEncoding").is_some_and(|encoding| encoding != "binary");
    let is_binary = schema.str("format") == Some("binary")
        || schema.str("type") == Some("file")
        || schema.str("contentEncoding") == Some("binary")
        || schema.str("contentMediaType").is_some_and(is_binary_media);
    is_binary && !is_encoded
}

/// Media types whose content is no text.
fn is_binary_media(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_text = essence.starts_with("text/")
        || essence.ends_with("json")
        || essence.ends_with("xml")
        || essence.ends_with("yaml")
        || essence == "application/x-www-form-urlencoded";
    !is_text
}
