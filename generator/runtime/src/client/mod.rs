//! The client: how it is set up, and the public face of what its calls share.
//!
//! In come the settings and credentials of the caller; out goes a [`Client`], to which generated
//! code adds the API's resources. Nothing below knows this module: what calls share is handed down to them.

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
#[cfg(feature = "auth")]
mod credentials;
mod custom_request;
mod handle;
mod request_builder;

pub use builder::ClientBuilder;
pub use custom_request::CustomRequest;
pub use handle::Client;
pub(crate) use request_builder::request_builder;
