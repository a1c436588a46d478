//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName};

use super::base_url::BaseUrl;
use super::clock::Clock;
use super::credential::Credential;
use super::hook::Hook;
use super::retry::{RetryBudget, RetryPolicy};
use super::sdk::{Sdk, SecurityScheme};

/// A client of the API.
///
/// It is cheap to clone, and its clones share one pool of connections, the
/// tokens they obtained and one retry budget: make one client and hand out clones.
#[derive(Clone)]
pub struct Client {
    /// Its methods stand there and not here, where the API's groups have theirs.
    pub(crate) shared: Arc<Shared>,
}

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) sdk: &'static Sdk,
    pub(crate) http: reqwest::Client,
    /// As the caller set it; then it goes for all operations.
    pub(crate) base_url: Option<BaseUrl>,
    /// The first of the API's servers.
    pub(crate) default_url: BaseUrl,
    pub(crate) credentials: Vec<(&'static str, Credential)>,
    pub(crate) exposure: Exposure,
    pub(crate) settings: Settings,
    /// The API's header of idempotency keys.
    pub(crate) idempotency_header: HeaderName,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) budget: RetryBudget,
}

/// What goes for each call that does not say otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) headers: HeaderMap,
    pub(crate) max_response_bytes: u64,
}

/// Whether credentials may be sent where they can be read on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exposure {
    /// Only over `https`, or to this machine.
    Refused,
    /// Over plain `http` as well.
    Allowed,
}

impl Client {
    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// The URL that requests go to, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.base().prefix()
    }
}

impl Shared {
    pub(crate) fn base(&self) -> &BaseUrl {
        self.base_url.as_ref().unwrap_or(&self.default_url)
    }

    pub(crate) fn credential(&self, scheme: &SecurityScheme) -> Option<&Credential> {
        self.credentials.iter().find(|(name, _)| *name == scheme.name).map(|(_, credential)| credential)
    }

    pub(crate) fn may_expose_credentials(&self) -> bool {
        self.exposure == Exposure::Allowed
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }
}

/// Shows where requests go and how, and nothing that is secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("credentials", &self.shared.credentials)
            .field("settings", &self.shared.settings)
            .field("hooks", &self.shared.hooks.len())
            .finish_non_exhaustive()
    }
}
