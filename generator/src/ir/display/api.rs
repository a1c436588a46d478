//! Title, servers, security schemes and tags as text.

use std::fmt;

use super::types;
use crate::ir::{
    Api, ApiKeyLocation, OAuthFlow, SecurityRequirement, SecuritySchemeKind, Server, ServerVariable,
};

/// What stands before the operations.
pub(super) fn head(api: &Api, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(out, "api {:?} {:?}, OpenAPI {}", api.info.title.as_str(), api.info.version, api.info.openapi)?;
    for server in &api.servers {
        writeln!(out, "server {}", server_text(server))?;
    }
    for scheme in &api.security_schemes {
        writeln!(out, "security {}: {}", scheme.name, kind(&scheme.kind))?;
    }
    for tag in &api.tags {
        writeln!(
            out,
            "tag {}",
            [tag.parents.as_slice(), std::slice::from_ref(&tag.name)].concat().join(" > ")
        )?;
    }
    Ok(())
}

/// What the API sends by itself.
pub(super) fn webhooks(api: &Api, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if !api.webhooks.all.is_empty() {
        writeln!(out)?;
    }
    for webhook in &api.webhooks.all {
        let of = webhook.callback_of.as_ref().map(|id| format!(" of {id}")).unwrap_or_default();
        let kind = if of.is_empty() { "webhook" } else { "callback" };
        let payload = webhook.payload.as_ref().map_or("nothing".to_owned(), |ty| types::ty(api, ty));
        writeln!(out, "{kind} {}{of}: {payload}", webhook.name)?;
    }
    Ok(())
}

/// A server with its name and its variables.
pub(super) fn server_text(server: &Server) -> String {
    let label = server.label.as_ref().map(|label| format!(" {label:?}")).unwrap_or_default();
    let variables: Vec<String> = server.variables.iter().map(variable).collect();
    format!("{}{label}{}", server.url, variables.concat())
}

fn variable(variable: &ServerVariable) -> String {
    let ServerVariable { name, default, values, .. } = variable;
    let values = if values.is_empty() { String::new() } else { format!(" of {values:?}") };
    format!(" {name}={default:?}{values}")
}

/// The ways to authenticate.
pub(super) fn requirements(api: &Api, requirements: &[SecurityRequirement]) -> String {
    let one = |requirement: &SecurityRequirement| {
        let schemes = requirement.schemes.iter();
        let names: Vec<String> = schemes
            .map(|(id, scopes)| {
                let name = &api.security_schemes[id.0].name;
                if scopes.is_empty() { name.clone() } else { format!("{name}({})", scopes.join(" ")) }
            })
            .collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(" + ") }
    };
    requirements.iter().map(one).collect::<Vec<_>>().join(" or ")
}

fn kind(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::Bearer => "bearer".to_owned(),
        SecuritySchemeKind::Basic => "basic".to_owned(),
        SecuritySchemeKind::ApiKey { location, name } => {
            let location = match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            };
            format!("key in {location} {name:?}")
        }
        SecuritySchemeKind::OAuth2 { flows } => {
            format!("oauth2 {}", flows.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        SecuritySchemeKind::OpenIdConnect { url } => format!("openid {url}"),
        SecuritySchemeKind::MutualTls => "mutual tls".to_owned(),
    }
}

fn flow(flow: &OAuthFlow) -> String {
    let token = flow.token_url.as_deref().unwrap_or("-");
    format!("{} token {token} scopes {:?}", flow.kind, flow.scopes)
}
