//! Puts credentials into a request, right before it is sent, and for its own host only.

use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};

use super::credential::{Credential, CredentialKind};
use super::select::RequiredCredentials;
#[cfg(feature = "oauth")]
use super::token::is_transient;
use crate::runtime::error::{BoxError, CallMetadata, CredentialError, Error};
use crate::runtime::operation::{SchemeKind, SecurityScheme};
use crate::runtime::request::is_exposed;
use crate::runtime::time::Clock;
use crate::runtime::transport::HttpClient;
use crate::runtime::value::{basic, bearer, cookie_value, encode};

/// Whether credentials may be sent over plain http, where they can be read on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    /// Only over `https`, or to this machine.
    #[default]
    Refused,
    /// Over plain `http` as well.
    Allowed,
}

/// What it takes to obtain a credential, beside the credential.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "only some APIs have credentials that are requested from a server")]
pub(crate) struct AuthContext<'c> {
    pub(crate) http: &'c HttpClient,
    pub(crate) clock: &'c dyn Clock,
    /// Where the API is served, without a slash at the end.
    pub(crate) base_url: &'c str,
    pub(crate) user_agent: Option<&'c HeaderValue>,
    pub(crate) plain_http: PlainHttp,
}

/// Puts the credentials into a request, and returns the secrets among them.
pub(crate) async fn apply(
    context: AuthContext<'_>,
    required: &RequiredCredentials<'_>,
    metadata: &CallMetadata,
    url: &mut Url,
    headers: &mut HeaderMap,
) -> Result<Vec<Arc<SecretString>>, Error> {
    let mut used = Vec::with_capacity(required.len());
    if required.is_empty() {
        return Ok(used);
    }
    if context.plain_http == PlainHttp::Refused && is_exposed(url) {
        let reason = "is plain http to another machine, where a credential could be read on the way; \
                      use https, or allow it with `allow_credentials_over_http`";
        return Err(Error::invalid_request("base_url", reason));
    }
    for (scheme, credential) in required {
        let failed = |source: BoxError| {
            #[cfg(feature = "oauth")]
            let is_transient = is_transient(&source);
            #[cfg(not(feature = "oauth"))]
            let is_transient = false;
            let (metadata, scheme) = (metadata.clone(), scheme.name);
            Error::Credential(Box::new(CredentialError { metadata, scheme, is_transient, source }))
        };
        let secret = obtain(context, scheme, credential).await.map_err(failed)?;
        put(scheme, &secret, url, headers).map_err(failed)?;
        used.push(secret);
    }
    Ok(used)
}

/// The text that goes over the wire.
#[allow(unused_variables, reason = "only some APIs have credentials that are requested from a server")]
async fn obtain(
    context: AuthContext<'_>,
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
        #[cfg(feature = "oauth")]
        CredentialKind::OAuth(source) => {
            let (token_url, scopes) = match scheme.kind {
                SchemeKind::OAuth2 { token_url, scopes } => (token_url, scopes),
                _ => (None, &[][..]),
            };
            // On the heap, as it is long and seldom needed.
            Box::pin(source.token(context, token_url, scopes)).await?
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
