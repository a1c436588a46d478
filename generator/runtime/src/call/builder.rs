//! A call: what generated builders write into.
//!
//! The setters are thin and the same for every operation. What they do is
//! compiled once; only the conversion of a value to JSON is compiled for each type.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::runtime::error::Error;
use crate::runtime::request::{CallOptions, Request};
use crate::runtime::send::Core;
use crate::runtime::value::{Style, writer};

/// A call that is under way once it is awaited. Its value is the response, decoded.
pub type CallFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A call of an operation that is being built.
pub struct Call {
    pub(crate) core: Arc<Core>,
    /// In a box, as every future on the way to the attempts moves it.
    pub(crate) request: Box<Request>,
}

impl Call {
    /// The settings of this call.
    pub fn options(&mut self) -> &mut CallOptions {
        &mut self.request.options
    }

    /// Sets a parameter in the path.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_path(name, style, &value);
        }
    }

    /// Sets a parameter in the query.
    #[allow(dead_code, reason = "not every API has parameters of this kind")]
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_query(name, style, &value);
        }
    }

    #[cfg(feature = "header_parameters")]
    /// Sets a parameter in a header.
    #[allow(dead_code, reason = "pages set headers of requests that are made already")]
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_header(name, style, &value);
        }
    }

    #[cfg(feature = "cookies")]
    /// Sets a parameter in a cookie.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        if let Some(value) = self.value(name, value) {
            self.request.set_cookie(name, style, &value);
        }
    }

    /// Records what is wrong. It is returned when the call is sent.
    pub fn fail(&mut self, error: Error) {
        self.request.fail(error);
    }

    /// A value as JSON, from which parameters are written.
    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Option<Value> {
        match writer::to_value(value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(Error::invalid_request(name, error.to_string()));
                None
            }
        }
    }
}

/// Shows which operation it is of. What was set may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.request.operation.id).finish_non_exhaustive()
    }
}
