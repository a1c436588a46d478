//! A request that is being built: what has been set for one call so far.
//!
//! It becomes a URL and headers. It does not know of servers beyond the base URL, of
//! credentials, or of how it is sent.

use std::sync::Arc;

use http::header::HeaderMap;
#[cfg(feature = "header_parameters")]
use http::header::{HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::base_url::BaseUrl;
use super::options::CallOptions;
use super::own_path;
use crate::runtime::body::RequestBody;
use crate::runtime::error::Error;
use crate::runtime::operation::Operation;
#[cfg(feature = "cookies")]
use crate::runtime::value::special_styles;
use crate::runtime::value::{Style, encode, parameter};

/// What has been set for one call so far. Setting something again replaces it.
#[derive(Debug)]
pub struct Request {
    /// What is called.
    pub operation: &'static Operation,
    /// Headers of the operation's parameters.
    pub headers: HeaderMap,
    /// The body.
    pub body: RequestBody,
    /// The settings of this call.
    pub options: CallOptions,
    /// The path in place of the operation's.
    pub(crate) own_path: Option<Arc<str>>,
    path: Vec<(&'static str, String)>,
    query: Vec<(&'static str, String)>,
    #[cfg(feature = "cookies")]
    cookies: Vec<(&'static str, String)>,
    /// The URL to send it to in place of the operation's, when the server named one.
    other_url: Option<Url>,
    /// The first thing that was wrong; it is returned when the request is sent.
    fault: Option<Error>,
}

impl Request {
    /// Nothing set.
    #[must_use]
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            headers: HeaderMap::new(),
            body: RequestBody::Empty,
            options: CallOptions::default(),
            own_path: None,
            path: Vec::new(),
            query: Vec::new(),
            #[cfg(feature = "cookies")]
            cookies: Vec::new(),
            other_url: None,
            fault: None,
        }
    }

    #[cfg(feature = "repeats")]
    /// The same request once more; `None` when its body can be read only once, or
    /// something is wrong with it.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        if self.fault.is_some() {
            return None;
        }
        Some(Self {
            operation: self.operation,
            headers: self.headers.clone(),
            body: self.body.try_clone()?,
            options: self.options.try_clone()?,
            own_path: self.own_path.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            #[cfg(feature = "cookies")]
            cookies: self.cookies.clone(),
            other_url: self.other_url.clone(),
            fault: None,
        })
    }

    #[cfg(feature = "pages")]
    /// Removes the idempotency key, in whatever way it was set. It says that two
    /// requests are the same, which those for two pages are not.
    pub(crate) fn forget_idempotency_key(&mut self, header: &HeaderName) {
        self.options.idempotency_key = None;
        self.options.headers.remove(header);
        self.headers.remove(header);
    }

    /// Records what is wrong. It is returned when the request is sent.
    pub fn fail(&mut self, error: Error) {
        self.fault.get_or_insert(error);
    }

    /// What is wrong with it, if anything.
    pub fn take_fault(&mut self) -> Option<Error> {
        self.fault.take().or_else(|| self.options.take_fault())
    }

    /// Sets the path, with parameters in braces, in place of the operation's. What follows a `?` is
    /// added to the query.
    pub(crate) fn set_own_path(&mut self, route: &str) {
        if let Err(error) = own_path::check(route) {
            return self.fail(error);
        }
        let (path, query) = route.split_once('?').unwrap_or((route, ""));
        let slash = if path.starts_with('/') { "" } else { "/" };
        self.own_path = Some(format!("{slash}{path}").into());
        self.query.push(("", query.to_owned()));
    }

    /// Sets a parameter in the path.
    pub fn set_path(&mut self, name: &'static str, style: Style, value: &Value) {
        match parameter::path(name, style, value) {
            Some(text) => replace(&mut self.path, name, Some(text)),
            None => self.fail(Error::invalid_request(name, "must not be empty")),
        }
    }

    /// Sets a parameter in the query.
    pub fn set_query(&mut self, name: &'static str, style: Style, value: &Value) {
        replace(&mut self.query, name, parameter::query(name, style, value));
    }

    #[cfg(feature = "header_parameters")]
    /// Sets a parameter in a header.
    pub fn set_header(&mut self, name: &'static str, style: Style, value: &Value) {
        let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.fail(Error::invalid_request(name, "is not the name of a header"));
        };
        let Some(text) = parameter::header(style, value) else {
            self.headers.remove(key);
            return;
        };
        match HeaderValue::from_bytes(text.as_bytes()) {
            Ok(value) => {
                self.headers.insert(key, value);
            }
            Err(_) => self.fail(Error::invalid_request(name, "must not have control characters in it")),
        }
    }

    #[cfg(feature = "cookies")]
    /// Sets a parameter in a cookie.
    pub fn set_cookie(&mut self, name: &'static str, style: Style, value: &Value) {
        replace(&mut self.cookies, name, special_styles::cookie(name, style, value));
    }

    #[cfg(feature = "pages")]
    /// The pairs of a parameter in the query, if it is set.
    pub(crate) fn query_pairs(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| *key == name).map(|(_, pairs)| pairs.as_str())
    }

    #[cfg(feature = "pages")]
    /// Sends it to this URL as it is, in place of the one that the parameters make.
    pub(crate) fn set_url(&mut self, url: Url) {
        self.other_url = Some(url);
    }

    #[cfg(feature = "cookies")]
    /// The cookies as they are sent.
    #[must_use]
    pub fn cookies(&self) -> Option<String> {
        let pairs: Vec<_> = self.cookies.iter().map(|(_, pairs)| pairs.as_str()).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// The URL: base, path, and the queries of the base, the operation, the
    /// parameters and the call, in this order.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] when a value would change which resource the path leads to.
    pub fn url(&self, base: &BaseUrl) -> Result<Url, Error> {
        if let Some(url) = &self.other_url {
            return Ok(url.clone());
        }
        let path = self.fill_path(base, |value| value)?;
        let mut query = String::new();
        push_pair(&mut query, base.query().unwrap_or_default());
        for (name, value) in self.operation.query {
            push_pair(&mut query, &pair(name, value));
        }
        for (_, pairs) in &self.query {
            push_pair(&mut query, pairs);
        }
        for (name, value) in &self.options.query {
            push_pair(&mut query, &pair(name, value));
        }
        let url = base.with(&path, Some(query.as_str()).filter(|query| !query.is_empty()));
        self.check_dots(base, &url)?;
        Ok(url)
    }

    /// Refuses a value that makes a segment `.` or `..`, with what the document's path has beside it: such
    /// a segment is resolved on the way (WHATWG URL, "path state"), and a delete would hit the collection.
    /// What counts is the URL: it has the segments that it has with a letter in place of the value.
    fn check_dots(&self, base: &BaseUrl, url: &Url) -> Result<(), Error> {
        let is_dots = |value: &str| matches!(value, "" | "." | "..");
        let Some((name, _)) = self.path.iter().rfind(|(_, value)| is_dots(value)) else { return Ok(()) };
        let path = self.fill_path(base, |value| if is_dots(value) { "x" } else { value })?;
        let is_empty = |url: &Url| url.path().split('/').map(str::is_empty).collect::<Vec<_>>();
        if is_empty(&base.with(&path, None)) == is_empty(url) {
            return Ok(());
        }
        Err(Error::invalid_request(*name, "must not be `.` or `..`"))
    }

    /// The path with the values of its parameters, or with what is `put` in their place. Values are encoded
    /// as a whole, so a slash in one does not make two segments of it.
    fn fill_path<'v>(&'v self, base: &BaseUrl, put: impl Fn(&'v str) -> &'v str) -> Result<String, Error> {
        let mut path = String::with_capacity(128);
        path.push_str(base.path());
        let mut rest = self.own_path.as_deref().unwrap_or(self.operation.path);
        if !rest.starts_with('/') {
            path.push('/');
        }
        while let Some((literal, tail)) = rest.split_once('{') {
            let Some((name, tail)) = tail.split_once('}') else { break };
            path.push_str(literal);
            let value = self.path.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
            path.push_str(put(value.ok_or_else(|| Error::invalid_request(name, "is missing"))?));
            rest = tail;
        }
        path.push_str(rest);
        Ok(path)
    }
}

/// Sets the entry of this name, or takes it out.
fn replace(entries: &mut Vec<(&'static str, String)>, name: &'static str, value: Option<String>) {
    let place = entries.iter().position(|(key, _)| *key == name);
    match (place, value) {
        (Some(place), Some(value)) => entries[place].1 = value,
        (Some(place), None) => drop(entries.remove(place)),
        (None, Some(value)) => entries.push((name, value)),
        (None, None) => {}
    }
}

/// Adds pairs to a query.
fn push_pair(query: &mut String, pairs: &str) {
    if !query.is_empty() && !pairs.is_empty() {
        query.push('&');
    }
    query.push_str(pairs);
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode(name), encode(value))
}
