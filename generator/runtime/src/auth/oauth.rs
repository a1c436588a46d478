//! OAuth 2 client credentials: exchanged for access tokens, which are kept until they expire.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret, SecretString};

use super::apply::AuthContext;
use super::credential::{Credential, CredentialKind};
use super::select::RequiredCredentials;
use super::token::{self, Token, TokenError};
use crate::runtime::time::Clock;

/// The id and the secret of an OAuth client.
#[derive(Clone)]
pub struct ClientCredentials {
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    pub(crate) token_url: Option<String>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) place: Place,
}

/// Where a token request has the id and the secret (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In `Authorization: Basic`, which every server has to support.
    Header,
    /// In its body.
    Body,
}

impl ClientCredentials {
    /// A client's id and secret.
    #[must_use]
    pub fn new(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            scopes: None,
            parameters: Vec::new(),
            place: Place::Header,
        }
    }

    /// Sets where tokens are requested, in place of what the API's document says.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sets the scopes to request, in place of all that the API's document lists.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Sends another parameter with the token request, such as an `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the id and the secret in the body of the request for a token
    /// (`client_secret_post`) and not in its `Authorization` (`client_secret_basic`).
    #[must_use]
    pub fn in_body(mut self) -> Self {
        self.place = Place::Body;
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

impl Credential {
    /// OAuth client credentials. They are exchanged for an access token when one
    /// is needed, once for all calls that wait for it, and again before it expires.
    #[must_use]
    pub fn client_credentials(credentials: ClientCredentials) -> Self {
        Self(CredentialKind::OAuth(Arc::new(TokenSource::new(credentials))))
    }
}

impl From<ClientCredentials> for Credential {
    fn from(credentials: ClientCredentials) -> Self {
        Self::client_credentials(credentials)
    }
}

/// Client credentials, and the access token that they were last exchanged for.
pub(crate) struct TokenSource {
    credentials: ClientCredentials,
    current: Mutex<Option<Token>>,
    /// Held while a token is being fetched, so that the calls which need one
    /// meanwhile wait for it and do not all fetch their own. Holds the error of the
    /// last fetch.
    fetching: tokio::sync::Mutex<Option<TokenError>>,
    /// How many fetches there were.
    fetched: AtomicU64,
}

impl TokenSource {
    pub(crate) fn new(credentials: ClientCredentials) -> Self {
        Self {
            credentials,
            current: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
            fetched: AtomicU64::new(0),
        }
    }

    /// A token that does not expire soon. Calls that need one while it is being fetched
    /// share the result, be it a token or an error.
    pub(crate) async fn token(
        &self,
        context: AuthContext<'_>,
        token_url: Option<&str>,
        scopes: &[&str],
    ) -> Result<SecretString, TokenError> {
        let fetched = self.fetched.load(Ordering::SeqCst);
        if let Some(secret) = self.current_token(context.clock) {
            return Ok(secret);
        }
        let mut failure = self.fetching.lock().await;
        if let Some(secret) = self.current_token(context.clock) {
            return Ok(secret);
        }
        if let Some(error) = failure.as_ref().filter(|_| self.fetched.load(Ordering::SeqCst) != fetched) {
            return Err(error.clone());
        }
        let result = token::fetch(context, &self.credentials, token_url, scopes).await;
        self.fetched.fetch_add(1, Ordering::SeqCst);
        *failure = result.as_ref().err().cloned();
        let token = result?;
        let secret = token.secret.clone();
        *self.current() = Some(token);
        Ok(secret)
    }

    /// Discards this token, which the server did not accept. Another call may have
    /// replaced it already; then the new one stays.
    pub(crate) fn reject(&self, rejected: &SecretString) {
        self.current().take_if(|token| token.secret.expose_secret() == rejected.expose_secret());
    }

    fn current_token(&self, clock: &dyn Clock) -> Option<SecretString> {
        let now = clock.now();
        self.current().as_ref().filter(|token| now < token.replace_at).map(|token| token.secret.clone())
    }

    fn current(&self) -> MutexGuard<'_, Option<Token>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// After a 401: discards the tokens that were used. Returns whether they can be renewed.
pub(crate) fn reject(required: &RequiredCredentials<'_>, used: &[Arc<SecretString>]) -> bool {
    let mut renewable = false;
    for (_, credential) in required {
        if let Credential(CredentialKind::OAuth(source)) = credential {
            for secret in used {
                source.reject(secret);
            }
            renewable = true;
        }
    }
    renewable
}
