//! What the generator knows of one operation.

#[cfg(feature = "error_bodies")]
use super::error_case::ErrorCase;
#[cfg(feature = "events")]
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
    #[cfg(feature = "auth")]
    /// The schemes to authenticate with: any one of the lists, each as a whole.
    pub security: &'static [&'static [&'static str]],
    #[cfg(feature = "error_bodies")]
    /// The bodies of its error responses.
    pub errors: &'static [ErrorCase],
    /// Whether it is idempotent.
    pub idempotency: Idempotency,
    #[cfg(feature = "events")]
    /// The rules of its streams of events, if it has any.
    pub events: EventRules,
    #[cfg(feature = "bodies")]
    /// Whether it requires a body, which the caller chooses among several.
    pub requires_body: bool,
}

impl Operation {
    /// The defaults, to fill in with `..Operation::DEFAULT`.
    pub const DEFAULT: Self = Self {
        id: "",
        method: Method::GET,
        path: "/",
        query: &[],
        accept: "application/json",
        servers: &[],
        #[cfg(feature = "auth")]
        security: &[],
        #[cfg(feature = "error_bodies")]
        errors: &[],
        idempotency: Idempotency::ByMethod,
        #[cfg(feature = "events")]
        events: EventRules::DEFAULT,
        #[cfg(feature = "bodies")]
        requires_body: false,
    };

    /// A request that the document lacks, to fill in with `..Operation::UNDOCUMENTED`.
    pub const UNDOCUMENTED: Self =
        Self { id: "request", path: "/{path}", accept: "application/json, */*;q=0.5", ..Self::DEFAULT };

    /// The same operation with each HTTP method.
    #[must_use]
    pub const fn for_each_method(&self) -> [Self; Method::ALL.len()] {
        let mut operations = [const { Self::DEFAULT }; Method::ALL.len()];
        let mut index = 0;
        while index < operations.len() {
            operations[index] = Self { method: Method::ALL[index], ..*self };
            index += 1;
        }
        operations
    }
}

/// Whether processing a request twice does no more than processing it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum Idempotency {
    /// As HTTP defines it: not for `POST` and `PATCH`.
    ByMethod,
    /// It is idempotent, whatever the method.
    Idempotent,
    /// It is not, whatever the method.
    NotIdempotent,
    /// It is idempotent with a key, and each call gets one.
    WithKey,
}
