//! How a client is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use secrecy::SecretString;

use super::handle::Client;
use crate::runtime::auth::{ClientCredentials, Credential, Credentials, PlainHttp, mark_secrets};
use crate::runtime::error::Error;
use crate::runtime::operation::{SchemeKind, Sdk, SecurityScheme};
use crate::runtime::request::{BaseUrl, RetryPolicy, insert_header, without_secrets};
use crate::runtime::send::{Core, Hook, RetryBudget, Settings};
use crate::runtime::time::{Clock, SystemClock};
use crate::runtime::value::root_cause;

/// How long a connection may take, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a server may be silent. Some think for minutes before they answer.
const READ_TIMEOUT: Duration = Duration::from_secs(300);

/// How much of an answer is collected in memory.
const MAX_RESPONSE_BYTES: u64 = 128 * 1024 * 1024;

/// Sets up a [`Client`].
///
/// Whatever is wrong with what was set comes out of [`build`](Self::build).
#[must_use = "there is no client before `build`"]
pub struct ClientBuilder {
    sdk: &'static Sdk,
    base_url: Option<String>,
    credentials: Credentials,
    plain_http: PlainHttp,
    settings: Settings,
    http: Http,
    hooks: Vec<Arc<dyn Hook>>,
    retry_budget: Option<u32>,
    clock: Arc<dyn Clock>,
    fault: Option<Error>,
}

/// Where the HTTP client comes from.
enum Http {
    /// The one of this crate.
    Own,
    /// The one of this crate, after the caller has changed its settings.
    Configured(Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>),
    /// One of the caller's.
    Given(reqwest::Client),
}

impl ClientBuilder {
    /// For this SDK, with the defaults.
    pub(crate) fn new(sdk: &'static Sdk) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(sdk.user_agent));
        Self {
            sdk,
            base_url: None,
            credentials: Credentials::default(),
            plain_http: PlainHttp::Refused,
            settings: Settings {
                timeout: None,
                connect_timeout: CONNECT_TIMEOUT,
                read_timeout: Some(READ_TIMEOUT),
                retry: RetryPolicy::default(),
                headers,
                max_response_bytes: MAX_RESPONSE_BYTES,
            },
            http: Http::Own,
            hooks: Vec::new(),
            retry_budget: Some(RetryBudget::RETRIES),
            clock: Arc::new(SystemClock),
            fault: None,
        }
    }

    /// Sets the credential for a scheme of the API's document.
    pub(crate) fn credential(mut self, scheme: &'static str, credential: impl Into<Credential>) -> Self {
        self.credentials.set(scheme, credential.into());
        self
    }

    /// Takes the credentials from the environment, as far as they are there.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`], naming the variable, when none of them is.
    pub fn from_env(self) -> Result<Self, Error> {
        self.read_variables(|name| std::env::var(name).ok())
    }

    /// As [`from_env`](Self::from_env), from variables that `read` knows.
    pub(crate) fn read_variables(mut self, read: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let mut missing = None;
        let mut found = false;
        for scheme in self.sdk.security {
            let Some(variable) = scheme.environment else { continue };
            match read(variable).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()) {
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

    /// Sends requests to another address. A path in it is kept, and goes before
    /// that of each operation; so is a query, which goes before that of each request.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long a call may take as a whole, retries and bodies included. `None` is
    /// as long as it likes, which is the default.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = timeout.into();
        self
    }

    /// How long a connection may take, TLS included. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How long the server may be silent, before its answer and within it. `None` is
    /// as long as it likes. Default: 5 min.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.read_timeout = timeout.into();
        self
    }

    /// When calls are tried again. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// How many retries the clones of the client may spend together before some of
    /// them are paid back: all by a retry that succeeds, a fifth of one by a call
    /// that succeeds at once. A retry after no answer at all counts twice. `None`
    /// is as many as the policies allow. Default: 100.
    pub fn retry_budget(mut self, retries: impl Into<Option<u32>>) -> Self {
        self.retry_budget = retries.into();
        self
    }

    /// Sends a header with every request; it wins over one that would be sent anyway.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        if let Err(error) = insert_header(&mut self.settings.headers, name.as_ref(), value.as_ref()) {
            self.fault.get_or_insert(error);
        }
        mark_secrets(self.sdk, &mut self.settings.headers);
        self
    }

    /// Sends another `User-Agent`.
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.default_header(USER_AGENT, user_agent)
    }

    /// How much of an answer is collected in memory before it is given up. Streams
    /// are not limited. Default: 128 MiB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Has every attempt of every call pass by `hook`. Several are called in the order they were set.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// Changes the settings of the HTTP client: a proxy, a certificate, a resolver.
    /// What this crate's promises rest on (redirects, retries, the connect timeout)
    /// is set afterwards.
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http = Http::Configured(Box::new(configure));
        self
    }

    /// Sends requests through a client of the caller's, to share its connections.
    ///
    /// Its own settings stay in force, which
    /// [`connect_timeout`](Self::connect_timeout) cannot change. Build it with
    /// `redirect(reqwest::redirect::Policy::none())`: then redirects are followed
    /// by this crate, which sends no credential to another host. reqwest's own
    /// policy keeps back `Authorization` and `Cookie`, but no other header; a call
    /// that took one to another host fails. Build it with
    /// `retry(reqwest::retry::never())`, too: what reqwest sends again by itself, no
    /// policy and no hook knows of.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Given(client);
        self
    }

    /// Sends credentials over plain `http` to other machines as well. Whoever is
    /// on the way can read them then.
    pub fn allow_credentials_over_http(mut self) -> Self {
        self.plain_http = PlainHttp::Allowed;
        self
    }

    /// Takes the time and random numbers from `clock`, so that tests need not wait.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`], naming the first setting that cannot be.
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
        let http = http_client(self.http, self.settings.connect_timeout)?;
        let core = Core {
            sdk: self.sdk,
            http,
            base_url: self.base_url.is_some().then(|| default_url.clone()),
            default_url,
            credentials: self.credentials,
            plain_http: self.plain_http,
            settings: self.settings,
            idempotency_header,
            hooks: self.hooks,
            clock: self.clock,
            budget: RetryBudget::new(self.retry_budget),
        };
        Ok(Client { core: Arc::new(core) })
    }
}

fn http_client(http: Http, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    let builder = match http {
        Http::Given(client) => return Ok(client),
        Http::Own => reqwest::Client::builder(),
        Http::Configured(configure) => configure(reqwest::Client::builder()),
    };
    builder
        .redirect(reqwest::redirect::Policy::none())
        // The retries are ours. Without the zero each request is copied for one of its own.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .referer(false)
        .connect_timeout(connect_timeout)
        .build()
        .map_err(|error| Error::invalid_request("http_client", root_cause(&error)))
}

/// What a variable holds for a scheme: two parts for those that need two.
fn credential_from_text(scheme: &SecurityScheme, variable: &str, text: String) -> Result<Credential, Error> {
    let parts = text.split_once(':');
    match (scheme.kind, parts) {
        (SchemeKind::Basic, Some((user, password))) => {
            Ok(Credential::basic(user, SecretString::from(password)))
        }
        (SchemeKind::Basic, None) => Err(Error::invalid_request(variable, "must be `user:password`")),
        (SchemeKind::OAuth2 { token_url: Some(_), .. }, Some((id, secret))) => {
            Ok(ClientCredentials::new(id, SecretString::from(secret)).into())
        }
        _ => Ok(text.into()),
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_deref().map(without_secrets))
            .field("credentials", &self.credentials)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
