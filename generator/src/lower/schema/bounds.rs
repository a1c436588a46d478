//! Keywords of one schema that contradict each other.

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

/// Bounds that belong together: the least of something, and the most.
const BOUNDS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

/// Reports what `schema` itself says so that no value is left, or no use of one.
pub(super) fn check(schema: &Cursor<'_>, found: &mut Diagnostics) {
    for (least, most) in BOUNDS {
        let bound = |key: &str| Some((schema.get(key)?, schema.value().get(key)?.as_f64()?));
        let (Some((_, low)), Some((place, high))) = (bound(least), bound(most)) else { continue };
        if low > high {
            found.error(
                "schema-bounds",
                place,
                format!("`{least}` is more than `{most}`, so that no value is allowed"),
                "exchange the two, or correct one of them",
            );
        }
    }
    if schema.bool("readOnly") == Some(true) && schema.bool("writeOnly") == Some(true) {
        found.error(
            "schema-read-write-only",
            schema,
            "what is `readOnly` and `writeOnly` is neither sent nor received",
            "remove one of the two",
        );
    }
}
