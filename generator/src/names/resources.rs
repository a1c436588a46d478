//! The names of resources, security schemes and servers.

use super::scope::Scope;
use super::tree::Resource;
use super::{Ident, ResourceNames, SecurityNames, ServerNames, case, reserved};
use crate::ir::{Api, SecuritySchemeKind, Server};

/// Names every resource. Parents come before children in `tree`.
pub(super) fn decide(tree: &[Resource], idents: &mut Scope) -> Vec<ResourceNames> {
    let mut features = Scope::reserving(reserved::FEATURES);
    let mut modules: Vec<Scope> = (0..=tree.len()).map(|_| Scope::reserving(reserved::FILES)).collect();
    let mut accessors: Vec<Scope> = (0..=tree.len()).map(|_| Scope::reserving(reserved::ACCESSORS)).collect();
    let mut names: Vec<ResourceNames> = Vec::with_capacity(tree.len());
    for Resource { path, parent, operations, tag } in tree {
        let label = path.last().cloned().unwrap_or_default();
        let siblings = parent.map_or(0, |parent| parent.0 + 1);
        let other = |name: &str| format!("{}_resource", name.trim_end_matches('_'));
        let accessor = case::snake(&label).unwrap_or_else(|| "operations".to_owned());
        let module = case::module(&label).unwrap_or_else(|| "operations".to_owned());
        let ident = case::upper_camel(&path.join(" ")).unwrap_or_else(|| "Operations".to_owned());
        let mut feature = || {
            let feature = case::kebab(&label).unwrap_or_else(|| "operations".to_owned());
            features.take([feature.clone(), format!("{feature}-resource")]).to_string()
        };
        names.push(ResourceNames {
            parent: *parent,
            operations: operations.clone(),
            tag: *tag,
            ident: idents.take([ident.clone(), format!("{}Resource", ident.trim_end_matches('_'))]),
            module: modules[siblings].take([module.clone(), other(&module)]),
            accessor: accessors[siblings].take([accessor.clone(), other(&accessor)]),
            feature: parent.map_or_else(&mut feature, |parent| names[parent.0].feature.clone()),
            label,
        });
    }
    names
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
