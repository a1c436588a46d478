//! A request before it is sent: its path, parameters and headers, and the options of its call.
//!
//! In come an operation, and what was set for one call; out go a URL and headers. It must not know
//! of credentials, of attempts, or of the network.

mod base_url;
mod builder;
mod options;
mod own_path;
mod request_options;
mod retry_policy;
mod secret_headers;

pub use base_url::BaseUrl;
#[cfg(feature = "auth")]
pub(crate) use base_url::is_exposed;
pub(crate) use base_url::{LONGEST_URL, origin, without_secrets};
pub use builder::Request;
pub(crate) use options::insert_header;
pub use options::{CallOptions, TimeLimit};
pub use request_options::RequestOptions;
pub(crate) use request_options::call_options;
pub use retry_policy::RetryPolicy;
#[cfg(feature = "auth")]
pub(crate) use secret_headers::header_of;
pub(crate) use secret_headers::mark_secrets;
