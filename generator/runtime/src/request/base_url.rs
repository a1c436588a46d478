//! Base URLs, and what of a URL may be shown or sent over plain http.

#[cfg(feature = "auth")]
use url::Host;
use url::Url;

use crate::runtime::error::Error;

/// A base URL: scheme, host, and perhaps a path prefix and a query, which all
/// requests get.
#[derive(Clone, Debug)]
pub struct BaseUrl {
    /// All of it but the query. It is read once, so that no call has to read it again.
    url: Url,
    /// The same as text, without a slash at the end.
    prefix: String,
    query: Option<String>,
}

impl BaseUrl {
    /// Reads and checks a base URL.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] unless it is an `http` or `https` URL without user and fragment.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |reason: &str| Error::invalid_request("base_url", reason);
        let mut url = Url::parse(text).map_err(|error| refuse(&format!("is not a URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("must begin with `https://` or `http://`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("must not have a user or password in it: set a credential instead"));
        }
        if url.fragment().is_some() {
            return Err(refuse("must not have a fragment (`#`)"));
        }
        let query = url.query().filter(|query| !query.is_empty()).map(str::to_owned);
        url.set_query(None);
        Ok(Self { prefix: url.as_str().trim_end_matches('/').to_owned(), query, url })
    }

    /// The URL on the same server with this path and this query in place of its own.
    pub(crate) fn with(&self, path: &str, query: Option<&str>) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(query);
        url
    }

    /// What the path of each request begins with, without a slash at the end.
    pub(crate) fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// All of it up to the path, without a slash at the end.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The query that all requests get.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }
}

/// A URL that may be wrong as it can be shown: without user, password and query.
pub(crate) fn without_secrets(text: &str) -> String {
    match Url::parse(text) {
        Ok(url) => format!("{}{}", origin(&url), url.path()),
        Err(_) => "(no URL)".to_owned(),
    }
}

/// The longest URL that can be sent, in bytes: that of [`http::Uri`].
pub(crate) const LONGEST_URL: usize = 65_534;

/// Scheme, host and port as text.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(feature = "auth")]
/// Whether what is sent there can be read on the way: plain `http` to another machine.
pub(crate) fn is_exposed(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() != "https" && !is_loopback
}
