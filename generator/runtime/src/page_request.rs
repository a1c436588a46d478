//! What a request says about the page that it wants: reading it, and setting it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Map, Value};
use url::Url;

use super::body::RequestBody;
use super::call::Call;
use super::error::Error;
use super::exchange::Exchange;
use super::paging::PageInput;
use super::parameter::Style;
use super::prepare::base_url;

/// The number that the caller set, if any: the page or the item to begin with.
pub(crate) fn number(call: &Call<'_>, input: PageInput) -> Option<i64> {
    let request = &call.request;
    match input {
        PageInput::Query(name) => request.query_pairs(name)?.split_once('=')?.1.parse().ok(),
        PageInput::Header(name) => request.headers.get(name)?.to_str().ok()?.parse().ok(),
        PageInput::Body(name) => {
            let RequestBody::Bytes(json, _) = &request.body else { return None };
            serde_json::from_slice::<Value>(json).ok()?.get(name)?.as_i64()
        }
    }
}

/// Sets what the next page is asked for with.
pub(crate) fn set(call: &mut Call<'_>, input: PageInput, value: &Value) {
    match input {
        PageInput::Query(name) => call.query(name, Style::FormExploded, value),
        PageInput::Header(name) => call.header(name, Style::Simple, value),
        PageInput::Body(name) => {
            if matches!(call.request.body, RequestBody::Empty) {
                call.json(&Map::new());
            }
            call.json_member(name, value);
        }
    }
}

/// What tells a request from those for other pages.
pub(crate) fn fingerprint(call: &Call<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    here(call).ok().hash(&mut hasher);
    for (name, value) in &call.request.headers {
        (name, value).hash(&mut hasher);
    }
    if let RequestBody::Bytes(body, _) = &call.request.body {
        body.hash(&mut hasher);
    }
    hasher.finish()
}

/// Goes where the answer says that the next page is, which may be relative to the
/// one before. It goes nowhere but to the same server: credentials go along.
pub(crate) fn go_to(call: &mut Call<'_>, target: &str, exchange: &Exchange) -> Result<(), Error> {
    let here = here(call)?;
    let refused = |reason: &str| {
        Error::unexpected(exchange, format!("the next page is {reason}"), target.to_owned().into())
    };
    let mut url = here.join(target).map_err(|_| refused("at what is no URL"))?;
    // A server behind a proxy that ends TLS takes its own address for plain http.
    let is_behind_proxy = here.scheme() == "https" && url.scheme() == "http" && url.port().is_none();
    if is_behind_proxy && url.host() == here.host() {
        let _ = url.set_scheme("https").and_then(|()| url.set_port(here.port()));
    }
    if url.origin() != here.origin() {
        return Err(refused("on another host, where this call does not go"));
    }
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    call.request.go_to(url);
    Ok(())
}

/// The URL of a call.
fn here(call: &Call<'_>) -> Result<Url, Error> {
    let base = base_url(call.client, call.request.operation)?;
    call.request.url(&base)
}
