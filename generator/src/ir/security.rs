//! Security schemes: how a request says who sends it.

use crate::prose::Prose;

/// The place of a scheme in [`Api::security_schemes`](super::Api::security_schemes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecuritySchemeId(pub usize);

/// A way to authenticate.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in `components`.
    pub name: String,
    /// How it works.
    pub kind: SecuritySchemeKind,
    /// What it is for.
    pub description: Prose,
}

/// How a scheme works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecuritySchemeKind {
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
    /// An access token, from one of these flows or given as it is.
    OAuth2 {
        /// The flows.
        flows: Vec<OAuthFlow>,
    },
    /// An access token from an OpenID Connect provider, given as it is.
    OpenIdConnect {
        /// Where the provider describes itself.
        url: String,
    },
    /// The certificate of the client; set up in the HTTP client.
    MutualTls,
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ApiKeyLocation {
    Header,
    Query,
    Cookie,
}

/// A flow of OAuth 2 that a program can go through by itself, or that ends in a token given to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// `clientCredentials`, `authorizationCode`, …
    pub kind: String,
    /// Where tokens are asked for.
    pub token_url: Option<String>,
    /// The names of the scopes.
    pub scopes: Vec<String>,
}

/// Schemes that are needed together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SecurityRequirement {
    /// The schemes, each with its scopes.
    pub schemes: Vec<(SecuritySchemeId, Vec<String>)>,
}
