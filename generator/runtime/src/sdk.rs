//! What the generator knows of an API, as static data.
//!
//! Everything here is written out by the generator as `static` items and read
//! by the rest of the runtime. Nothing here does anything by itself.

use http::StatusCode;

use super::events::EventRules;
use crate::errors::ErrorBody;

/// An SDK as a whole.
#[derive(Debug)]
pub struct Sdk {
    /// The name of the crate.
    pub name: &'static str,
    /// The version of the crate.
    pub version: &'static str,
    /// What is sent as `User-Agent`.
    pub user_agent: &'static str,
    /// Where the API is served; the first is the default.
    pub servers: &'static [ServerTemplate],
    /// The ways to authenticate.
    pub security: &'static [SecurityScheme],
    /// The header that idempotency keys go into.
    pub idempotency_header: &'static str,
}

impl Sdk {
    /// An SDK of nothing, to fill in with `..Sdk::DEFAULT`.
    pub const DEFAULT: Self = Self {
        name: "",
        version: "",
        user_agent: "",
        servers: &[],
        security: &[],
        idempotency_header: "idempotency-key",
    };

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
    /// The variables, each with the value it has when none is given.
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

/// How a [`SecurityScheme`] works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// An access token: given as it is, or obtained with client credentials.
    OAuth2 {
        /// Where tokens are asked for, when the document has the flow for that.
        token_url: Option<&'static str>,
        /// The scopes to ask for.
        scopes: &'static [&'static str],
    },
    /// A client certificate, which is set up in the HTTP client.
    MutualTls,
}

/// One operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// Its id in the document.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// A query that is always sent.
    pub query: &'static [(&'static str, &'static str)],
    /// What is sent as `Accept`.
    pub accept: &'static str,
    /// Servers of its own, in place of those of the API.
    pub servers: &'static [ServerTemplate],
    /// The schemes to authenticate with: any one of the lists, each as a whole.
    pub security: &'static [&'static [&'static str]],
    /// The bodies of its answers of failure.
    pub errors: &'static [ErrorCase],
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
    /// What its events mean, if it answers with any.
    pub events: EventRules,
    /// It has to have a body, which the caller chooses among several.
    pub requires_body: bool,
}

impl Operation {
    /// An operation of nothing, to fill in with `..Operation::DEFAULT`.
    pub const DEFAULT: Self = Self {
        id: "",
        method: Method::GET,
        path: "/",
        query: &[],
        accept: "application/json",
        servers: &[],
        security: &[],
        errors: &[],
        repeat: Repeat::ByMethod,
        events: EventRules::DEFAULT,
        requires_body: false,
    };
}

/// Whether sending a request twice does no more than sending it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// As HTTP defines it: not for `POST` and `PATCH`.
    ByMethod,
    /// It is safe, whatever the method.
    Safe,
    /// It is not, whatever the method.
    Unsafe,
    /// It is safe with an idempotency key, and each call is given one.
    Keyed,
}

/// An HTTP method. Unlike [`http::Method`] it can stand in a `static`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Method(&'static str);

#[allow(missing_docs, reason = "the names are those of HTTP")]
impl Method {
    pub const GET: Self = Self("GET");
    pub const PUT: Self = Self("PUT");
    pub const POST: Self = Self("POST");
    pub const DELETE: Self = Self("DELETE");
    pub const OPTIONS: Self = Self("OPTIONS");
    pub const HEAD: Self = Self("HEAD");
    pub const PATCH: Self = Self("PATCH");
    pub const TRACE: Self = Self("TRACE");
    pub const QUERY: Self = Self("QUERY");
}

impl Method {
    /// The method as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether HTTP says that sending it twice does no more than sending it once.
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::POST | Self::PATCH)
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        Self::from_bytes(method.0.as_bytes()).unwrap_or_default()
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Reads the body of an answer of failure.
pub type ErrorDecoder = fn(&[u8]) -> Result<ErrorBody, serde_json::Error>;

/// The body of an answer of failure, by status.
#[derive(Debug)]
pub struct ErrorCase {
    status: StatusPattern,
    decode: ErrorDecoder,
}

impl ErrorCase {
    /// Says that answers with such a status are read by `decode`.
    #[must_use]
    pub const fn new(status: StatusPattern, decode: ErrorDecoder) -> Self {
        Self { status, decode }
    }

    /// The body, from the first of the most specific cases that it fits.
    pub(crate) fn decode(cases: &[Self], status: StatusCode, json: &[u8]) -> Option<ErrorBody> {
        (0..=2)
            .flat_map(|rank| cases.iter().filter(move |case| case.status.rank() == rank))
            .filter(|case| case.status.covers(status))
            .find_map(|case| (case.decode)(json).ok())
    }
}

/// Which statuses an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// This one.
    Code(u16),
    /// A hundred of them, by their first digit: `4XX`.
    Range(u8),
    /// All that are not listed.
    Default,
}

impl StatusPattern {
    /// Whether it is for this status.
    #[must_use]
    pub fn covers(self, status: StatusCode) -> bool {
        match self {
            Self::Code(code) => status == code,
            Self::Range(digit) => status.as_u16() / 100 == u16::from(digit),
            Self::Default => true,
        }
    }

    /// How specific it is; the lower, the more.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Code(_) => 0,
            Self::Range(_) => 1,
            Self::Default => 2,
        }
    }
}
