//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;

use crate::runtime::call::Call;
use crate::runtime::operation::Operation;
use crate::runtime::request::Request;
use crate::runtime::send::Core;

/// A client of the API.
///
/// It is cheap to clone, and its clones share one pool of connections, the
/// tokens they obtained and one retry budget: make one client and hand out clones.
#[derive(Clone)]
pub struct Client {
    /// Its methods stand there and not here, where the API's groups have theirs.
    pub(crate) core: Arc<Core>,
}

impl Client {
    /// The URL that requests go to, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.core.base().prefix()
    }
}

/// Shows where requests go and how, and nothing that is secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("credentials", &self.core.credentials)
            .field("settings", &self.core.settings)
            .field("hooks", &self.core.hooks.len())
            .finish_non_exhaustive()
    }
}

impl<'c> Call<'c> {
    /// A call with nothing set.
    #[must_use]
    pub fn new(client: &'c Client, operation: &'static Operation) -> Self {
        Self { core: &client.core, request: Box::new(Request::new(operation)) }
    }
}
