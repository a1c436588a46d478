//! What the generator knows of one operation.

use super::error_case::ErrorCase;
use super::event_rules::EventRules;
use super::method::Method;
use super::sdk::ServerTemplate;

/// One operation of the API.
#[derive(Debug)]
pub struct Operation {
    /// Its id in the document.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// A query that is always sent.
    pub query: &'static [(&'static str, &'static str)],
    /// What is sent as `Accept`.
    pub accept: &'static str,
    /// Servers of its own, in place of those of the API.
    pub servers: &'static [ServerTemplate],
    /// The schemes to authenticate with: any one of the lists, each as a whole.
    pub security: &'static [&'static [&'static str]],
    /// The bodies of its answers of failure.
    pub errors: &'static [ErrorCase],
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
    /// What its events mean, if it answers with any.
    pub events: EventRules,
    /// It has to have a body, which the caller chooses among several.
    pub requires_body: bool,
}

impl Operation {
    /// An operation of nothing, to fill in with `..Operation::DEFAULT`.
    pub const DEFAULT: Self = Self {
        id: "",
        method: Method::GET,
        path: "/",
        query: &[],
        accept: "application/json",
        servers: &[],
        security: &[],
        errors: &[],
        repeat: Repeat::ByMethod,
        events: EventRules::DEFAULT,
        requires_body: false,
    };
}

/// Whether sending a request twice does no more than sending it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// As HTTP defines it: not for `POST` and `PATCH`.
    ByMethod,
    /// It is safe, whatever the method.
    Safe,
    /// It is not, whatever the method.
    Unsafe,
    /// It is safe with an idempotency key, and each call is given one.
    Keyed,
}
