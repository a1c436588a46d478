//! The client: the public handle of what its calls share.

use std::fmt;
use std::sync::Arc;

use super::custom_request::CustomRequest;
use crate::runtime::call::Call;
use crate::runtime::operation::{Method, Operation};
use crate::runtime::request::Request;
use crate::runtime::send::Core;

/// A client of the API.
///
/// It is cheap to clone. Its clones share one pool of connections, their tokens and one
/// retry budget: create one client and pass clones of it.
#[derive(Clone)]
pub struct Client {
    /// What its clones share.
    pub(crate) core: Arc<Core>,
}

impl Client {
    /// The URL that requests are sent to, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.core.base().prefix()
    }

    /// Starts a request that this crate has no method for: one that the API's document lacks.
    ///
    /// The path follows that of the [base URL](Self::base_url). What follows a `?` in it is added to the
    /// query, and what is in braces is set by [`path_param`](CustomRequest::path_param). A `#`, and the
    /// segments `.` and `..`, are refused when the request is sent. Errors and traces show the path as it is
    /// written here, without its query.
    ///
    /// ```no_run
    /// use std::collections::BTreeMap;
    ///
    /// use sdk_runtime::runtime::{Client, Error, Method};
    ///
    /// async fn labels(client: &Client, id: &str) -> Result<BTreeMap<String, String>, Error> {
    ///     client.request(Method::GET, "/things/{id}/labels?sort=name").path_param("id", id).send().await
    /// }
    /// ```
    pub fn request(&self, method: Method, path: impl AsRef<str>) -> CustomRequest {
        CustomRequest::new(Call::new(self, self.core.sdk.undocumented(method)), path.as_ref())
    }
}

/// Shows no secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Client");
        debug.field("base_url", &self.base_url());
        #[cfg(feature = "auth")]
        debug.field("credentials", &self.core.credentials);
        debug
            .field("settings", &self.core.settings)
            .field("hooks", &self.core.hooks.len())
            .finish_non_exhaustive()
    }
}

impl Call {
    /// A call with nothing set.
    #[must_use]
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self { core: Arc::clone(&client.core), request: Box::new(Request::new(operation)) }
    }
}
