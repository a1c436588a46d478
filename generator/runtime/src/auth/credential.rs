//! Credentials: what a caller authenticates with.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::SecretString;

#[cfg(feature = "oauth")]
use super::oauth::TokenSource;
use crate::runtime::error::BoxError;

/// A secret to authenticate with, or a way to get one.
///
/// A string is a key or an access token. Its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Credential(pub(crate) CredentialKind);

#[derive(Clone)]
pub(crate) enum CredentialKind {
    /// A key or an access token.
    Secret(Arc<SecretString>),
    /// A user and a password.
    Basic(String, SecretString),
    /// A function that returns a key or a token before each attempt.
    Provider(Arc<dyn CredentialProvider>),
    #[cfg(feature = "oauth")]
    /// OAuth client credentials, and the token that they were last exchanged for.
    OAuth(Arc<TokenSource>),
}

/// Provides a key or an access token. It is called before each attempt, so that the secret can change.
pub trait CredentialProvider: Send + Sync {
    /// The secret to use for the next attempt.
    fn credential(&self) -> ProvidedCredential<'_>;
}

/// What a [`CredentialProvider`] returns.
pub type ProvidedCredential<'a> = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send + 'a>>;

impl Credential {
    /// A function that returns the key or token before each attempt:
    /// `Credential::provider(|| async { vault.read("api-key").await })`.
    #[must_use]
    pub fn provider<F, R, S, E>(provide: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<S, E>> + Send + 'static,
        S: Into<SecretString>,
        E: Into<BoxError>,
    {
        Self::from_provider(Function(move || {
            let provided = provide();
            let boxed: ProvidedCredential<'static> =
                Box::pin(async move { provided.await.map(Into::into).map_err(Into::into) });
            boxed
        }))
    }

    /// Like [`provider`](Self::provider), for a type that implements [`CredentialProvider`].
    #[must_use]
    pub fn from_provider(provider: impl CredentialProvider + 'static) -> Self {
        Self(CredentialKind::Provider(Arc::new(provider)))
    }

    /// A user and a password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self(CredentialKind::Basic(user.into(), password.into()))
    }
}

struct Function<F>(F);

impl<F> CredentialProvider for Function<F>
where
    F: Fn() -> ProvidedCredential<'static> + Send + Sync,
{
    fn credential(&self) -> ProvidedCredential<'_> {
        (self.0)()
    }
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Self(CredentialKind::Secret(Arc::new(secret.into())))
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        Self(CredentialKind::Secret(Arc::new(secret.into())))
    }
}

impl From<SecretString> for Credential {
    fn from(secret: SecretString) -> Self {
        Self(CredentialKind::Secret(Arc::new(secret)))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            CredentialKind::Secret(_) => "Secret",
            CredentialKind::Basic(..) => "Basic",
            CredentialKind::Provider(_) => "Provider",
            #[cfg(feature = "oauth")]
            CredentialKind::OAuth(_) => "ClientCredentials",
        })
    }
}
