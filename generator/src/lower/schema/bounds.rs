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

/// Reports keywords of `schema` itself that allow no value, or no use of one.
pub(super) fn check(schema: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    for (least, most) in BOUNDS {
        let bound = |key: &str| Some((schema.get(key)?, schema.value().get(key)?.as_f64()?));
        let (Some((_, low)), Some((place, high))) = (bound(least), bound(most)) else { continue };
        if low > high {
            diagnostics.error(
                "schema-bounds",
                place,
                format!("`{least}` is greater than `{most}`, so no value is allowed"),
                "swap the two, or correct one of them",
            );
        }
    }
    if schema.bool("readOnly") == Some(true) && schema.bool("writeOnly") == Some(true) {
        diagnostics.error(
            "schema-read-write-only",
            schema,
            "a schema that is both `readOnly` and `writeOnly` is neither sent nor received",
            "remove one of the two",
        );
    }
}
