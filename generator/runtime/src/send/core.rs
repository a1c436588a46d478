//! What all calls of a client share: settings, credentials, connections, the retry budget.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "auth")]
use http::header::USER_AGENT;
use http::header::{HeaderMap, HeaderName};

use super::hook::Hook;
use super::retry::RetryBudget;
#[cfg(feature = "auth")]
use crate::runtime::auth::{AuthContext, Credentials};
use crate::runtime::error::Error;
use crate::runtime::operation::{Operation, Sdk};
use crate::runtime::request::{BaseUrl, RetryPolicy};
use crate::runtime::time::Clock;
use crate::runtime::transport::HttpClient;

/// What the clones of a client share.
pub(crate) struct Core {
    pub(crate) sdk: &'static Sdk,
    pub(crate) http: HttpClient,
    /// As the caller set it; then it is used for all operations.
    pub(crate) base_url: Option<BaseUrl>,
    /// The first of the API's servers.
    pub(crate) default_url: BaseUrl,
    #[cfg(feature = "auth")]
    pub(crate) credentials: Credentials,
    pub(crate) settings: Settings,
    /// The API's header of idempotency keys.
    pub(crate) idempotency_header: HeaderName,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) budget: RetryBudget,
}

/// The settings of each call that has none of its own.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) headers: HeaderMap,
    pub(crate) max_response_bytes: u64,
}

impl Core {
    /// Where requests go, unless their operation has servers of its own.
    pub(crate) fn base(&self) -> &BaseUrl {
        self.base_url.as_ref().unwrap_or(&self.default_url)
    }

    /// Where the operation is served: at the caller's address, at one of its own, or where all are.
    pub(crate) fn base_of(&self, operation: &Operation) -> Result<Cow<'_, BaseUrl>, Error> {
        match (&self.base_url, operation.servers.first()) {
            (None, Some(server)) => BaseUrl::parse(&server.fill(&[])).map(Cow::Owned),
            _ => Ok(Cow::Borrowed(self.base())),
        }
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    #[cfg(feature = "auth")]
    /// What it takes to obtain credentials.
    pub(crate) fn auth(&self) -> AuthContext<'_> {
        AuthContext {
            http: &self.http,
            clock: &*self.clock,
            base_url: self.base().prefix(),
            user_agent: self.settings.headers.get(USER_AGENT),
            plain_http: self.credentials.plain_http,
        }
    }
}
