//! Authentication: which credentials a request needs, how they are obtained, and where they go.
//!
//! In come the credentials that the caller set, what the document says of the API's schemes,
//! and a request that is about to be sent; out goes the same request with its credentials, and
//! the secrets among them, so that they can be masked. Tokens are requested over the transport.
//! It must not know of calls, of attempts, of retries, or of the client.

mod apply;
mod credential;
#[cfg(feature = "oauth")]
mod oauth;
mod select;
#[cfg(feature = "oauth")]
mod token;

pub(crate) use apply::{AuthContext, PlainHttp, apply};
pub use credential::{Credential, CredentialProvider, ProvidedCredential};
#[cfg(feature = "oauth")]
pub use oauth::ClientCredentials;
#[cfg(feature = "oauth")]
pub(crate) use oauth::reject;
pub(crate) use select::{Credentials, RequiredCredentials};
