//! An API as a whole: where it is served, and how its callers authenticate.

use super::descriptor::Operation;
use super::method::Method;

/// An SDK as a whole.
#[derive(Debug)]
pub struct Sdk {
    /// What is sent as `User-Agent`.
    pub user_agent: &'static str,
    /// Where the API is served; the first is the default.
    pub servers: &'static [ServerTemplate],
    #[cfg(feature = "auth")]
    /// The ways to authenticate.
    pub security: &'static [SecurityScheme],
    #[cfg(feature = "auth")]
    /// The environment variable that `from_env` reads the URL to send requests to from.
    pub base_url_variable: Option<&'static str>,
    /// The header for idempotency keys.
    pub idempotency_header: &'static str,
    /// Requests that the document lacks, one for each HTTP method.
    pub undocumented: [Operation; Method::ALL.len()],
}

impl Sdk {
    /// The defaults, to fill in with `..Sdk::DEFAULT`.
    pub const DEFAULT: Self = Self {
        user_agent: "",
        servers: &[],
        #[cfg(feature = "auth")]
        security: &[],
        #[cfg(feature = "auth")]
        base_url_variable: None,
        idempotency_header: "idempotency-key",
        undocumented: Operation::UNDOCUMENTED.for_each_method(),
    };

    /// A request with this method that the document lacks.
    pub(crate) fn undocumented(&self, method: Method) -> &Operation {
        let mut operations = self.undocumented.iter();
        operations.find(|operation| operation.method == method).expect("there is one for each method")
    }

    #[cfg(feature = "auth")]
    /// The scheme of this name.
    pub(crate) fn scheme(&self, name: &str) -> Option<&'static SecurityScheme> {
        self.security.iter().find(|scheme| scheme.name == name)
    }
}

/// The URL of a server, with variables in braces.
#[derive(Clone, Copy, Debug)]
pub struct ServerTemplate {
    /// The URL.
    pub url: &'static str,
    /// The variables, each with its default.
    pub variables: &'static [(&'static str, &'static str)],
}

impl ServerTemplate {
    /// The URL with the variables filled in: from `values` where they are there.
    #[must_use]
    pub fn fill(&self, values: &[(&str, String)]) -> String {
        self.variables.iter().fold(self.url.to_owned(), |url, (name, default)| {
            let given = values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
            url.replace(&format!("{{{name}}}"), given.unwrap_or(default))
        })
    }
}

#[cfg(feature = "auth")]
/// A way to authenticate.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: &'static str,
    /// How it works.
    pub kind: SchemeKind,
    /// The environment variable that `from_env` reads: the key or token, or
    /// `user:password`, or `client id:client secret`.
    pub environment: Option<&'static str>,
}

#[cfg(feature = "auth")]
/// How a [`SecurityScheme`] works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key in the header of this name.
    ApiKeyHeader(&'static str),
    /// A key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A key in the cookie of this name.
    ApiKeyCookie(&'static str),
    /// An access token: set as it is, or obtained with client credentials.
    OAuth2 {
        /// Where tokens are requested, when the document has a flow for that.
        token_url: Option<&'static str>,
        /// The scopes to request.
        scopes: &'static [&'static str],
    },
    /// A client certificate, which is set up in the HTTP client.
    MutualTls,
}
