//! The model of the crate: everything that is in it, decided once.
//!
//! In go the lowered document, the names and the settings; out comes the [`Sdk`], plain data that
//! every emitter is a function of. Each question of presentation is decided here: which values
//! are arguments and which are setters, how a request is sent and what it returns, how a value of
//! a model is made, how its type is written, how it is documented. The modules, in the order in
//! which they are best read:
//!
//! | module | decides |
//! | --- | --- |
//! | `package`, `auth`, `servers` | the manifest, the credentials and where requests go |
//! | `resource`, `features` | the resources, how they are reached, and the Cargo features |
//! | `runtime_groups` | what the crate needs of the runtime |
//! | `operation` | the operation descriptor, and what a request builder holds |
//! | `arguments`, `bodies`, `parameter_style` | which values the caller passes, where each goes, and how it is written |
//! | `response`, `pages`, `errors` | what is returned: send methods, pages, error bodies |
//! | `models`, `fields`, `unions` | the types, and how values of them are made |
//! | `model_files` | which file each model stands in |
//! | `type_syntax`, `boxes`, `conversion` | how types are written, and what is converted into them |
//! | `webhooks` | what the API sends by itself |
//! | `doc_text`, `value_text` | how items are documented |
//! | `examples`, `featured` | what is shown |
//!
//! Nothing here writes tokens, pages or manifests, and nothing here can fail.

mod arguments;
mod auth;
mod bodies;
mod boxes;
mod conversion;
mod doc_text;
mod errors;
mod examples;
mod featured;
mod features;
mod fields;
mod model_files;
mod models;
mod operation;
mod package;
mod pages;
mod parameter_style;
mod resource;
mod response;
mod runtime_groups;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
pub(crate) mod sample_calls;
mod servers;
mod type_syntax;
mod unions;
mod value_text;
mod webhooks;

pub use arguments::{BodyFormat, ConstantInput, Given, Input, InputValue, PartFormat, Target};
pub use auth::{ApiKeyLocation, AuthKind, AuthScheme};
pub use bodies::{JSON_MEDIA_TYPE, ObjectBody};
pub use conversion::{Argument, Conversion};
pub use doc_text::{ADDITIONAL_PROPERTIES, ANY_OTHER_STATUS, DEPRECATION, DocText, UNKNOWN_VARIANT};
pub use errors::{ErrorBody, ErrorResponse};
pub use examples::Examples;
pub use featured::Featured;
pub use features::Feature;
pub use fields::{AdditionalProperties, Constant, Constructor, Field, Initial, Presence, Struct};
pub use model_files::ModelFile;
pub use models::{Enum, EnumValue, EnumValues, Model, ModelId, ModelKind};
pub use operation::{EventRules, Idempotency, Operation, OperationDocs, OperationId, ResponseHeader};
pub use package::{HandwrittenExample, Package};
pub use pages::{NextPage, PageInput, Pages};
pub use parameter_style::{ParameterLocation, ParameterStyle};
pub use resource::{Resource, ResourceId};
pub use response::{Content, Output, OutputEnum, OutputVariant, Returned, StatusPattern};
pub use servers::{Server, ServerTemplate, ServerVariable};
pub use type_syntax::{ModelRef, Scalar, Type};
pub use unions::{ConversionSource, JsonMatcher, JsonType, Union, Variant, VariantConstructor};
pub use webhooks::{Webhook, Webhooks};

use std::collections::{BTreeMap, BTreeSet};

use boxes::Boxes;

use crate::config::{Config, ResourceSource};
use crate::ir::{Api, TypeId};
use crate::names::Names;
use crate::prose::Prose;
use crate::runtime::{Group, Groups};

/// A crate as its emitters see it.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// The version of OpenAPI that the document is written in.
    pub openapi: String,
    /// The name of the API.
    pub title: Prose,
    /// What the API is for.
    pub description: Prose,
    /// Where the resources were taken from.
    pub resource_source: ResourceSource,
    /// What the manifest says about the crate.
    pub package: Package,
    /// Where the API is served; the first one is the default.
    pub servers: Vec<Server>,
    /// The ways to authenticate.
    pub auth: Vec<AuthScheme>,
    /// How requests authenticate that the document lacks: with any one of the lists of schemes.
    pub undocumented_security: Vec<Vec<String>>,
    /// The environment variable that the URL to send requests to is read from.
    pub base_url_variable: Option<String>,
    /// The header that idempotency keys go into, when it is not the usual one.
    pub idempotency_header: Option<String>,
    /// The Cargo features, those of resources first.
    pub features: Vec<Feature>,
    /// What the crate needs of the runtime beyond its core.
    pub runtime_groups: Groups,
    /// The resources that lead to operations, parents before children.
    pub resources: Vec<Resource>,
    /// The operations in the order of the document.
    pub operations: Vec<Operation>,
    /// The models in the order of the document.
    pub models: Vec<Model>,
    /// The files that the models stand in, each before those below it; the first is that of the whole crate.
    pub model_files: Vec<ModelFile>,
    /// The models that are bodies of error responses, in the order of the document's operations.
    pub error_bodies: Vec<ErrorBody>,
    /// What the API sends to servers of its users.
    pub webhooks: Webhooks,
    /// The values that the document gives for models.
    pub examples: Examples,
    /// The operations that the general pages show.
    pub featured: Featured,
    /// Whether any name has letters beyond ASCII, about which Rust warns in places.
    pub has_letters_beyond_ascii: bool,
    /// Whether any type has a date or a point in time in it.
    pub has_dates: bool,
    /// Whether any type has JSON without a schema in it.
    pub has_any_values: bool,
}

