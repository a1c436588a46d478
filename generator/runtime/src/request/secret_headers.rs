//! The headers that hold credentials.

#[cfg(feature = "auth")]
use http::header::AUTHORIZATION;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, USER_AGENT};

use crate::runtime::operation::Sdk;
#[cfg(feature = "auth")]
use crate::runtime::operation::{SchemeKind, SecurityScheme};
use crate::runtime::value::is_secret;

/// The headers that most requests have. They hold no secret, and a call should not
/// spend its time on finding that out.
const USUAL: [HeaderName; 4] = [ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT];

#[cfg(feature = "auth")]
/// The header that a scheme sets, if it does.
pub(crate) fn header_of(scheme: &SecurityScheme) -> Option<HeaderName> {
    match scheme.kind {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::OAuth2 { .. } => Some(AUTHORIZATION),
        SchemeKind::ApiKeyHeader(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
        SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) | SchemeKind::MutualTls => None,
    }
}

/// Marks the headers that hold a credential, so that no `Debug` shows them and
/// they follow no redirect to another host: those of the API's schemes, and those
/// whose names say so.
#[allow(unused_variables, reason = "not every API has security schemes")]
pub(crate) fn mark_secrets(sdk: &Sdk, headers: &mut HeaderMap) {
    #[cfg(not(feature = "auth"))]
    let is_of_scheme = |_: &HeaderName| false;
    #[cfg(feature = "auth")]
    let is_of_scheme =
        |name: &HeaderName| sdk.security.iter().filter_map(header_of).any(|header| header == name);
    for (name, value) in headers {
        if !USUAL.contains(name) && (is_secret(name.as_str()) || is_of_scheme(name)) {
            value.set_sensitive(true);
        }
    }
}
