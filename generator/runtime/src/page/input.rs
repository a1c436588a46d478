//! The input of a request that selects a page: reading it, and setting it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::paging::PageInput;
use crate::runtime::error::{CallMetadata, Error};
use crate::runtime::request::{LONGEST_URL, Request};
use crate::runtime::send::Core;
use crate::runtime::value::Style;

/// The number that the caller set, if any: the page or the item to begin with.
pub(crate) fn number(request: &Request, input: PageInput) -> Option<i64> {
    match input {
        PageInput::Query(name) => request.query_pairs(name)?.split_once('=')?.1.parse().ok(),
        PageInput::Header(name) => request.headers.get(name)?.to_str().ok()?.parse().ok(),
        #[cfg(feature = "bodies")]
        PageInput::Body(name) => {
            serde_json::from_slice::<Value>(&request.body.to_bytes()?).ok()?.get(name)?.as_i64()
        }
    }
}

/// Sets what the next page is asked for with, which is JSON.
pub(crate) fn set(request: &mut Request, input: PageInput, token: &RawValue) {
    match input {
        PageInput::Query(name) => request.set_query(name, Style::FormExploded, &value(token)),
        PageInput::Header(name) => request.set_header(name, Style::Simple, &value(token)),
        #[cfg(feature = "bodies")]
        PageInput::Body(name) => {
            if let Err(error) = request.body.set_property(name, token.to_owned()) {
                request.fail(error);
            }
        }
    }
}

/// A token as a parameter. The digits of a number stay as they are.
fn value(token: &RawValue) -> Value {
    match serde_json::from_str(token.get()) {
        Ok(Value::Number(_)) | Err(_) => token.get().into(),
        Ok(value) => value,
    }
}

/// Distinguishes a request from those for other pages.
pub(crate) fn fingerprint(core: &Core, request: &Request) -> u64 {
    let mut hasher = DefaultHasher::new();
    here(core, request).ok().hash(&mut hasher);
    for (name, value) in &request.headers {
        (name, value).hash(&mut hasher);
    }
    #[cfg(feature = "bodies")]
    request.body.to_bytes().hash(&mut hasher);
    hasher.finish()
}

/// Sets the URL of the next page, as the response has it, which may be relative to the
/// one before. Only the same server is allowed, as credentials are sent with it.
pub(crate) fn set_next_url(
    core: &Core,
    request: &mut Request,
    target: &str,
    metadata: &CallMetadata,
) -> Result<(), Error> {
    let here = here(core, request)?;
    let refused = |reason: &str| {
        Error::unexpected(metadata, format!("the next page is {reason}"), target.to_owned().into())
    };
    let mut url = here.join(target).map_err(|_| refused("not at a URL"))?;
    // A server behind a proxy that ends TLS takes its own address for plain http.
    let is_behind_proxy = here.scheme() == "https" && url.scheme() == "http" && url.port().is_none();
    if is_behind_proxy && url.host() == here.host() {
        let _ = url.set_scheme("https").and_then(|()| url.set_port(here.port()));
    }
    if url.origin() != here.origin() {
        return Err(refused("on another host, to which this call is not sent"));
    }
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    if url.as_str().len() > LONGEST_URL {
        return Err(refused("at a URL that is too long"));
    }
    request.set_url(url);
    Ok(())
}

/// The URL of a request.
fn here(core: &Core, request: &Request) -> Result<Url, Error> {
    let base = core.base_of(request.operation)?;
    request.url(&base)
}
