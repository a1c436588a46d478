//! The secrets that a request was sent with, and keeping them out of what is shown.
//!
//! Some servers repeat the key that they do not accept, as it is or in one of the
//! forms that it was sent in, and errors end up in logs. A [`CallMetadata`] has the
//! secrets of its request, and every error masks them in the text that it keeps. They
//! are masked and not removed, so that offsets in the text stay the same.
//!
//! This is a search for what was sent. A server that encodes a secret in a way that is no escape of JSON,
//! of a URL or of a form, or that repeats only a part of it, is not found out: HTML references, Base64 of
//! something larger, hashes, other letter case, a secret in pieces.
//!
//! [`CallMetadata`]: super::CallMetadata

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::escapes;
use crate::runtime::value::{as_sent, encode};

/// What is shorter is no secret, and would be found everywhere.
const SHORTEST: usize = 6;

/// The secrets that a request was sent with.
pub(crate) struct Secrets {
    texts: Vec<Arc<SecretString>>,
    headers: Vec<HeaderValue>,
    /// What to look for, once there is anything to look in.
    forms: OnceLock<Vec<Vec<u8>>>,
}

impl Secrets {
    /// These credentials, and all that is in headers which are marked as sensitive.
    pub(crate) fn new(texts: Vec<Arc<SecretString>>, headers: &HeaderMap) -> Self {
        let headers = headers.values().filter(|value| value.is_sensitive()).cloned().collect();
        Self { texts, headers, forms: OnceLock::new() }
    }

    #[cfg(feature = "oauth")]
    /// The credentials.
    pub(crate) fn texts(&self) -> &[Arc<SecretString>] {
        &self.texts
    }

    /// A body without the secrets.
    pub(crate) fn mask(&self, body: Bytes) -> Bytes {
        let places = self.places(&body);
        if places.is_empty() {
            return body;
        }
        let mut masked = body.to_vec();
        for place in places {
            masked[place].fill(b'*');
        }
        masked.into()
    }

    fn places(&self, text: &[u8]) -> Vec<Range<usize>> {
        let forms = self.forms.get_or_init(|| self.forms());
        forms.iter().flat_map(|form| escapes::places(text, form, SHORTEST)).collect()
    }

    fn forms(&self) -> Vec<Vec<u8>> {
        let headers = self.headers.iter().filter_map(|value| value.to_str().ok()).map(str::to_owned);
        let texts = self.texts.iter().flat_map(|text| as_sent(text.expose_secret()));
        let sent = texts.chain(headers).flat_map(|header| secrets_in(&header));
        let mut forms: Vec<_> = sent.flat_map(|text| forms_of(&text)).collect();
        forms.retain(|form| form.len() >= SHORTEST);
        forms.sort();
        forms.dedup();
        forms
    }
}

/// What is secret in a header: all of it, what follows the name of a scheme, the
/// values of its pairs, and a password in Base64.
fn secrets_in(header: &str) -> Vec<String> {
    let is_scheme = |word: &str| word.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    let bare = match header.split_once(' ') {
        Some((scheme, rest)) if is_scheme(scheme) => rest,
        _ => header,
    };
    let mut found = vec![header.to_owned(), bare.to_owned()];
    let pairs = bare.split([';', ',']).filter_map(|pair| pair.split_once('='));
    found.extend(pairs.map(|(_, value)| value.trim_matches([' ', '"']).to_owned()));
    let login = BASE64_STANDARD.decode(bare).ok().and_then(|login| String::from_utf8(login).ok());
    if let Some(login) = login {
        found.extend(login.split_once(':').map(|(_, password)| password.to_owned()));
        found.push(login);
    }
    found
}

/// The ways in which a text is written: as it is, in URLs, in forms and in JSON. In a text that is
/// searched for them, more may be escaped.
fn forms_of(text: &str) -> Vec<Vec<u8>> {
    let quoted = serde_json::Value::from(text).to_string();
    let json = &quoted[1..quoted.len() - 1];
    let url = encode(text);
    let forms = [text.to_owned(), url.replace("%20", "+"), json.replace('/', "\\/"), json.to_owned(), url];
    forms.into_iter().map(String::into_bytes).collect()
}
