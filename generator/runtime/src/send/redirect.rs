//! Redirects: which are followed, and what is sent with them.
//!
//! The rules are stricter than a browser's, because requests carry keys:
//!
//! - Nothing is sent from `https` to `http`.
//! - No credential, cookie or body is sent to another origin (scheme, host or port),
//!   and no header but those that say what the caller can read. A request that has left
//!   its origin does not get them back when it is redirected to it again.
//! - A method other than GET and HEAD is sent again only to the same origin, and only
//!   when the status is 307 or 308. It is never turned into a GET.
//! - The exception is 303, which says that the request is completed, and that its result
//!   is at another URL, to be read with a GET (RFC 9110, section 15.4.4).

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_LOCATION, CONTENT_TYPE, HeaderMap, HeaderName, IF_RANGE, LOCATION, RANGE, USER_AGENT,
};
use http::{Method, StatusCode};
use url::Url;

/// How many redirects are followed in a row.
pub const LIMIT: usize = 10;

/// The headers that are sent to another origin.
const CROSS_ORIGIN_HEADERS: [HeaderName; 6] =
    [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_RANGE, RANGE, USER_AGENT];

/// Where a request is sent, and what is sent with it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The URL.
    pub url: Url,
    /// The method.
    pub method: Method,
    /// Its body.
    pub body: BodyAhead,
    /// Whether credentials may be sent there.
    pub origin: Origin,
}

/// Whether a target is of the origin that the request was made for (scheme, host and port).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is. Credentials are sent there.
    Same,
    /// It is not, or one before it was not.
    Cross,
}

/// What to do after a response.
#[derive(Debug)]
pub enum Step {
    /// It is the final one.
    Final,
    /// It is a redirect to this target.
    Follow(Box<Target>),
    /// It is a redirect that is not followed, for this reason.
    Refuse(&'static str),
}

/// Reads a response as a redirect.
#[must_use]
pub fn step(from: &Target, status: StatusCode, headers: &HeaderMap) -> Step {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Step::Final;
    }
    let Some(location) = headers.get(LOCATION) else { return Step::Final };
    let next = location.to_str().ok().and_then(|location| from.url.join(location).ok());
    let Some(mut url) = next.filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return Step::Refuse("the server redirects to something other than an http URL");
    };
    if from.url.scheme() == "https" && url.scheme() == "http" {
        return Step::Refuse("the server redirects from https to plain http");
    }
    let is_same = from.origin == Origin::Same && url.origin() == from.url.origin();
    let origin = if is_same { Origin::Same } else { Origin::Cross };
    // Names and passwords in a URL become an `Authorization` header on the way.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let is_read = matches!(from.method, Method::GET | Method::HEAD);
    if status == StatusCode::SEE_OTHER {
        let method = if is_read { from.method.clone() } else { Method::GET };
        return Step::Follow(Box::new(Target { url, method, body: BodyAhead::None, origin }));
    }
    if !is_read && !matches!(status.as_u16(), 307 | 308) {
        return Step::Refuse("the server redirects, which is followed for GET and HEAD only");
    }
    if !is_same && (!is_read || from.body != BodyAhead::None) {
        return Step::Refuse("the server redirects to another host, where no body is sent");
    }
    if from.body == BodyAhead::Spent {
        return Step::Refuse("the server redirects, and the body cannot be sent again");
    }
    Step::Follow(Box::new(Target { url, method: from.method.clone(), body: from.body, origin }))
}

/// Whether a request has a body, and whether that can be sent to the next target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyAhead {
    /// There is none.
    None,
    /// It can be produced again.
    Replayable,
    /// It has been sent, and cannot be sent again.
    Spent,
}

/// Removes the headers that describe a body (RFC 9110, section 15.4).
pub fn strip_body(headers: &mut HeaderMap) {
    for name in [CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE] {
        headers.remove(name);
    }
}

/// The headers that may go to another origin.
#[must_use]
pub fn cross_origin_headers(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in CROSS_ORIGIN_HEADERS {
        if let Some(value) = headers.get(&name).filter(|value| !value.is_sensitive()) {
            kept.insert(name, value.clone());
        }
    }
    kept
}