/// Makes the model of the crate for `api`.
#[must_use]
pub fn plan(api: &Api, names: &Names, config: &Config) -> Sdk {
    let single_bodies = bodies::single(api);
    let context = Context { api, names, config, boxes: Boxes::of(api), single_bodies };
    let planned = operation::plan(&context);
    let resources = resource::plan(&planned, &context);
    let operations = planned.operations;
    let (auth, models) = (auth::plan(&context), models::plan(&context));
    let model_files = model_files::plan(&context);
    Sdk {
        openapi: api.info.openapi.clone(),
        title: api.info.title.clone(),
        description: api.info.description.clone(),
        resource_source: names.resource_source,
        package: package::plan(&context),
        servers: servers::plan(&context),
        base_url_variable: config.environment.base_url.clone(),
        idempotency_header: api.idempotency_header.clone(),
        features: features::plan(&resources),
        runtime_groups: runtime_groups::plan(&context, &auth, &operations, &models, &model_files, &resources),
        undocumented_security: auth::of_undocumented(&operations, &auth),
        auth,
        featured: featured::choose(&operations, &resources, config.package.example.as_deref()),
        resources,
        models,
        model_files,
        error_bodies: errors::bodies(&context),
        webhooks: webhooks::plan(&context),
        examples: examples::collect(&context),
        has_letters_beyond_ascii: names.have_letters_beyond_ascii(),
        operations,
        has_dates: api.uses(type_syntax::is_time),
        has_any_values: api.uses(type_syntax::is_any),
    }
}

/// What planning looks at.
struct Context<'a> {
    api: &'a Api,
    names: &'a Names,
    config: &'a Config,
    boxes: Boxes,
    /// The objects that are the body of one operation and nothing else.
    single_bodies: BTreeSet<TypeId>,
}

impl Sdk {
    /// The model with this id.
    #[must_use]
    pub fn model(&self, id: ModelId) -> &Model {
        &self.models[id.0]
    }

    /// The operation with this id.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0]
    }

    /// The resource with this id.
    #[must_use]
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0]
    }

    /// Whether a client reads credentials or its URL from the environment: the runtime does both in one group.
    #[must_use]
    pub fn reads_environment(&self) -> bool {
        self.runtime_groups.contains(Group::Auth)
    }

    /// The resources directly below the client.
    pub fn top_resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(|resource| resource.parent.is_none())
    }

    /// The operations of a resource, in the order of the document.
    pub fn operations_of(&self, resource: &Resource) -> impl Iterator<Item = &Operation> {
        resource.operations.iter().map(|id| self.operation(*id))
    }

    /// The models with their ids.
    pub fn models_by_id(&self) -> impl Iterator<Item = (ModelId, &Model)> {
        self.models.iter().enumerate().map(|(index, model)| (ModelId(index), model))
    }

    /// The Cargo feature that a model is compiled with; those of the whole crate are not in it.
    #[must_use]
    pub fn model_features(&self) -> BTreeMap<ModelId, &str> {
        let of_resources = self.model_files.iter().filter_map(|file| Some((file, file.resource?)));
        of_resources
            .flat_map(|(file, id)| {
                file.models.iter().map(move |model| (*model, self.resource(id).feature.as_str()))
            })
            .collect()
    }

    /// The fields of a model; empty unless it is a struct.
    #[must_use]
    pub fn fields(&self, id: ModelId) -> &[Field] {
        match &self.model(id).kind {
            ModelKind::Struct(object) => &object.fields,
            ModelKind::Enum(_) | ModelKind::Union(_) | ModelKind::Alias(_) | ModelKind::Newtype(_) => &[],
        }
    }

    /// Whether there is a server to choose: there are several, or one whose URL has variables.
    #[must_use]
    pub fn has_server_choice(&self) -> bool {
        self.servers.len() > 1 || self.servers.iter().any(|server| !server.variables.is_empty())
    }

    /// Whether a credential is read from the environment, or none is needed.
    #[must_use]
    pub fn is_configured_by_environment(&self) -> bool {
        self.auth.is_empty() || self.auth.iter().any(|scheme| scheme.variable.is_some())
    }
}
