//! OAuth 2 client credentials: exchanged for access tokens, which are kept until they expire.

use std::fmt;
use std::pin::pin;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::base_url::is_exposed;
use super::client::Client;
use super::error::BoxError;
use super::parameter::encode;
use super::timeout::within;

/// The id and the secret of an OAuth client.
#[derive(Clone)]
pub struct ClientCredentials {
    id: String,
    secret: SecretString,
    token_url: Option<String>,
    scopes: Option<Vec<String>>,
}

impl ClientCredentials {
    /// A client's id and secret.
    #[must_use]
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self { id: id.into(), secret: secret.into(), token_url: None, scopes: None }
    }

    /// Where tokens are asked for, in place of what the API's document says.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// The scopes to ask for, in place of all that the API's document lists.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("id", &self.id)
            .field("token_url", &self.token_url)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// How long before its end a token is replaced, so that it does not expire on the way.
const LEEWAY: Duration = Duration::from_secs(30);

/// How long a token is taken to live when the server does not say.
const DEFAULT_LIFE: Duration = Duration::from_secs(300);

/// How long the token server has to answer.
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest answer of a token server that is read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Client credentials, and the access token that they were last exchanged for.
pub(crate) struct TokenSource {
    credentials: ClientCredentials,
    /// Held while a token is being fetched, so that the calls which need one
    /// meanwhile wait for it and do not all ask for their own.
    current: Mutex<Option<Token>>,
}

struct Token {
    secret: SecretString,
    replace_at: Instant,
}

/// What a token server answers.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<f64>,
}

impl TokenSource {
    pub(crate) fn new(credentials: ClientCredentials) -> Self {
        Self { credentials, current: Mutex::new(None) }
    }

    /// A token that is still good for a while.
    pub(crate) async fn token(
        &self,
        client: &Client,
        token_url: Option<&str>,
        scopes: &[&str],
    ) -> Result<SecretString, BoxError> {
        let mut current = self.current.lock().await;
        let now = client.shared.clock().now();
        if let Some(token) = current.as_ref().filter(|token| now < token.replace_at) {
            return Ok(token.secret.clone());
        }
        let token = self.fetch(client, token_url, scopes).await?;
        let secret = token.secret.clone();
        *current = Some(token);
        Ok(secret)
    }

    /// Says that the server did not accept this token, so that it is not used
    /// again. Another call may have replaced it already; its successor stays.
    pub(crate) async fn reject(&self, rejected: &SecretString) {
        let mut current = self.current.lock().await;
        current.take_if(|token| token.secret.expose_secret() == rejected.expose_secret());
    }

    async fn fetch(
        &self,
        client: &Client,
        token_url: Option<&str>,
        scopes: &[&str],
    ) -> Result<Token, BoxError> {
        let asked_at = client.shared.clock().now();
        let request = self.request(client, token_url, scopes)?;
        let exchange = async {
            let response = client.shared.http.execute(request).await.map_err(reqwest::Error::without_url)?;
            let status = response.status();
            let body = read(response).await?;
            if !status.is_success() {
                return Err(refusal(status, &body).into());
            }
            serde_json::from_slice::<Answer>(&body)
                .map_err(|_| BoxError::from("the token server's answer has no access token"))
        };
        let answer = within(client.shared.clock(), EXCHANGE_TIMEOUT, pin!(exchange))
            .await
            .ok_or("the token server did not answer in time")??;
        let life = answer
            .expires_in
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .unwrap_or(DEFAULT_LIFE);
        // Of a short life the leeway would leave nothing.
        let usable = life.checked_sub(LEEWAY).filter(|left| *left > life / 2).unwrap_or(life / 2);
        Ok(Token { secret: answer.access_token.into(), replace_at: asked_at + usable })
    }

    /// RFC 6749, section 4.4.2, with the client authenticated as in section 2.3.1.
    fn request(
        &self,
        client: &Client,
        token_url: Option<&str>,
        scopes: &[&str],
    ) -> Result<reqwest::Request, BoxError> {
        let given = self.credentials.token_url.as_deref().or(token_url);
        let url = self.resolve(client, given.ok_or("no token URL is known: set `token_url`")?)?;
        let scope = match &self.credentials.scopes {
            Some(scopes) => scopes.join(" "),
            None => scopes.join(" "),
        };
        let mut body = String::from("grant_type=client_credentials");
        if !scope.is_empty() {
            body.push_str("&scope=");
            body.push_str(&encode(&scope));
        }
        let pair =
            format!("{}:{}", encode(&self.credentials.id), encode(self.credentials.secret.expose_secret()));
        let mut basic = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair)))?;
        basic.set_sensitive(true);
        let mut request = reqwest::Request::new(http::Method::POST, url);
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, basic);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    /// The token URL, which may be relative to that of the API.
    #[expect(clippy::unused_self, reason = "it belongs to the request of this source")]
    fn resolve(&self, client: &Client, token_url: &str) -> Result<Url, BoxError> {
        let url = Url::parse(&format!("{}/", client.base_url()))?.join(token_url)?;
        if is_exposed(&url) && !client.shared.may_expose_credentials() {
            return Err("the token URL is plain http".into());
        }
        Ok(url)
    }
}

/// The answer of a token server, which is short.
async fn read(mut response: reqwest::Response) -> Result<Vec<u8>, BoxError> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(reqwest::Error::without_url)? {
        body.extend_from_slice(&part);
        if body.len() > LONGEST_ANSWER {
            return Err("the token server's answer is too long".into());
        }
    }
    Ok(body)
}

/// RFC 6749, section 5.2: `error` is a code such as `invalid_client`.
fn refusal(status: http::StatusCode, body: &[u8]) -> String {
    let code = serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .and_then(|body| body.get("error")?.as_str().map(str::to_owned));
    match code {
        Some(code) => format!("the token server refused: {code} ({status})"),
        None => format!("the token server refused ({status})"),
    }
}
