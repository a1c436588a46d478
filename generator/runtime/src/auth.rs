//! Authentication: which credentials a request needs, and where they go.
//!
//! Everything secret is put into a request here, right before it is sent, and
//! for its own host only.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
    USER_AGENT,
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};

use super::base_url::is_exposed;
use super::client::Client;
use super::credential::{Credential, CredentialKind};
use super::error::{BoxError, Error};
use super::exchange::Exchange;
use super::local_error::CredentialError;
use super::options::is_secret;
use super::parameter::encode;
use super::sdk::{Operation, SchemeKind, Sdk, SecurityScheme};

/// What the value of a cookie may not have in it (RFC 6265, section 4.1.1). All
/// else goes as it is: servers need not decode cookies.
const NO_COOKIE_OCTET: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// The headers that most requests have. They hold no secret, and a call should not
/// spend its time on finding that out.
const USUAL: [HeaderName; 4] = [ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT];

/// The schemes that a call authenticates with.
pub(crate) type Needed<'c> = Vec<(&'static SecurityScheme, &'c Credential)>;

/// Chooses the first of the operation's alternatives for which there is everything.
///
/// A header that the caller set counts as a credential for the scheme that would
/// set it, and wins.
pub(crate) fn choose<'c>(
    client: &'c Client,
    operation: &'static Operation,
    headers: &HeaderMap,
) -> Result<Needed<'c>, Error> {
    let sdk = client.shared.sdk;
    if operation.security.is_empty() {
        return Ok(Vec::new());
    }
    let schemes_of = |names: &'static [&'static str]| names.iter().filter_map(|name| sdk.scheme(name));
    let is_given = |scheme: &SecurityScheme| header_of(scheme).is_some_and(|name| headers.contains_key(name));
    let is_met = |scheme: &'static SecurityScheme| {
        scheme.kind == SchemeKind::MutualTls || is_given(scheme) || client.shared.credential(scheme).is_some()
    };
    // An empty alternative says that there may be no credential. Having one, it is sent.
    let with_credential = operation.security.iter().filter(|names| !names.is_empty());
    let without = operation.security.iter().filter(|names| names.is_empty());
    let chosen = with_credential
        .chain(without)
        .find(|names| schemes_of(names).all(is_met))
        .ok_or_else(|| missing(client, operation))?;
    let mut needed = Vec::with_capacity(chosen.len());
    for scheme in schemes_of(chosen).filter(|scheme| !is_given(scheme)) {
        needed.extend(client.shared.credential(scheme).map(|credential| (scheme, credential)));
    }
    Ok(needed)
}

/// Names what is missing, and how to give it.
fn missing(client: &Client, operation: &'static Operation) -> Error {
    let scheme = operation
        .security
        .iter()
        .flat_map(|names| names.iter())
        .filter_map(|name| client.shared.sdk.scheme(name))
        .find(|scheme| client.shared.credential(scheme).is_none());
    let name = scheme.map_or("security", |scheme| scheme.name);
    let how = scheme.and_then(|scheme| scheme.environment).map_or_else(
        || "has no credential: set one on the client's builder".to_owned(),
        |variable| {
            format!("has no credential: set one on the client's builder, or {variable} and use `from_env`")
        },
    );
    Error::invalid_request(name, how)
}

/// The header that a scheme sets, if it does.
fn header_of(scheme: &SecurityScheme) -> Option<HeaderName> {
    match scheme.kind {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::OAuth2 { .. } => Some(AUTHORIZATION),
        SchemeKind::ApiKeyHeader(name) => HeaderName::from_bytes(name.as_bytes()).ok(),
        SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) | SchemeKind::MutualTls => None,
    }
}

/// Puts the credentials into a request, and gives the secrets among them.
pub(crate) async fn apply(
    client: &Client,
    needed: &Needed<'_>,
    exchange: &Exchange,
    url: &mut Url,
    headers: &mut HeaderMap,
) -> Result<Vec<Arc<SecretString>>, Error> {
    let mut used = Vec::with_capacity(needed.len());
    if needed.is_empty() {
        return Ok(used);
    }
    if is_exposed(url) && !client.shared.may_expose_credentials() {
        let reason = "is plain http to another machine, where a credential could be read on the way; \
                      use https, or allow it with `allow_credentials_over_http`";
        return Err(Error::invalid_request("base_url", reason));
    }
    for (scheme, credential) in needed {
        let failed = |source: BoxError| {
            let exchange = exchange.clone();
            Error::Credential(Box::new(CredentialError { exchange, scheme: scheme.name, source }))
        };
        let secret = obtain(client, scheme, credential).await.map_err(failed)?;
        put(scheme, &secret, url, headers).map_err(failed)?;
        used.push(secret);
    }
    Ok(used)
}

