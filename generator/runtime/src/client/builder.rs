//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::handle::Client;
#[cfg(feature = "auth")]
use crate::runtime::auth::Credentials;
use crate::runtime::error::Error;
use crate::runtime::operation::Sdk;
use crate::runtime::request::{BaseUrl, RetryPolicy, insert_header, mark_secrets, without_secrets};
use crate::runtime::send::{Core, Hook, RetryBudget, Settings};
use crate::runtime::time::{Clock, SystemClock};
use crate::runtime::transport::{Configure, HttpClient, HttpClientBuilder, new_client};
use crate::runtime::value::root_cause;

/// How long a connection may take, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a server may send nothing. Some take minutes before they respond.
const READ_TIMEOUT: Duration = Duration::from_secs(300);

/// The longest response body that is collected in memory.
const MAX_RESPONSE_BYTES: u64 = 32 * 1024 * 1024;

/// Builds a [`Client`].
///
/// Invalid settings are reported by [`build`](Self::build).
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    pub(super) sdk: &'static Sdk,
    pub(super) base_url: Option<String>,
    #[cfg(feature = "auth")]
    pub(super) credentials: Credentials,
    settings: Settings,
    http: Http,
    hooks: Vec<Arc<dyn Hook>>,
    retry_budget: Option<u32>,
    clock: Arc<dyn Clock>,
    fault: Option<Error>,
}

/// Where the HTTP client comes from.
enum Http {
    /// A new one, with settings that the caller may change.
    New(Option<Configure>),
    /// One of the caller's.
    Given(HttpClient),
}

impl ClientBuilder {
    /// For this SDK, with default settings.
    pub(crate) fn new(sdk: &'static Sdk) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(sdk.user_agent));
        Self {
            sdk,
            base_url: None,
            #[cfg(feature = "auth")]
            credentials: Credentials::default(),
            settings: Settings {
                timeout: None,
                connect_timeout: CONNECT_TIMEOUT,
                read_timeout: Some(READ_TIMEOUT),
                retry: RetryPolicy::default(),
                headers,
                max_response_bytes: MAX_RESPONSE_BYTES,
            },
            http: Http::New(None),
            hooks: Vec::new(),
            retry_budget: Some(RetryBudget::RETRIES),
            clock: Arc::new(SystemClock),
            fault: None,
        }
    }

    /// Sets the URL that requests are sent to. Its path is kept, before that of each
    /// operation, and so is its query, before that of each request.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets how long a call may take in total, retries and bodies included. Default:
    /// `None`, no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = timeout.into();
        self
    }

    /// Sets how long establishing a connection may take, TLS included. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets how long the server may send nothing, before the response and within it.
    /// `None`: no limit. Default: 5 min.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.read_timeout = timeout.into();
        self
    }

    /// Sets when calls are retried. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets how many retries the clones of the client may spend together. A retry that
    /// succeeds is paid back, and a call that succeeds at once pays back a fifth of a
    /// retry. A retry after an attempt without a response counts twice. `None`: no limit
    /// but the policies. Default: 100.
    pub fn retry_budget(mut self, retries: impl Into<Option<u32>>) -> Self {
        self.retry_budget = retries.into();
        self
    }

    /// Sends a header with every request, in place of any other of its name.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        if let Err(error) = insert_header(&mut self.settings.headers, name.as_ref(), value.as_ref()) {
            self.fault.get_or_insert(error);
        }
        mark_secrets(self.sdk, &mut self.settings.headers);
        self
    }

    /// Sets the `User-Agent`.
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.default_header(USER_AGENT, user_agent)
    }

    /// Sets the longest response body, in bytes after decompression, that is collected in memory.
    /// Streams and downloads are not limited. Default: 32 MiB.
    ///
    /// What is decoded from a body takes more memory than its text: strings about as much, and small
    /// numbers that are read as `serde_json::Value` 36 times as much, so that the default can become 1.2 GB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Adds a hook, which sees every attempt of every call. Hooks are called in the order they were added.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// Changes the settings of the HTTP client: a proxy, a certificate, a resolver.
    /// Redirects, retries and the connect timeout are set afterwards, as this crate
    /// depends on them.
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(HttpClientBuilder) -> HttpClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http = Http::New(Some(Box::new(configure)));
        self
    }

    /// Sends requests with another HTTP client: a `reqwest::Client`, to share its connections,
    /// or any [`Transport`](crate::runtime::transport::Transport).
    ///
    /// The settings of a `reqwest::Client` stay, which [`connect_timeout`](Self::connect_timeout) does not
    /// change. Build it with `redirect(reqwest::redirect::Policy::none())`: then this
    /// crate follows redirects, and sends no credential to another host. reqwest's own
    /// policy removes `Authorization` and `Cookie`, but no other header; a call that
    /// sent one to another host fails. Build it with `retry(reqwest::retry::never())`,
    /// too: policies and hooks do not see what reqwest retries by itself.
    pub fn http_client(mut self, client: impl Into<HttpClient>) -> Self {
        self.http = Http::Given(client.into());
        self
    }

    /// Sets where time and random numbers come from, so that tests need not wait.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`], naming the first setting that is invalid.
    pub fn build(self) -> Result<Client, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let default_url = match (&self.base_url, self.sdk.servers.first()) {
            (Some(url), _) => BaseUrl::parse(url)?,
            (None, Some(server)) => BaseUrl::parse(&server.fill(&[]))?,
            (None, None) => {
                return Err(Error::invalid_request("base_url", "must be set: the API names no server"));
            }
        };
        let idempotency_header = HeaderName::from_bytes(self.sdk.idempotency_header.as_bytes())
            .map_err(|_| Error::invalid_request("idempotency_header", "is not the name of a header"))?;
        let http = match self.http {
            Http::Given(client) => client,
            Http::New(configure) => new_client(configure, self.settings.connect_timeout)
                .map_err(|error| Error::invalid_request("http_client", root_cause(&error)))?,
        };
        let core = Core {
            sdk: self.sdk,
            http,
            base_url: self.base_url.is_some().then(|| default_url.clone()),
            default_url,
            #[cfg(feature = "auth")]
            credentials: self.credentials,
            settings: self.settings,
            idempotency_header,
            hooks: self.hooks,
            clock: self.clock,
            budget: RetryBudget::new(self.retry_budget),
        };
        Ok(Client { core: Arc::new(core) })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ClientBuilder");
        debug.field("base_url", &self.base_url.as_deref().map(without_secrets));
        #[cfg(feature = "auth")]
        debug.field("credentials", &self.credentials);
        debug.field("settings", &self.settings).finish_non_exhaustive()
    }
}
