//! The API as a whole.

use super::operation::{Operation, OperationId};
use super::security::SecurityScheme;
use super::types::{Type, TypeDef, TypeId};
use super::webhook::Webhooks;
use crate::prose::Prose;

/// Everything that the emitters need to know of a document.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Title, version and the like.
    pub info: Info,
    /// The servers, the first of which is the default.
    pub servers: Vec<Server>,
    /// The security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// The header that idempotency keys go into, when not the usual one.
    pub idempotency_header: Option<String>,
    /// The declared tags, in the order of the document.
    pub tags: Vec<Tag>,
    /// The operations in the order of the document.
    pub operations: Vec<Operation>,
    /// What the API sends to servers of its users.
    pub webhooks: Webhooks,
    /// The named types, those of `components` first.
    pub types: Vec<TypeDef>,
}

impl Api {
    /// The type with this id.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The operation with this id.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0]
    }

    /// The named types that are the body of an error, each once, in the order of the document.
    #[must_use]
    pub fn error_types(&self) -> Vec<TypeId> {
        let mut types = Vec::new();
        for error in self.operations.iter().flat_map(|operation| &operation.errors) {
            if let Some(Type::Named(id)) = error.body
                && !types.contains(&id)
            {
                types.push(id);
            }
        }
        types
    }
}

/// Title, version and the like.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The version of OpenAPI that the document is written in.
    pub openapi: String,
    /// The name of the API.
    pub title: Prose,
    /// The version of the API.
    pub version: String,
    /// What it is for.
    pub description: Prose,
}

/// Where the API is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL, with variables in braces.
    pub url: String,
    /// The text to make a name of, when the document has one (`name`, `x-name`, or the description).
    pub label: Option<String>,
    /// What it is for.
    pub description: Prose,
    /// The variables of the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// The value when none is given.
    pub default: String,
    /// The values that it may have; empty for any.
    pub values: Vec<String>,
    /// What it is for.
    pub description: Prose,
}

/// A declared tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// The names of the tags above it, the outermost first.
    pub parents: Vec<String>,
    /// A short text about it.
    pub summary: Prose,
    /// What it is for.
    pub description: Prose,
}