/// The text that goes over the wire.
async fn obtain(
    client: &Client,
    scheme: &SecurityScheme,
    credential: &Credential,
) -> Result<Arc<SecretString>, BoxError> {
    let secret = match &credential.0 {
        CredentialKind::Secret(secret) => return Ok(Arc::clone(secret)),
        // RFC 7617, section 2: the first colon ends the name.
        CredentialKind::Basic(user, _) if user.contains(':') => {
            return Err("the name of its user must not have a colon in it".into());
        }
        CredentialKind::Basic(user, password) => format!("{user}:{}", password.expose_secret()).into(),
        CredentialKind::Provider(provider) => provider.credential().await?,
        CredentialKind::OAuth(source) => {
            let (token_url, scopes) = match scheme.kind {
                SchemeKind::OAuth2 { token_url, scopes } => (token_url, scopes),
                _ => (None, &[][..]),
            };
            // On the heap, as it is long and seldom needed.
            Box::pin(source.token(client, token_url, scopes)).await?
        }
    };
    Ok(Arc::new(secret))
}

fn put(
    scheme: &SecurityScheme,
    secret: &SecretString,
    url: &mut Url,
    headers: &mut HeaderMap,
) -> Result<(), BoxError> {
    let text = secret.expose_secret();
    if text.is_empty() {
        return Err("it is empty".into());
    }
    match scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => {
            headers.insert(AUTHORIZATION, sensitive(bearer(text))?);
        }
        SchemeKind::Basic => {
            headers.insert(AUTHORIZATION, sensitive(basic(text))?);
        }
        SchemeKind::ApiKeyHeader(name) => {
            headers.insert(HeaderName::from_bytes(name.as_bytes())?, sensitive(text.to_owned())?);
        }
        SchemeKind::ApiKeyQuery(name) => {
            // The URL of a next page may have the key already.
            let others = url.query().unwrap_or_default().split('&').filter(|pair| !is_named(pair, name));
            let pair = format!("{}={}", encode(name), encode(text));
            let query: Vec<_> = others.chain([pair.as_str()]).collect();
            let query = query.join("&");
            url.set_query(Some(&query));
        }
        SchemeKind::ApiKeyCookie(name) => {
            let pair = format!("{name}={}", cookie_value(text));
            let before = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok());
            let cookies = before.map_or_else(|| pair.clone(), |cookies| format!("{cookies}; {pair}"));
            headers.insert(COOKIE, sensitive(cookies)?);
        }
        SchemeKind::MutualTls => {}
    }
    Ok(())
}

/// All that a secret may be put into headers and cookies as. Which of these it was does not
/// matter to those who look for it: what was not sent does not come back.
pub(crate) fn as_sent(text: &str) -> [String; 4] {
    [text.to_owned(), bearer(text), basic(text), cookie_value(text)]
}

/// A token as RFC 6750, section 2.1, has it.
fn bearer(token: &str) -> String {
    ["Bearer ", token].concat()
}

/// A user and a password, joined by a colon, as RFC 7617, section 2, has them.
fn basic(login: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(login))
}

/// A text as the value of a cookie.
fn cookie_value(text: &str) -> String {
    utf8_percent_encode(text, NO_COOKIE_OCTET).to_string()
}

/// Whether a pair of a query has this name.
fn is_named(pair: &str, name: &str) -> bool {
    pair.is_empty() || form_urlencoded::parse(pair.as_bytes()).any(|(key, _)| key == name)
}

fn sensitive(text: String) -> Result<HeaderValue, BoxError> {
    let mut value =
        HeaderValue::try_from(text).map_err(|_| "it has characters in it that no header may have")?;
    value.set_sensitive(true);
    Ok(value)
}

/// Marks the headers that hold a credential, so that no `Debug` shows them and
/// they follow no redirect to another host: those of the API's schemes, and those
/// whose names say so.
pub(crate) fn mark_secrets(sdk: &Sdk, headers: &mut HeaderMap) {
    let is_of_scheme =
        |name: &HeaderName| sdk.security.iter().filter_map(header_of).any(|header| header == name);
    for (name, value) in headers {
        if !USUAL.contains(name) && (is_secret(name.as_str()) || is_of_scheme(name)) {
            value.set_sensitive(true);
        }
    }
}

/// After a 401: forgets the tokens that were used. Whether new ones can be had.
pub(crate) fn reject(needed: &Needed<'_>, used: &[Arc<SecretString>]) -> bool {
    let mut renewable = false;
    for (_, credential) in needed {
        if let Credential(CredentialKind::OAuth(source)) = credential {
            for secret in used {
                source.reject(secret);
            }
            renewable = true;
        }
    }
    renewable
}
