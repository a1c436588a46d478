//! The ways to authenticate, and where credentials come from.

use super::{Context, Operation};
use crate::ir::{self, SecuritySchemeId, SecuritySchemeKind};
use crate::names::Ident;
use crate::prose::Prose;

/// A way to authenticate.
#[derive(Clone, Debug)]
pub struct AuthScheme {
    /// Its name in the document.
    pub name: String,
    /// How it works.
    pub kind: AuthKind,
    /// `api_key`: the setter of the client's builder.
    pub setter: Ident,
    /// The environment variable that its credential is read from.
    pub variable: Option<String>,
    /// What the document says about it.
    pub description: Prose,
}

/// How a scheme works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where it goes.
        location: ApiKeyLocation,
        /// Its name there.
        name: String,
    },
    /// An access token, given as it is or requested with client credentials.
    OAuth2 {
        /// Where a token is requested; `None` when it has to be given as it is.
        token_url: Option<String>,
        /// The scopes to ask for.
        scopes: Vec<String>,
    },
    /// An access token from an OpenID Connect provider, given as it is.
    OpenIdConnect,
    /// The certificate of the client, set up in the HTTP client.
    MutualTls,
}

impl AuthKind {
    /// A few words for tables.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Bearer => "bearer token",
            Self::Basic => "user and password",
            Self::ApiKey { .. } => "API key",
            Self::OAuth2 { .. } => "OAuth 2",
            Self::OpenIdConnect => "OpenID Connect",
            Self::MutualTls => "certificate",
        }
    }

    /// What its credential is, in a sentence.
    #[must_use]
    pub fn credential(&self) -> &'static str {
        match self {
            Self::Bearer => "The key, sent as a bearer token.",
            Self::Basic => "The user name and the password.",
            Self::ApiKey { .. } => "The key.",
            Self::OAuth2 { .. } => "The access token, or the credentials to obtain one.",
            Self::OpenIdConnect => "The access token.",
            Self::MutualTls => "The client certificate, which is configured in the HTTP client.",
        }
    }
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ApiKeyLocation {
    Header,
    Query,
    Cookie,
}

/// The schemes of the document.
pub(super) fn plan(context: &Context<'_>) -> Vec<AuthScheme> {
    let schemes = context.api.security_schemes.iter().enumerate();
    schemes
        .map(|(index, scheme)| AuthScheme {
            name: scheme.name.clone(),
            kind: kind(&scheme.kind),
            setter: context.names.security(SecuritySchemeId(index)).setter.clone(),
            variable: context
                .config
                .environment
                .schemes
                .get(&scheme.name)
                .map(|environment| environment.variable.clone()),
            description: scheme.description.clone(),
        })
        .collect()
}

/// How requests authenticate that the document lacks: like its operations, most of them first, or with
/// any scheme that those do not use, or not at all.
pub(super) fn of_undocumented(operations: &[Operation], auth: &[AuthScheme]) -> Vec<Vec<String>> {
    let mut counts: Vec<(Vec<String>, usize)> = Vec::new();
    for alternative in operations.iter().flat_map(|operation| &operation.security) {
        match counts.iter_mut().find(|(known, _)| known == alternative) {
            Some((_, count)) => *count += 1,
            None => counts.push((alternative.clone(), 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut alternatives: Vec<Vec<String>> = counts.into_iter().map(|(schemes, _)| schemes).collect();
    alternatives.retain(|schemes| !schemes.is_empty());
    let is_unused = |name: &&String| !alternatives.iter().flatten().any(|used| used == *name);
    let names = auth.iter().map(|scheme| &scheme.name);
    let unused: Vec<Vec<String>> = names.filter(is_unused).map(|name| vec![name.clone()]).collect();
    alternatives.into_iter().chain(unused).chain([Vec::new()]).collect()
}

fn kind(kind: &SecuritySchemeKind) -> AuthKind {
    match kind {
        SecuritySchemeKind::Bearer => AuthKind::Bearer,
        SecuritySchemeKind::Basic => AuthKind::Basic,
        SecuritySchemeKind::ApiKey { location, name } => {
            AuthKind::ApiKey { location: (*location).into(), name: name.clone() }
        }
        SecuritySchemeKind::OAuth2 { flows } => {
            // A program can get a token by itself only with client credentials.
            let flow = flows.iter().find(|flow| flow.kind == "clientCredentials");
            AuthKind::OAuth2 {
                token_url: flow.and_then(|flow| flow.token_url.clone()),
                scopes: flow.map(|flow| flow.scopes.clone()).unwrap_or_default(),
            }
        }
        SecuritySchemeKind::OpenIdConnect { .. } => AuthKind::OpenIdConnect,
        SecuritySchemeKind::MutualTls => AuthKind::MutualTls,
    }
}

impl From<ir::ApiKeyLocation> for ApiKeyLocation {
    fn from(location: ir::ApiKeyLocation) -> Self {
        match location {
            ir::ApiKeyLocation::Header => Self::Header,
            ir::ApiKeyLocation::Query => Self::Query,
            ir::ApiKeyLocation::Cookie => Self::Cookie,
        }
    }
}
