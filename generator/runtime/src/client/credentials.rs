//! The credentials that a client is built with.

use secrecy::SecretString;

use super::builder::ClientBuilder;
#[cfg(feature = "oauth")]
use crate::runtime::auth::ClientCredentials;
use crate::runtime::auth::{Credential, PlainHttp};
use crate::runtime::error::Error;
use crate::runtime::operation::{SchemeKind, SecurityScheme};

impl ClientBuilder {
    /// Sets the credential for a scheme of the API's document.
    pub(crate) fn credential(mut self, scheme: &'static str, credential: impl Into<Credential>) -> Self {
        self.credentials.set(scheme, credential.into());
        self
    }

    /// Reads the credentials from environment variables, those that are set, and the base URL where the API has
    /// a variable for it. A [`base_url`](Self::base_url) that was set before stays.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`], naming the first variable, when none of them is set.
    pub fn from_env(self) -> Result<Self, Error> {
        self.read_variables(|name| std::env::var(name).ok())
    }

    /// Like [`from_env`](Self::from_env), with variables from `read`.
    pub(crate) fn read_variables(mut self, read: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let read =
            |variable| read(variable).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        self.base_url = self.base_url.or_else(|| self.sdk.base_url_variable.and_then(read));
        let mut missing = None;
        let mut found = false;
        for scheme in self.sdk.security {
            let Some(variable) = scheme.environment else { continue };
            match read(variable) {
                Some(value) => {
                    let credential = credential_from_text(scheme, variable, value)?;
                    self = self.credential(scheme.name, credential);
                    found = true;
                }
                None => missing = missing.or(Some(variable)),
            }
        }
        match missing {
            Some(variable) if !found => {
                Err(Error::invalid_request(variable, "is not set in the environment, or is empty"))
            }
            _ => Ok(self),
        }
    }

    /// Sends credentials over plain `http` to other machines, too. Others can read them
    /// on the way then.
    pub fn allow_credentials_over_http(mut self) -> Self {
        self.credentials.plain_http = PlainHttp::Allowed;
        self
    }
}

/// The credential in a variable: two parts for schemes that need two.
fn credential_from_text(scheme: &SecurityScheme, variable: &str, text: String) -> Result<Credential, Error> {
    let parts = text.split_once(':');
    match (scheme.kind, parts) {
        (SchemeKind::Basic, Some((user, password))) => {
            Ok(Credential::basic(user, SecretString::from(password)))
        }
        (SchemeKind::Basic, None) => Err(Error::invalid_request(variable, "must be `user:password`")),
        #[cfg(feature = "oauth")]
        (SchemeKind::OAuth2 { token_url: Some(_), .. }, Some((id, secret))) => {
            Ok(ClientCredentials::new(id, SecretString::from(secret)).into())
        }
        _ => Ok(text.into()),
    }
}
