//! HTTP methods that can stand in a `static`.

use std::fmt;

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
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::GET,
        Self::PUT,
        Self::POST,
        Self::DELETE,
        Self::OPTIONS,
        Self::HEAD,
        Self::PATCH,
        Self::TRACE,
        Self::QUERY,
    ];

    /// A method that OpenAPI does not name, such as `PURGE`.
    #[allow(dead_code, reason = "few APIs have one")]
    pub(crate) const fn other(name: &'static str) -> Self {
        Self(name)
    }

    /// The method as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether HTTP says that sending it twice does no more than sending it once.
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        Self::ALL.contains(&self) && !matches!(self, Self::POST | Self::PATCH)
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        Self::from_bytes(method.0.as_bytes()).unwrap_or_default()
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
