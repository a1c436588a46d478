//! Every Rust name of the crate, decided once, for code and pages alike.
//!
//! In goes the lowered document, with words to make names of; out come tables
//! that are keyed like the document. Nothing else builds an identifier, a module
//! name or a file name, so text from a document cannot reach code or a path
//! unchecked.

mod case;
mod errors;
mod naming;
mod operations;
mod path_names;
mod requests;
mod reserved;
mod resources;
mod scope;
mod tree;
mod type_words;
mod types;
mod words;

pub(crate) use reserved::REQUIRED_ARGUMENT;
pub(crate) use types::MOST_ARGUMENTS;

use std::collections::BTreeMap;
use std::fmt;

use crate::config::{Config, ResourceSource};
use crate::ir::{Api, OperationId, SecuritySchemeId, TypeId};
use crate::prose::SafeText;

/// A name that Rust accepts, and that is unique where it stands. Only made here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A name is made of letters, digits and underscores, in which Markdown sees nothing inside of a code span.
impl SafeText for Ident {}

/// The names of everything in an [`Api`].
#[derive(Clone, Debug)]
pub struct Names {
    /// Where the resources were taken from.
    pub resource_source: ResourceSource,
    types: Vec<TypeNames>,
    operations: Vec<OperationNames>,
    resources: Vec<ResourceNames>,
    security: Vec<SecurityNames>,
    servers: Vec<ServerNames>,
    errors: BTreeMap<TypeId, ErrorNames>,
}

/// The names of a type.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// `FileKind`
    pub ident: Ident,
    /// `file_kind`: its module, and the stem of its file in `src/models` and `docs/models`.
    pub module: Ident,
    /// Structs: the names for each property.
    pub fields: Vec<FieldNames>,
    /// Structs: the field that keeps the properties that are not listed.
    pub additional_properties: Option<FieldNames>,
    /// `FileRequired`: structs with many required properties: the struct that holds those.
    pub required: Option<Ident>,
    /// Enums and unions: a name for each value or variant. `Unknown` is not among them.
    pub variants: Vec<Ident>,
    /// Unions: for each variant, the function that makes the union of what the variant requires.
    pub constructors: Vec<Ident>,
}

/// The names of a field of a struct.
#[derive(Clone, Debug)]
pub struct FieldNames {
    /// `type_`
    pub field: Ident,
    /// `with_type`
    pub setter: Ident,
}

/// The names of an operation.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The resource that it is in.
    pub resource: ResourceId,
    /// `list`: the method of its resource, and its heading on the resource's page.
    pub method: Ident,
    /// `ListFiles`: its builder.
    pub builder: Ident,
    /// `LIST_FILES`: its description for the runtime.
    pub constant: Ident,
    /// Those of the method that returns a stream, when the response is JSON or a stream.
    pub stream: Option<StreamNames>,
    /// `LIST_FILES_PAGING`: how its list goes on, when it does.
    pub paging: Option<Ident>,
    /// The argument or setter of each parameter.
    pub parameters: Vec<Ident>,
    /// Each body.
    pub bodies: Vec<BodyNames>,
    /// `ListFilesOutput`: the enum of its responses, when they differ.
    pub output: Option<Ident>,
    /// The variants of that enum, one for each of the responses.
    pub outputs: Vec<Ident>,
}

/// The names of the method of an operation that returns its response as a stream.
#[derive(Clone, Debug)]
pub struct StreamNames {
    /// `stream`: the method of the resource.
    pub method: Ident,
    /// `StreamChatCompletion`: its builder.
    pub builder: Ident,
    /// `STREAM_CHAT_COMPLETION`: its description for the runtime.
    pub constant: Ident,
}

/// The names of a request body.
#[derive(Clone, Debug)]
pub struct BodyNames {
    /// `text_body`: the setter when the body is optional or one of several.
    pub setter: Ident,
    /// `body`: the argument when the body is required and the only one.
    pub argument: Ident,
    /// The argument or setter of each property, form field or part.
    pub properties: Vec<Ident>,
    /// The setter that sends null, of each property of an object.
    pub nulls: Vec<Ident>,
    /// The setter of the properties of an object that are not listed.
    pub additional: Option<Ident>,
}

