//! The client: how it is set up, and the public face of what its calls share.
//!
//! In come the settings and credentials of the caller; out goes a [`Client`], to which generated
//! code adds the API's resources.

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
#[cfg(feature = "auth")]
mod credentials;
mod handle;

pub use builder::ClientBuilder;
pub use handle::Client;
