//! Asking a token server for an access token (RFC 6749, section 4.4).

use std::error::Error as StdError;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::StatusCode;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::apply::{AuthContext, PlainHttp};
use super::oauth::{ClientCredentials, Place};
use crate::runtime::error::BoxError;
use crate::runtime::error::{Secrets, is_retryable_response};
use crate::runtime::request::is_exposed;
use crate::runtime::time::within;
use crate::runtime::value::{encode, root_cause};

/// How long before its end a token is replaced, so that it does not expire on the way.
const LEEWAY: Duration = Duration::from_secs(30);

/// How long a token is taken to live when the server does not say.
const DEFAULT_LIFE: Duration = Duration::from_secs(300);

/// How long a token is taken to live at most. What is longer need not fit into an [`Instant`].
const LONGEST_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long the token server has to answer.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest answer of a token server that is read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// An access token.
pub(crate) struct Token {
    pub(crate) secret: SecretString,
    /// When to get another one.
    pub(crate) replace_at: Instant,
}

/// Why there is no token. All calls that waited for it get a copy.
#[derive(Clone, Debug)]
pub(crate) struct TokenError {
    reason: String,
    persistence: Persistence,
}

/// Whether another try may end better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persistence {
    Transient,
    Permanent,
}

impl TokenError {
    fn transient(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), persistence: Persistence::Transient }
    }

    fn permanent(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), persistence: Persistence::Permanent }
    }

    fn unreachable(error: &reqwest::Error) -> Self {
        Self::transient(format!("the token server cannot be reached: {}", root_cause(error)))
    }

    /// RFC 6749, section 5.2: `error` is a code such as `invalid_client`.
    fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let body: Option<Value> = serde_json::from_slice(body).ok();
        let reason = match body.as_ref().and_then(|body| body.get("error")?.as_str()) {
            Some(code) => format!("the token server refused: {code} ({status})"),
            None => format!("the token server refused ({status})"),
        };
        if is_retryable_response(status, headers) { Self::transient(reason) } else { Self::permanent(reason) }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl StdError for TokenError {}

/// Whether a credential that could not be obtained may be obtained later.
pub(crate) fn is_transient(error: &BoxError) -> bool {
    error.downcast_ref::<TokenError>().is_some_and(|error| error.persistence == Persistence::Transient)
}

/// What a token server answers.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<Value>,
}

impl Answer {
    /// How long the token lives. Some servers write the number as text.
    fn life(&self) -> Duration {
        let seconds = self.expires_in.as_ref().and_then(|life| match life {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_f64(),
        });
        match seconds.map(Duration::try_from_secs_f64) {
            Some(Ok(life)) => life.min(LONGEST_LIFE),
            Some(Err(_)) if seconds > Some(0.0) => LONGEST_LIFE,
            _ => DEFAULT_LIFE,
        }
    }
}

/// Exchanges client credentials for an access token.
pub(crate) async fn fetch(
    context: AuthContext<'_>,
    credentials: &ClientCredentials,
    token_url: Option<&str>,
    scopes: &[&str],
) -> Result<Token, TokenError> {
    let asked_at = context.clock.now();
    let request = request(context, credentials, token_url, scopes)?;
    let secrets = Secrets::new(vec![Arc::new(credentials.secret.clone())], request.headers());
    let asking = pin!(request_token(context, request, &secrets));
    let answer = within(context.clock, TOKEN_TIMEOUT, asking)
        .await
        .unwrap_or_else(|| Err(TokenError::transient("the token server did not answer in time")))?;
    let life = answer.life();
    // Of a short life the leeway would leave nothing.
    let usable = life.checked_sub(LEEWAY).filter(|left| *left > life / 2).unwrap_or(life / 2);
    Ok(Token { secret: answer.access_token.into(), replace_at: asked_at + usable })
}

async fn request_token(
    context: AuthContext<'_>,
    request: reqwest::Request,
    secrets: &Secrets,
) -> Result<Answer, TokenError> {
    let failed = |error: reqwest::Error| TokenError::unreachable(&error.without_url());
    let mut response = context.http.execute(request).await.map_err(failed)?;
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(failed)? {
        body.extend_from_slice(&part);
        if body.len() > LONGEST_ANSWER {
            return Err(TokenError::permanent("the token server's answer is too long"));
        }
    }
    if !response.status().is_success() {
        let body = secrets.mask(Bytes::from(body));
        return Err(TokenError::refused(response.status(), response.headers(), &body));
    }
    serde_json::from_slice(&body)
        .map_err(|_| TokenError::permanent("the token server's answer has no access token"))
}

/// RFC 6749, section 4.4.2, with the client authenticated as in section 2.3.1.
fn request(
    context: AuthContext<'_>,
    credentials: &ClientCredentials,
    token_url: Option<&str>,
    scopes: &[&str],
) -> Result<reqwest::Request, TokenError> {
    let url = credentials.token_url.as_deref().or(token_url);
    let url = resolve(
        context,
        url.ok_or_else(|| TokenError::permanent("no token URL is known: set `token_url`"))?,
    )?;
    let mut request = reqwest::Request::new(http::Method::POST, url);
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    if let Some(user_agent) = context.user_agent {
        headers.insert(USER_AGENT, user_agent.clone());
    }
    let (id, secret) = (credentials.id.as_str(), credentials.secret.expose_secret());
    let mut pairs = vec![("grant_type", "client_credentials")];
    match credentials.place {
        Place::Header => {
            let login = BASE64_STANDARD.encode(format!("{}:{}", encode(id), encode(secret)));
            let mut basic =
                HeaderValue::try_from(format!("Basic {login}")).expect("Base64 can stand in a header");
            basic.set_sensitive(true);
            headers.insert(AUTHORIZATION, basic);
        }
        Place::Body => pairs.extend([("client_id", id), ("client_secret", secret)]),
    }
    let scope = match &credentials.scopes {
        Some(scopes) => scopes.join(" "),
        None => scopes.join(" "),
    };
    if !scope.is_empty() {
        pairs.push(("scope", &scope));
    }
    pairs.extend(credentials.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let body: Vec<_> =
        pairs.into_iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let body = body.join("&");
    *request.body_mut() = Some(body.into());
    Ok(request)
}

/// The token URL, which may be relative to that of the API.
fn resolve(context: AuthContext<'_>, token_url: &str) -> Result<Url, TokenError> {
    let url = Url::parse(&format!("{}/", context.base_url)).and_then(|base| base.join(token_url));
    let url = url.map_err(|error| TokenError::permanent(format!("the token URL is no URL: {error}")))?;
    if context.plain_http == PlainHttp::Refused && is_exposed(&url) {
        return Err(TokenError::permanent("the token URL is plain http"));
    }
    Ok(url)
}
