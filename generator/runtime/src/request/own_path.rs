//! Paths that the caller writes, for requests that the API's document lacks.

use crate::runtime::error::Error;

/// Refuses what would not stay below the base URL, or would not be sent as it is written.
///
/// # Errors
///
/// [`Error::InvalidRequest`], which says what is wrong with it.
pub(super) fn check(route: &str) -> Result<(), Error> {
    let refuse = |reason: &str| Err(Error::invalid_request("path", reason));
    if route.starts_with("https://") || route.starts_with("http://") {
        return refuse("must be a path below the base URL; another server is set with `base_url`");
    }
    if route.contains('#') {
        return refuse("must not have a fragment (`#`)");
    }
    if route.contains(|letter: char| letter.is_ascii_control()) {
        return refuse("must not have control characters in it");
    }
    let path = route.split('?').next().unwrap_or_default();
    if path.split(['/', '\\']).any(is_dots) {
        return refuse("must not have `.` or `..` as a segment");
    }
    Ok(())
}

/// Whether a segment is resolved on the way, in each of its spellings (WHATWG URL, "single-dot URL path
/// segment" and "double-dot URL path segment").
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}
