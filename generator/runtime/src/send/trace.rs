//! Traces: a span for each call and an event for each attempt (feature `tracing`).
//!
//! The names are those of OpenTelemetry's conventions for HTTP clients. Bodies
//! and headers are not traced, and neither is the query of a URL, which may
//! hold a key. Without the feature nothing here costs anything.

use std::time::Duration;

use http::StatusCode;
use url::Url;

use super::raw_response::RawResponse;
use crate::runtime::error::{CallMetadata, Error};

/// The trace of one call.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "only with the feature is there something to do")]
impl Trace {
    pub(crate) fn start(_: &CallMetadata, _: &Url) -> Self {
        Self {}
    }

    pub(crate) fn response(&self, _: u32, _: StatusCode) {}

    pub(crate) fn failure(&self, _: u32, _: &Error) {}

    pub(crate) fn wait(&self, _: u32, _: Duration) {}

    pub(crate) fn end(&self, _: &Result<RawResponse, Error>) {}

    pub(crate) fn fail(&self, _: &Error) {}

    pub(crate) async fn within<T>(&self, future: impl Future<Output = T>) -> T {
        future.await
    }
}

#[cfg(feature = "tracing")]
impl Trace {
    /// Begins the span of a call.
    pub(crate) fn start(call: &CallMetadata, url: &Url) -> Self {
        let (operation, path) = (call.operation(), call.path());
        let span = tracing::info_span!(
            "call",
            otel.kind = "client",
            otel.name = tracing::field::Empty,
            otel.status_code = tracing::field::Empty,
            operation.id = operation.id,
            http.request.method = operation.method.as_str(),
            http.request.resend_count = tracing::field::Empty,
            http.response.status_code = tracing::field::Empty,
            network.protocol.version = tracing::field::Empty,
            url.template = path,
            url.full = tracing::field::Empty,
            server.address = url.host_str(),
            server.port = url.port_or_known_default(),
            error.type = tracing::field::Empty,
        );
        if !span.is_disabled() {
            span.record("otel.name", format!("{} {}", operation.method, path));
            span.record("url.full", url.as_str().split('?').next());
        }
        Self { span }
    }

    /// The head of a response was received.
    pub(crate) fn response(&self, attempt: u32, status: StatusCode) {
        tracing::debug!(
            parent: &self.span,
            http.request.resend_count = attempt - 1,
            http.response.status_code = status.as_u16(),
            "response"
        );
    }

    /// An attempt failed.
    pub(crate) fn failure(&self, attempt: u32, error: &Error) {
        tracing::debug!(
            parent: &self.span,
            http.request.resend_count = attempt - 1,
            error.type = error_type(error),
            "attempt failed: {error}"
        );
    }

    /// Another attempt follows after a wait.
    pub(crate) fn wait(&self, attempt: u32, wait: Duration) {
        tracing::info!(parent: &self.span, http.request.resend_count = attempt, ?wait, "retrying");
    }

    /// The call has ended, except for the body when that is still to be read.
    pub(crate) fn end(&self, result: &Result<RawResponse, Error>) {
        let metadata = match result {
            Ok(response) => Some(response.metadata()),
            Err(error) => error.metadata(),
        };
        if let Some(metadata) = metadata {
            self.record(metadata);
        }
        if let Err(error) = result {
            self.fail(error);
        }
    }

    /// Records what is known of the last attempt.
    fn record(&self, metadata: &CallMetadata) {
        if let Some(status) = metadata.status() {
            self.span.record("http.response.status_code", status.as_u16());
        }
        if let Some(version) = metadata.version().and_then(version) {
            self.span.record("network.protocol.version", version);
        }
        if metadata.attempts() > 1 {
            self.span.record("http.request.resend_count", metadata.attempts() - 1);
        }
    }

    /// The call failed.
    pub(crate) fn fail(&self, error: &Error) {
        self.span.record("otel.status_code", "ERROR");
        self.span.record("error.type", error_type(error));
    }

    /// Runs a future in the span.
    pub(crate) async fn within<T>(&self, future: impl Future<Output = T>) -> T {
        tracing::Instrument::instrument(future, self.span.clone()).await
    }
}

/// The version of HTTP without its name.
#[cfg(feature = "tracing")]
fn version(version: http::Version) -> Option<&'static str> {
    Some(match version {
        http::Version::HTTP_09 => "0.9",
        http::Version::HTTP_10 => "1.0",
        http::Version::HTTP_11 => "1.1",
        http::Version::HTTP_2 => "2",
        http::Version::HTTP_3 => "3",
        _ => return None,
    })
}

/// The status of a response, or the name of the kind of error.
#[cfg(feature = "tracing")]
fn error_type(error: &Error) -> String {
    let kind = match error {
        Error::Api(error) => return error.status().as_str().to_owned(),
        Error::Connect(_) => "connect",
        Error::Timeout(_) => "timeout",
        Error::Decode(_) => "decode",
        Error::InvalidRequest(_) => "invalid_request",
        #[cfg(feature = "body_errors")]
        Error::Body(_) => "body",
        Error::Interrupted(_) => "interrupted",
        #[cfg(feature = "auth")]
        Error::Credential(_) => "credential",
    };
    kind.to_owned()
}
