//! The names of resources, security schemes and servers.

use super::scope::Scope;
use super::{Ident, ResourceNames, SecurityNames, ServerNames, case, reserved};
use crate::ir::{Api, Resource, ResourceId, SecuritySchemeKind, Server};

/// Names every resource. Parents come before children in `api`.
pub(super) fn decide(api: &Api, idents: &mut Scope) -> Vec<ResourceNames> {
    let mut modules = Scope::reserving(reserved::FILES);
    let mut features = Scope::reserving(reserved::FEATURES);
    let mut accessors: Vec<Scope> =
        (0..=api.resources.len()).map(|_| Scope::reserving(reserved::ACCESSORS)).collect();
    let mut names: Vec<ResourceNames> = Vec::with_capacity(api.resources.len());
    for resource in &api.resources {
        let path = path_of(api, resource).join(" ");
        let ident = case::upper_camel(&path).unwrap_or_else(|| "Operations".to_owned());
        let module = case::snake(&path).unwrap_or_else(|| "operations".to_owned());
        let accessor = case::snake(&resource.label).unwrap_or_else(|| "operations".to_owned());
        let siblings = resource.parent.map_or(0, |parent| parent.0 + 1);
        let module = modules.take([module.clone(), format!("{}_resource", module.trim_end_matches('_'))]);
        let feature = case::kebab(&path).unwrap_or_else(|| "operations".to_owned());
        names.push(ResourceNames {
            ident: idents.take([ident.clone(), format!("{}Resource", ident.trim_end_matches('_'))]),
            accessor: accessors[siblings].take([accessor.clone(), format!("{accessor}_resource")]),
            feature: features.take([feature.clone(), format!("{feature}-resource")]).to_string(),
            module,
        });
    }
    names
}

/// The hints of a resource and of those around it, outermost first.
pub(super) fn path_of<'a>(api: &'a Api, resource: &'a Resource) -> Vec<&'a str> {
    let mut path = vec![resource.label.as_str()];
    let mut parent = resource.parent;
    while let Some(ResourceId(index)) = parent {
        path.push(&api.resources[index].label);
        parent = api.resources[index].parent;
    }
    path.reverse();
    path
}

/// Names the setter of every security scheme.
pub(super) fn decide_security(api: &Api) -> Vec<SecurityNames> {
    let mut scope = Scope::reserving(reserved::CLIENT_BUILDER);
    let is_alone = api.security_schemes.len() == 1;
    let schemes = api.security_schemes.iter();
    schemes
        .map(|scheme| {
            let usual = match scheme.kind {
                SecuritySchemeKind::Bearer | SecuritySchemeKind::ApiKey { .. } => "api_key",
                SecuritySchemeKind::Basic => "basic_auth",
                SecuritySchemeKind::OAuth2 { .. } | SecuritySchemeKind::OpenIdConnect { .. } => {
                    "access_token"
                }
                SecuritySchemeKind::MutualTls => "certificate",
            };
            let own = case::snake(&scheme.name).unwrap_or_else(|| usual.to_owned());
            let name = if is_alone { usual.to_owned() } else { own };
            SecurityNames { setter: scope.take([name.clone(), format!("{name}_credential")]) }
        })
        .collect()
}

/// Names every server and its variables.
pub(super) fn decide_servers(servers: &[Server]) -> Vec<ServerNames> {
    let mut scope = Scope::reserving(&["Self"]);
    servers
        .iter()
        .map(|server| {
            let name = server.label.as_deref().filter(|hint| case::words(hint).len() <= 4);
            let name = name.or_else(|| (servers.len() == 1).then_some("default")).unwrap_or("server");
            let name = case::upper_camel(name).unwrap_or_else(|| "Server".to_owned());
            ServerNames { variant: scope.take([name]), variables: variable_names(server) }
        })
        .collect()
}

fn variable_names(server: &Server) -> Vec<Ident> {
    let mut scope = Scope::default();
    let variables = server.variables.iter();
    variables
        .map(|variable| scope.take([case::snake(&variable.name).unwrap_or_else(|| "variable".to_owned())]))
        .collect()
}
