//! What a response says about a retry: whether it may help, and when.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

/// The statuses that are retried by default.
pub(crate) const RETRYABLE_STATUSES: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// Whether an error response may be a success when the request is retried.
pub(crate) fn is_retryable_response(status: StatusCode, headers: &HeaderMap) -> bool {
    should_retry(headers).unwrap_or(RETRYABLE_STATUSES.contains(&status.as_u16()))
}

/// What the server says in `x-should-retry`.
pub(crate) fn should_retry(headers: &HeaderMap) -> Option<bool> {
    headers.get("x-should-retry")?.to_str().ok()?.trim().parse().ok()
}

/// How long the server asks to wait: `retry-after-ms`, or `Retry-After` in
/// seconds, whole or not, or as a date (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(millis) = text("retry-after-ms").and_then(number) {
        return Some(seconds(millis / 1000.0));
    }
    let text = text("retry-after")?;
    if let Some(number) = number(text) {
        return Some(seconds(number));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date in the past: there is nothing left to wait for.
    Some(date.duration_since(now).unwrap_or_default())
}

/// Digits, perhaps with a point. Rust also takes `-1`, `inf` and `nan` for numbers.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.');
    text.parse().ok().filter(|_| is_plain)
}

/// A time of so many seconds. What is too long to be counted is the longest there is.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
