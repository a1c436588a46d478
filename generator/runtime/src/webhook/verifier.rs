//! The signatures of Standard Webhooks (version 1.0.0 of its specification): HMAC-SHA256 over the id, the time and
//! the body of a request.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha2::Sha256;

use super::signature_error::SignatureError;

/// What secrets begin with, for people to recognize them.
const SECRET_PREFIX: &str = "whsec_";

/// What signatures with a shared secret begin with.
const VERSION: &str = "v1,";

/// How far the time of a request may be from now, as the specification proposes it.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// Checks that webhooks come from whoever has the secret, by the signatures of
/// [Standard Webhooks](https://www.standardwebhooks.com).
#[derive(Clone)]
pub struct Verifier {
    /// One for each secret.
    keys: Vec<Hmac<Sha256>>,
    tolerance: Duration,
    header_prefix: String,
}

impl Verifier {
    /// Accepts what is signed with this secret, which is base64, with or without `whsec_` before it.
    ///
    /// # Errors
    ///
    /// [`SignatureError::InvalidSecret`] when it is not.
    pub fn new(secret: impl AsRef<str>) -> Result<Self, SignatureError> {
        let key = key(secret.as_ref())?;
        Ok(Self { keys: vec![key], tolerance: TOLERANCE, header_prefix: "webhook".to_owned() })
    }

    /// Accepts what is signed with this secret as well: while secrets are exchanged, two are valid.
    ///
    /// # Errors
    ///
    /// [`SignatureError::InvalidSecret`] when it is not base64.
    pub fn with_secret(mut self, secret: impl AsRef<str>) -> Result<Self, SignatureError> {
        self.keys.push(key(secret.as_ref())?);
        Ok(self)
    }

    /// Sets how far the time of a request may be from now. Default: 5 minutes.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Sets what the names of the headers begin with. Default: `webhook`, for `webhook-id`, `webhook-timestamp` and
    /// `webhook-signature`.
    #[must_use]
    pub fn with_header_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.header_prefix = prefix.into();
        self
    }

    /// Checks a request that was just received. The body has to be the bytes as they came.
    ///
    /// # Errors
    ///
    /// A [`SignatureError`] when it is not to be trusted.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), SignatureError> {
        self.verify_at(headers, body, SystemTime::now())
    }

    /// Checks a request that was received at this time.
    ///
    /// # Errors
    ///
    /// A [`SignatureError`] when it is not to be trusted.
    pub fn verify_at(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), SignatureError> {
        let id = self.header(headers, "id")?;
        let timestamp = self.header(headers, "timestamp")?;
        let signatures = self.header(headers, "signature")?;
        self.check_time(timestamp, now)?;
        let given = signatures.split(' ').filter_map(|signature| signature.strip_prefix(VERSION));
        let given: Vec<Vec<u8>> = given.filter_map(|text| BASE64_STANDARD.decode(text).ok()).collect();
        for key in &self.keys {
            let signed = key.clone().chain_update(id).chain_update(".").chain_update(timestamp);
            let signed = signed.chain_update(".").chain_update(body);
            // This takes the same time wherever two differ.
            if given.iter().any(|signature| signed.clone().verify_slice(signature).is_ok()) {
                return Ok(());
            }
        }
        Err(SignatureError::NoMatch)
    }

    fn header<'h>(&self, headers: &'h HeaderMap, name: &str) -> Result<&'h str, SignatureError> {
        let name = format!("{}-{name}", self.header_prefix);
        let value = headers.get(&name).and_then(|value| value.to_str().ok());
        value.ok_or(SignatureError::MissingHeader { name })
    }

    fn check_time(&self, timestamp: &str, now: SystemTime) -> Result<(), SignatureError> {
        let seconds = timestamp.parse().map_err(|_| SignatureError::InvalidTimestamp)?;
        let sent = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let sent = sent.ok_or(SignatureError::InvalidTimestamp)?;
        let distance = now.duration_since(sent).unwrap_or_else(|error| error.duration());
        if distance > self.tolerance { Err(SignatureError::OutsideTolerance) } else { Ok(()) }
    }
}

/// Secrets are not shown.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("secrets", &self.keys.len()).finish_non_exhaustive()
    }
}

fn key(secret: &str) -> Result<Hmac<Sha256>, SignatureError> {
    let secret = secret.trim();
    let text = secret.strip_prefix(SECRET_PREFIX).unwrap_or(secret);
    let bytes = BASE64_STANDARD.decode(text).map_err(|_| SignatureError::InvalidSecret)?;
    // Everybody can sign with an empty one.
    if bytes.is_empty() {
        return Err(SignatureError::InvalidSecret);
    }
    Hmac::new_from_slice(&bytes).map_err(|_| SignatureError::InvalidSecret)
}
