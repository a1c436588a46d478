//! The interface to the network.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::error::TransportError;
use super::message::{HttpRequest, HttpResponse};

/// Sends HTTP requests.
///
/// `reqwest::Client` is one, which is what a client uses by default. Implement it for another HTTP
/// client, or for one that wraps `reqwest`, and set it with
/// [`ClientBuilder::http_client`](crate::runtime::ClientBuilder::http_client).
///
/// An implementation sends each request once, and follows no redirects: retries, redirects and
/// the timeouts of calls are handled by the caller, which drops the future when a timeout expires.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request, and waits for the head of its response.
    ///
    /// # Errors
    ///
    /// A [`TransportError`] when there is no response; its kind decides whether the request may be
    /// sent again.
    fn send(&self, request: HttpRequest) -> Sending<'_>;
}

/// How to build an HTTP client that follows redirects by itself, which it must not.
pub(crate) const NO_REDIRECTS: &str =
    "must not follow redirects: build a `reqwest::Client` with `redirect(reqwest::redirect::Policy::none())`";

/// A request that is being sent by a [`Transport`].
pub type Sending<'t> = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 't>>;

/// The HTTP client that requests are sent with: any [`Transport`].
#[derive(Clone, Debug)]
pub struct HttpClient(Arc<dyn Transport>);

impl HttpClient {
    pub(crate) fn send(&self, request: HttpRequest) -> Sending<'_> {
        self.0.send(request)
    }
}

impl<T: Transport> From<T> for HttpClient {
    fn from(transport: T) -> Self {
        Self(Arc::new(transport))
    }
}
