//! Where the API is served.

use super::Context;
use crate::ir;
use crate::names::Ident;
use crate::prose::Prose;

/// A server of the API.
#[derive(Clone, Debug)]
pub struct Server {
    /// The variant of the `Server` enum.
    pub name: Ident,
    /// Its URL.
    pub template: ServerTemplate,
    /// What the document says about it.
    pub description: Prose,
    /// The variables of its URL.
    pub variables: Vec<ServerVariable>,
}

/// The URL of a server, with variables in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerTemplate {
    /// The URL.
    pub url: String,
    /// The variables with their defaults.
    pub variables: Vec<(String, String)>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// The field of the variant.
    pub field: Ident,
    /// Its name in the URL.
    pub name: String,
    /// The value when none is given.
    pub default: String,
    /// The values that it may have; empty for any.
    pub values: Vec<String>,
    /// What the document says about it.
    pub description: Prose,
}

/// The servers of the document.
pub(super) fn plan(context: &Context<'_>) -> Vec<Server> {
    let servers = context.api.servers.iter().enumerate();
    servers
        .map(|(index, server)| {
            let names = context.names.server(index);
            Server {
                name: names.variant.clone(),
                template: server.into(),
                description: server.description.clone(),
                variables: server.variables.iter().zip(&names.variables).map(variable).collect(),
            }
        })
        .collect()
}

fn variable((variable, field): (&ir::ServerVariable, &Ident)) -> ServerVariable {
    let ir::ServerVariable { name, default, values, description } = variable;
    ServerVariable {
        field: field.clone(),
        name: name.clone(),
        default: default.clone(),
        values: values.clone(),
        description: description.clone(),
    }
}

impl From<&ir::Server> for ServerTemplate {
    fn from(server: &ir::Server) -> Self {
        let variables = server.variables.iter();
        Self {
            url: server.url.clone(),
            variables: variables.map(|variable| (variable.name.clone(), variable.default.clone())).collect(),
        }
    }
}
