//! Secrets: the forms in which they are written into headers, and the headers that hold them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What the value of a cookie may not have in it (RFC 6265, section 4.1.1). All
/// else goes as it is: servers need not decode cookies.
const NO_COOKIE_OCTET: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// All that a secret may be put into headers and cookies as. Which of these it was does not
/// matter to those who look for it: what was not sent does not come back.
pub(crate) fn as_sent(text: &str) -> [String; 4] {
    [without_scheme(text).to_owned(), bearer(text), basic(text), cookie_value(text)]
}

/// A token as RFC 6750, section 2.1, has it. One that was copied with its scheme has it once.
pub(crate) fn bearer(token: &str) -> String {
    ["Bearer ", without_scheme(token)].concat()
}

/// A token, which has no space in it, without the scheme that was copied with it.
fn without_scheme(token: &str) -> &str {
    match token.split_at_checked("Bearer ".len()) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer ") => token.trim_start(),
        _ => token,
    }
}

/// A user and a password, joined by a colon, as RFC 7617, section 2, has them.
pub(crate) fn basic(login: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(login))
}

/// A text as the value of a cookie.
pub(crate) fn cookie_value(text: &str) -> String {
    utf8_percent_encode(text, NO_COOKIE_OCTET).to_string()
}

/// Whether a header of this name usually holds a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let is_harmless = name == "idempotency-key" || name.contains("ratelimit");
    ["auth", "cookie", "key", "token", "secret", "password", "signature"]
        .iter()
        .any(|word| name.contains(word) && !is_harmless)
}
