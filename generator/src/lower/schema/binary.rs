//! Whether a schema is for bytes.

use super::unwrap;
use crate::document::Cursor;
use crate::ir::MediaType;

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

/// Whether the content of a media type is not text.
fn is_binary_media(name: &str) -> bool {
    let is_text = |media_type: MediaType| {
        media_type.is_text()
            || media_type.is_text_format()
            || media_type.is_json()
            || media_type.is_json_lines()
            || media_type.is_form()
    };
    !MediaType::parse(name).is_some_and(is_text)
}
