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
    ("discriminator-name", "the variants are told apart by their properties"),
    ("enum-disjoint", "the values of the first schema count"),
    ("key-unknown", "what the key says is left out"),
    ("media-type-malformed", "it stands for any media type"),
    ("media-type-multipart", "the caller passes the encoded body as bytes"),
    ("method-unknown", "the operation is left out"),
    ("operation-id-duplicate", "each further operation gets a number after its operationId"),
    ("parameter-content", "the value is sent as JSON"),
    ("parameter-duplicate", "the first one counts"),
    ("parameter-header-name", "the parameter is left out"),
    ("parameter-location", "the parameter is left out"),
    ("parameter-malformed", "the parameter is left out"),
    ("parameter-querystring", "the parameter is left out"),
    ("parameter-style", "the default style is used"),
    ("path-altered", "the path is sent as URLs are normalized"),
    ("path-braces", "the path is sent as it is written"),
    ("path-parameter-undeclared", "the parameter is a required text"),
    ("path-query-template", "the query is sent as it is written"),
    ("path-relative", "a slash is put before it"),
    ("paths-missing", "the crate has no operations"),
    ("property-conflict", "the last schema counts"),
    ("property-impossible", "the property is left out"),
    ("ref-cycle", "it stands for any value"),
    ("ref-dangling", "it stands for any value, or is left out where no value can stand"),
    ("ref-dynamic", "it stands for any value"),
    ("ref-file", "it stands for any value, or is left out where no value can stand"),
    ("ref-kind", "it stands for any value, or is left out where no value can stand"),
    ("ref-malformed", "it stands for any value, or is left out where no value can stand"),
    ("ref-misplaced", "the reference is left out"),
    ("ref-not-object", "it stands for any value, or is left out where no value can stand"),
    ("ref-outside", "it stands for any value, or is left out where no value can stand"),
    ("ref-remote", "it stands for any value, or is left out where no value can stand"),
    ("required-not-a-list", "the value is left out"),
    ("schema-bounds", "the bounds are left out"),
    ("schema-cycle", "it stands for any value"),
    ("schema-depth", "it stands for any value"),
    ("schema-invalid", "it stands for any value"),
    ("schema-never", "it stands for any value"),
    ("schema-read-write-only", "the schema is sent and received"),
    ("schema-too-large", "it stands for any value"),
    ("schema-type-conflict", "it stands for any value"),
    ("schema-type-unknown", "the type is left out"),
    ("security-api-key", "the security scheme is left out"),
    ("security-http-scheme", "the scheme is left out, and callers set the `Authorization` header themselves"),
    ("security-scheme-undeclared", "the requirement is left out"),
    ("security-scheme-unknown", "the security scheme is left out"),
    ("server-relative-override", "the operation uses the servers of the document"),
    ("server-url-missing", "the server is left out"),
    ("server-variable-default-missing", "the first value is the default, or an empty text"),
    ("server-variable-undeclared", "the caller passes its value, which is empty by default"),
    ("status-malformed", "the response is left out"),
    ("surrogate-lone", "it is read as U+FFFD"),
    ("tag-parent-cycle", "the parent that closes the cycle is left out"),
    ("tag-parent-depth", "the parents above are left out"),
    ("tag-parent-undeclared", "the parent is left out"),
    ("union-too-large", "it stands for any value"),
    ("wrong-shape", "what is written there is left out"),
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
