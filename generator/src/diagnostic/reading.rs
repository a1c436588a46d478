//! How a document is read where it is wrong: the nearest faithful reading of each fault, by its code.
//!
//! In goes the code of an error, out comes what is generated in its place, in the words of a report.
//! A fault with a reading is a warning, unless the settings are strict. An error without one is about
//! what cannot be read at all, or about the settings and overlays, whose author can mend them.
//! The readings themselves are taken where the faults are reported, in [`crate::document`] and
//! [`crate::lower`].

/// Codes in the order of the alphabet, with what is generated in place of the fault.
const READINGS: &[(&str, &str)] = &[
    ("discriminator-mapping", "the tag is not known, and its values are kept as they are"),
    ("discriminator-name", "the variants are discriminated by their properties"),
    ("enum-disjoint", "the values of the first schema are used"),
    ("key-unknown", "the key is ignored"),
    ("media-type-malformed", "any media type is accepted"),
    ("media-type-multipart", "the caller passes the encoded body as bytes"),
    ("method-unknown", "the operation is left out"),
    ("operation-id-duplicate", "each further operation gets a number after its operationId"),
    ("parameter-content", "the value is sent as JSON"),
    ("parameter-duplicate", "the first one is used"),
    ("parameter-header-name", "the parameter is left out"),
    ("parameter-location", "the parameter is left out"),
    ("parameter-malformed", "the parameter is left out"),
    ("parameter-querystring", "the parameter is left out"),
    ("parameter-style", "the default style is used"),
    ("path-altered", "the path is sent as URLs are normalized"),
    ("path-braces", "the path is sent as it is written"),
    ("path-parameter-undeclared", "the parameter is a required string"),
    ("path-query-template", "the query is sent as it is written"),
    ("path-relative", "a slash is put before it"),
    ("paths-missing", "the crate has no operations"),
    ("property-conflict", "the last schema is used"),
    ("property-impossible", "the property is left out"),
    ("ref-cycle", "any value is accepted"),
    ("ref-dangling", "any value is accepted, or it is omitted where a value is not allowed"),
    ("ref-dynamic", "any value is accepted"),
    ("ref-file", "any value is accepted, or it is omitted where a value is not allowed"),
    ("ref-kind", "any value is accepted, or it is omitted where a value is not allowed"),
    ("ref-malformed", "any value is accepted, or it is omitted where a value is not allowed"),
    ("ref-misplaced", "the reference is left out"),
    ("ref-not-object", "any value is accepted, or it is omitted where a value is not allowed"),
    ("ref-outside", "any value is accepted, or it is omitted where a value is not allowed"),
    ("ref-remote", "any value is accepted, or it is omitted where a value is not allowed"),
    ("required-not-a-list", "the value is left out"),
    ("schema-bounds", "the bounds are left out"),
    ("schema-cycle", "any value is accepted"),
    ("schema-depth", "any value is accepted"),
    ("schema-invalid", "any value is accepted"),
    ("schema-never", "any value is accepted"),
    ("schema-read-write-only", "the schema is sent and received"),
    ("schema-too-large", "any value is accepted"),
    ("schema-type-conflict", "any value is accepted"),
    ("schema-type-unknown", "the type is left out"),
    ("security-api-key", "the security scheme is left out"),
    ("security-http-scheme", "the scheme is left out, and callers set the `Authorization` header themselves"),
    ("security-scheme-undeclared", "the requirement is left out"),
    ("security-scheme-unknown", "the security scheme is left out"),
    ("server-relative-override", "the operation uses the servers of the document"),
    ("server-url-missing", "the server is left out"),
    ("server-variable-default-missing", "the first value is the default, or an empty string"),
    ("server-variable-undeclared", "the caller passes its value, which is empty by default"),
    ("status-malformed", "the response is left out"),
    ("surrogate-lone", "it is read as U+FFFD"),
    ("tag-parent-cycle", "the parent that closes the cycle is left out"),
    ("tag-parent-depth", "the parents beyond the limit are left out"),
    ("tag-parent-undeclared", "the parent is left out"),
    ("union-too-large", "any value is accepted"),
    ("wrong-shape", "the value is ignored"),
];

/// What is generated in place of a fault with this code. `None` for errors that leave nothing to read.
#[must_use]
pub(crate) fn of(code: &str) -> Option<&'static str> {
    let index = READINGS.binary_search_by_key(&code, |(known, _)| known).ok()?;
    Some(READINGS[index].1)
}

#[cfg(test)]
mod tests {
    use super::READINGS;

    #[test]
    fn codes_are_sorted() {
        assert!(READINGS.is_sorted_by_key(|(code, _)| code));
    }
}
