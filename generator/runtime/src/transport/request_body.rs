//! A request body as the HTTP client takes it.

use crate::runtime::body::OutgoingBody;

/// The body as one of `reqwest`, which sends one in memory as it is.
pub(crate) fn to_reqwest(body: OutgoingBody) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(body),
    }
}
