//! Requesting an access token from a token server (RFC 6749, section 4.4).

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, StatusCode};
use http_body::Body as _;
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
use crate::runtime::transport::{HttpRequest, HttpResponse, NO_REDIRECTS, TransportError};
use crate::runtime::value::{encode, root_cause};

/// How long before it expires a token is replaced, so that it does not expire on the way.
const LEEWAY: Duration = Duration::from_secs(30);

/// The lifetime of a token when the server does not say.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// The longest lifetime of a token that is used. A longer one may not fit into an [`Instant`].
const MAX_LIFETIME: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long a token request may take.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest response of a token server that is read, in bytes.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// An access token.
pub(crate) struct Token {
    pub(crate) secret: SecretString,
    /// When to replace it.
    pub(crate) replace_at: Instant,
}

/// Why there is no token. All calls that waited for it share this.
#[derive(Clone, Debug)]
pub(crate) struct TokenError {
    reason: String,
    persistence: Persistence,
}

/// Whether another attempt may succeed.
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

    fn unreachable(error: &TransportError) -> Self {
        Self::transient(format!("the token server could not be reached: {}", root_cause(error)))
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

/// The response of a token server.
#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    expires_in: Option<Value>,
}

impl TokenResponse {
    /// How long the token is valid. Some servers write the number as text.
    fn lifetime(&self) -> Duration {
        let seconds = self.expires_in.as_ref().and_then(|seconds| match seconds {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_f64(),
        });
        match seconds.map(Duration::try_from_secs_f64) {
            Some(Ok(lifetime)) => lifetime.min(MAX_LIFETIME),
            Some(Err(_)) if seconds > Some(0.0) => MAX_LIFETIME,
            _ => DEFAULT_LIFETIME,
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
    let secrets = Secrets::new(vec![Arc::new(credentials.secret.clone())], &request.headers);
    let pending = pin!(request_token(context, request, &secrets));
    let response = within(context.clock, TOKEN_TIMEOUT, pending)
        .await
        .unwrap_or_else(|| Err(TokenError::transient("the token server did not respond in time")))?;
    let lifetime = response.lifetime();
    // The leeway would leave nothing of a short lifetime.
    let usable = lifetime.checked_sub(LEEWAY).filter(|left| *left > lifetime / 2).unwrap_or(lifetime / 2);
    Ok(Token { secret: response.access_token.into(), replace_at: asked_at + usable })
}

async fn request_token(
    context: AuthContext<'_>,
    request: HttpRequest,
    secrets: &Secrets,
) -> Result<TokenResponse, TokenError> {
    let failed = |error: TransportError| TokenError::unreachable(&error);
    let asked = request.url.clone();
    let HttpResponse { url, response } = context.http.send(request).await.map_err(failed)?;
    if url != asked {
        // A client of the caller followed redirects, and may have taken the secret of the client along.
        return Err(TokenError::permanent(format!("`http_client` {NO_REDIRECTS}")));
    }
    let (head, mut incoming) = response.into_parts();
    let mut body = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await {
        if let Ok(part) = frame.map_err(failed)?.into_data() {
            body.extend_from_slice(&part);
        }
        if body.len() > MAX_RESPONSE_BYTES {
            return Err(TokenError::permanent("the response of the token server is too long"));
        }
    }
    if !head.status.is_success() {
        let body = secrets.mask(Bytes::from(body));
        return Err(TokenError::refused(head.status, &head.headers, &body));
    }
    serde_json::from_slice(&body)
        .map_err(|_| TokenError::permanent("the response of the token server has no access token"))
}

/// RFC 6749, section 4.4.2, with the client authenticated as in section 2.3.1.
fn request(
    context: AuthContext<'_>,
    credentials: &ClientCredentials,
    token_url: Option<&str>,
    scopes: &[&str],
) -> Result<HttpRequest, TokenError> {
    let url = credentials.token_url.as_deref().or(token_url);
    let url = resolve(
        context,
        url.ok_or_else(|| TokenError::permanent("there is no token URL: set `token_url`"))?,
    )?;
    let mut request = HttpRequest::new(Method::POST, url);
    let headers = &mut request.headers;
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
    request.body = Some(Bytes::from(body).into());
    Ok(request)
}

/// The token URL, which may be relative to that of the API.
fn resolve(context: AuthContext<'_>, token_url: &str) -> Result<Url, TokenError> {
    let url = Url::parse(&format!("{}/", context.base_url)).and_then(|base| base.join(token_url));
    let url = url.map_err(|error| TokenError::permanent(format!("the token URL is not a URL: {error}")))?;
    if context.plain_http == PlainHttp::Refused && is_exposed(&url) {
        return Err(TokenError::permanent("the token URL is plain http"));
    }
    Ok(url)
}
