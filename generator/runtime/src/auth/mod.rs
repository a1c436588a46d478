//! Authentication: which credentials a request needs, how they are obtained, and where they go.
//!
//! In come the credentials that the caller set, what the document says of the API's schemes,
//! and a request that is about to be sent; out goes the same request with its credentials, and
//! the secrets among them, so that they can be masked. Tokens are requested over the transport.
//! It must not know of calls, of attempts, of retries, or of the client.

mod apply;
mod credential;
mod oauth;
mod select;
mod token;

pub(crate) use apply::{AuthContext, PlainHttp, apply, reject};
pub use credential::{Credential, CredentialProvider, ProvidedCredential};
pub use oauth::ClientCredentials;
pub(crate) use select::{Credentials, RequiredCredentials, mark_secrets};
