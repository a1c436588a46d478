//! Which credentials an operation needs, of those that the caller set.

use http::header::HeaderMap;

use super::apply::PlainHttp;
use super::credential::Credential;
use crate::runtime::error::Error;
use crate::runtime::operation::{Operation, SchemeKind, Sdk, SecurityScheme};
use crate::runtime::request::header_of;

/// The credentials that a call authenticates with, each with the scheme that it is for.
pub(crate) type RequiredCredentials<'c> = Vec<(&'static SecurityScheme, &'c Credential)>;

/// The credentials that the caller set, by the names of their schemes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials {
    of_schemes: Vec<(&'static str, Credential)>,
    /// Whether they may be sent over plain http.
    pub(crate) plain_http: PlainHttp,
}

impl Credentials {
    /// Sets the credential for a scheme, in place of the one that it had.
    pub(crate) fn set(&mut self, scheme: &'static str, credential: Credential) {
        self.of_schemes.retain(|(name, _)| *name != scheme);
        self.of_schemes.push((scheme, credential));
    }

    fn get(&self, scheme: &SecurityScheme) -> Option<&Credential> {
        self.of_schemes.iter().find(|(name, _)| *name == scheme.name).map(|(_, credential)| credential)
    }

    /// Selects the first of the operation's alternatives for which there is everything.
    ///
    /// A header that the caller set counts as a credential for the scheme that would
    /// set it, and wins.
    pub(crate) fn select(
        &self,
        sdk: &'static Sdk,
        operation: &'static Operation,
        headers: &HeaderMap,
    ) -> Result<RequiredCredentials<'_>, Error> {
        if operation.security.is_empty() {
            return Ok(Vec::new());
        }
        let schemes_of = |names: &'static [&'static str]| names.iter().filter_map(|name| sdk.scheme(name));
        let is_set =
            |scheme: &SecurityScheme| header_of(scheme).is_some_and(|name| headers.contains_key(name));
        let is_satisfied = |scheme: &'static SecurityScheme| {
            scheme.kind == SchemeKind::MutualTls || is_set(scheme) || self.get(scheme).is_some()
        };
        // An empty alternative says that there may be no credential. Having one, it is sent.
        let with_credential = operation.security.iter().filter(|names| !names.is_empty());
        let without = operation.security.iter().filter(|names| names.is_empty());
        let selected = with_credential
            .chain(without)
            .find(|names| schemes_of(names).all(is_satisfied))
            .ok_or_else(|| self.missing(sdk, operation))?;
        let mut required = Vec::with_capacity(selected.len());
        for scheme in schemes_of(selected).filter(|scheme| !is_set(scheme)) {
            required.extend(self.get(scheme).map(|credential| (scheme, credential)));
        }
        Ok(required)
    }

    /// Names what is missing, and how to set it.
    fn missing(&self, sdk: &'static Sdk, operation: &'static Operation) -> Error {
        let scheme = operation
            .security
            .iter()
            .flat_map(|names| names.iter())
            .filter_map(|name| sdk.scheme(name))
            .find(|scheme| self.get(scheme).is_none());
        let name = scheme.map_or("security", |scheme| scheme.name);
        let how = scheme.and_then(|scheme| scheme.environment).map_or_else(
            || "has no credential: set one on the client's builder".to_owned(),
            |variable| {
                format!(
                    "has no credential: set one on the client's builder, or {variable} and use `from_env`"
                )
            },
        );
        Error::invalid_request(name, how)
    }
}