/// The place of a resource in [`Names::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub usize);

/// A resource and its names.
#[derive(Clone, Debug)]
pub struct ResourceNames {
    /// The resource that it is in.
    pub parent: Option<ResourceId>,
    /// Its own operations, in the order of the document.
    pub operations: Vec<OperationId>,
    /// The tag that describes it, by its place in [`Api::tags`].
    pub tag: Option<usize>,
    /// `fine_tuning`: the words that it is called by in what it is in.
    pub label: String,
    /// `Files`: the struct with its operations.
    pub ident: Ident,
    /// `files`: the method of the client or of the parent.
    pub accessor: Ident,
    /// `libraries`: its module, the stem of its file, and the folder of its page, in those of its parent.
    pub module: Ident,
    /// `beta`: the Cargo feature that it is compiled with, that of the resource at the top.
    pub feature: String,
}

/// The names of a security scheme.
#[derive(Clone, Debug)]
pub struct SecurityNames {
    /// `api_key`: the setter of the client's builder.
    pub setter: Ident,
}

/// The names of the body of an error.
#[derive(Clone, Debug)]
pub struct ErrorNames {
    /// `HttpValidationError`: its variant of `ErrorBody`.
    pub variant: Ident,
    /// `http_validation_error`: the function that reads it.
    pub decoder: Ident,
}

/// The names of a server.
#[derive(Clone, Debug)]
pub struct ServerNames {
    /// `Production`: the variant of the `Server` enum.
    pub variant: Ident,
    /// The fields of that variant, one for each variable.
    pub variables: Vec<Ident>,
}

impl Names {
    /// The names of a type.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0]
    }

    /// The names of an operation.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0]
    }

    /// The resources, parents before children.
    #[must_use]
    pub fn resources(&self) -> &[ResourceNames] {
        &self.resources
    }

    /// The names of a security scheme.
    #[must_use]
    pub fn security(&self, id: SecuritySchemeId) -> &SecurityNames {
        &self.security[id.0]
    }

    /// The names of a type that is the body of an error; `None` for other types.
    #[must_use]
    pub fn error(&self, id: TypeId) -> Option<&ErrorNames> {
        self.errors.get(&id)
    }

    /// Whether any name has letters beyond ASCII: those of types and fields, of resources and operations.
    #[must_use]
    pub fn have_letters_beyond_ascii(&self) -> bool {
        let of_types = self.types.iter().flat_map(|ty| {
            let fields = ty.fields.iter().map(|names| &names.field);
            fields.chain(&ty.variants).chain([&ty.ident])
        });
        let of_operations = self.operations.iter().flat_map(|operation| {
            let bodies = operation.bodies.iter().flat_map(|body| &body.properties);
            bodies.chain(&operation.parameters).chain([&operation.method, &operation.builder])
        });
        let of_resources = self.resources.iter().map(|resource| &resource.ident);
        of_types.chain(of_operations).chain(of_resources).any(|name| !name.as_str().is_ascii())
    }

    /// The names of the server at this place in [`Api::servers`].
    #[must_use]
    pub fn server(&self, index: usize) -> &ServerNames {
        &self.servers[index]
    }
}

/// Decides the names of everything in `api`.
///
/// Types come first: a reader knows them from the document, so a builder or a resource
/// gives way to a type of the same name.
#[must_use]
pub fn decide(api: &Api, config: &Config) -> Names {
    let naming = naming::decide(api, config);
    let mut idents = scope::Scope::reserving(reserved::TYPES);
    let types = types::decide(api, &naming, config, &mut idents);
    let tree = tree::build(api, &naming);
    let resources = resources::decide(&tree, &mut idents);
    let operations = operations::decide(api, &naming, &resources, &mut idents);
    Names {
        resource_source: naming.source,
        errors: errors::decide(api, &types),
        types,
        operations,
        resources,
        security: resources::decide_security(api),
        servers: resources::decide_servers(&api.servers),
    }
}
