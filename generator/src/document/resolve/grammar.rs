//! Which places of an OpenAPI document hold which kind of object or value.
//!
//! One table for 3.0, 3.1 and 3.2 together: what a version does not know is not written in it, or means the
//! same. What is not in a table is data (`example`, `default`, `enum`, `x-…`), in which `$ref` is a key like
//! any other, or is looked at where it is read.

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ObjectKind {
    OpenApi,
    Info,
    Server,
    ServerVariable,
    Tag,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Callback,
    Example,
    Link,
    SecurityScheme,
    OAuthFlow,
    SecurityRequirement,
    Discriminator,
    Schema,
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// One object.
    One(ObjectKind),
    /// A list of them.
    List(ObjectKind),
    /// Either, as in the `items` of older schemas.
    OneOrList(ObjectKind),
    /// An object with a member for each, under names of the author's.
    Map(ObjectKind),
    /// The same, with `x-…` among them that are none.
    Patterned(ObjectKind),
    /// Text that something depends on.
    Text,
    /// Text for people.
    Words,
    /// A list of texts.
    Texts,
    /// `true` or `false`.
    Truth,
    /// A list of values of any kind.
    Values,
    /// Anything: an example, say, or what a client has no use for.
    Data,
    /// A text, a number or a truth value.
    Scalar,
    /// An object with texts under names of the author's.
    TextMap,
}

use ObjectKind as K;
use Shape::{Data, List, Map, One, OneOrList, Patterned, Scalar, Text, TextMap, Texts, Truth, Values, Words};

type Table = &'static [(&'static str, Shape)];

impl ObjectKind {
    /// Whether an object of this kind may be a reference to one.
    pub(super) fn may_be_reference(self) -> bool {
        matches!(
            self,
            K::PathItem
                | K::Parameter
                | K::Header
                | K::RequestBody
                | K::MediaType
                | K::Response
                | K::Callback
                | K::Example
                | K::Link
                | K::SecurityScheme
                | K::Schema
        )
    }

    /// What the member `key` of an object of this kind holds, if it is known.
    pub(super) fn member(self, key: &str) -> Option<Shape> {
        match self {
            // These are maps themselves: from expressions to path items, and from schemes to scopes.
            K::Callback => (!key.starts_with("x-") && key != "$ref").then_some(One(K::PathItem)),
            K::SecurityRequirement => Some(Texts),
            _ => self.members().iter().find(|(name, _)| *name == key).map(|(_, shape)| *shape),
        }
    }

    /// Whether an object of this kind has no keys but those that are known, and `x-…`.
    pub(super) fn is_closed(self) -> bool {
        self != K::Schema && !self.members().is_empty()
    }

    /// The key of this kind of object that differs from `key` in the case of letters only.
    pub(super) fn meant(self, key: &str) -> Option<&'static str> {
        let mut names = self.members().iter().map(|(name, _)| *name);
        names.find(|name| *name != key && name.eq_ignore_ascii_case(key))
    }

    /// What to call an object of this kind.
    pub(super) fn words(self) -> &'static str {
        match self {
            K::OpenApi => "an OpenAPI document",
            K::Info => "the description of an API",
            K::Server => "a server",
            K::ServerVariable => "a variable of a server",
            K::Tag => "a tag",
            K::Components => "components",
            K::PathItem => "a path item",
            K::Operation => "an operation",
            K::Parameter => "a parameter",
            K::Header => "a header",
            K::RequestBody => "a request body",
            K::MediaType => "a media type",
            K::Encoding => "an encoding",
            K::Response => "a response",
            K::Callback => "a callback",
            K::Example => "an example",
            K::Link => "a link",
            K::SecurityScheme => "a security scheme",
            K::OAuthFlow => "an OAuth flow",
            K::SecurityRequirement => "a security requirement",
            K::Discriminator => "a discriminator",
            K::Schema => "a schema",
        }
    }

    fn members(self) -> Table {
        match self {
            K::OpenApi => OPEN_API,
            K::Info => INFO,
            K::Server => SERVER,
            K::ServerVariable => &[("default", Scalar), ("enum", Values), ("description", Words)],
            K::Tag => TAG,
            K::Components => COMPONENTS,
            K::PathItem => PATH_ITEM,
            K::Operation => OPERATION,
            K::Parameter | K::Header => PARAMETER,
            K::RequestBody => REQUEST_BODY,
            K::MediaType => MEDIA_TYPE,
            K::Encoding => ENCODING,
            K::Response => RESPONSE,
            K::SecurityScheme => SECURITY_SCHEME,
            K::OAuthFlow => OAUTH_FLOW,
            K::Discriminator => &[("propertyName", Text), ("mapping", TextMap), ("defaultMapping", Text)],
            K::Schema => SCHEMA,
            K::Callback | K::Example | K::Link | K::SecurityRequirement => &[],
        }
    }
}

const OPEN_API: Table = &[
    ("openapi", Data),
    ("$self", Text),
    ("jsonSchemaDialect", Data),
    ("externalDocs", Data),
    ("info", One(K::Info)),
    ("servers", List(K::Server)),
    ("paths", Patterned(K::PathItem)),
    ("webhooks", Map(K::PathItem)),
    ("components", One(K::Components)),
    ("security", List(K::SecurityRequirement)),
    ("tags", List(K::Tag)),
];

const INFO: Table = &[
    ("title", Words),
    ("version", Words),
    ("description", Words),
    ("summary", Words),
    ("termsOfService", Data),
    ("contact", Data),
    ("license", Data),
];

const REQUEST_BODY: Table =
    &[("description", Words), ("required", Truth), ("content", Map(K::MediaType)), ("$ref", Data)];

const OAUTH_FLOW: Table = &[
    ("tokenUrl", Text),
    ("authorizationUrl", Text),
    ("deviceAuthorizationUrl", Text),
    ("refreshUrl", Text),
    ("scopes", TextMap),
];

const SERVER: Table =
    &[("url", Text), ("name", Words), ("description", Words), ("variables", Map(K::ServerVariable))];

const TAG: Table = &[
    ("name", Text),
    ("summary", Words),
    ("description", Words),
    ("parent", Text),
    ("kind", Words),
    ("externalDocs", Data),
];

const COMPONENTS: Table = &[
    ("schemas", Map(K::Schema)),
    ("responses", Map(K::Response)),
    ("parameters", Map(K::Parameter)),
    ("examples", Map(K::Example)),
    ("requestBodies", Map(K::RequestBody)),
    ("headers", Map(K::Header)),
    ("securitySchemes", Map(K::SecurityScheme)),
    ("links", Map(K::Link)),
    ("callbacks", Map(K::Callback)),
    ("pathItems", Map(K::PathItem)),
    ("mediaTypes", Map(K::MediaType)),
];

const PATH_ITEM: Table = &[
    ("get", One(K::Operation)),
    ("put", One(K::Operation)),
    ("post", One(K::Operation)),
    ("delete", One(K::Operation)),
    ("options", One(K::Operation)),
    ("head", One(K::Operation)),
    ("patch", One(K::Operation)),
    ("trace", One(K::Operation)),
    ("query", One(K::Operation)),
    ("additionalOperations", Map(K::Operation)),
    ("parameters", List(K::Parameter)),
    ("servers", List(K::Server)),
    ("summary", Words),
    ("description", Words),
    ("$ref", Data),
];

const OPERATION: Table = &[
    ("operationId", Text),
    ("tags", Texts),
    ("parameters", List(K::Parameter)),
    ("requestBody", One(K::RequestBody)),
    ("responses", Patterned(K::Response)),
    ("callbacks", Map(K::Callback)),
    ("security", List(K::SecurityRequirement)),
    ("servers", List(K::Server)),
    ("deprecated", Truth),
    ("summary", Words),
    ("description", Words),
    ("externalDocs", Data),
    ("$ref", Data),
];

const PARAMETER: Table = &[
    ("name", Text),
    ("in", Text),
    ("required", Truth),
    ("style", Text),
    ("explode", Truth),
    ("allowReserved", Truth),
    ("deprecated", Truth),
    ("schema", One(K::Schema)),
    ("content", Map(K::MediaType)),
    ("examples", Map(K::Example)),
    ("example", Data),
    ("allowEmptyValue", Data),
    ("description", Words),
    ("summary", Words),
    ("$ref", Data),
];

const MEDIA_TYPE: Table = &[
    ("schema", One(K::Schema)),
    ("itemSchema", One(K::Schema)),
    ("examples", Map(K::Example)),
    ("encoding", Map(K::Encoding)),
    ("prefixEncoding", List(K::Encoding)),
    ("itemEncoding", One(K::Encoding)),
    ("example", Data),
    ("$ref", Data),
];

const ENCODING: Table = &[
    ("contentType", Text),
    ("style", Text),
    ("explode", Truth),
    ("allowReserved", Truth),
    ("headers", Map(K::Header)),
    ("encoding", Map(K::Encoding)),
    ("prefixEncoding", List(K::Encoding)),
    ("itemEncoding", One(K::Encoding)),
];

const RESPONSE: Table = &[
    ("description", Words),
    ("summary", Words),
    ("headers", Map(K::Header)),
    ("content", Map(K::MediaType)),
    ("links", Map(K::Link)),
    ("$ref", Data),
];

const SECURITY_SCHEME: Table = &[
    ("type", Text),
    ("scheme", Text),
    ("name", Text),
    ("in", Text),
    ("openIdConnectUrl", Text),
    ("description", Words),
    ("flows", Patterned(K::OAuthFlow)),
    ("bearerFormat", Data),
    ("oauth2MetadataUrl", Data),
    ("deprecated", Data),
    ("$ref", Data),
];

const SCHEMA: Table = &[
    ("properties", Map(K::Schema)),
    ("patternProperties", Map(K::Schema)),
    ("$defs", Map(K::Schema)),
    ("definitions", Map(K::Schema)),
    ("dependentSchemas", Map(K::Schema)),
    ("dependencies", Map(K::Schema)),
    ("allOf", List(K::Schema)),
    ("anyOf", List(K::Schema)),
    ("oneOf", List(K::Schema)),
    ("prefixItems", List(K::Schema)),
    ("items", OneOrList(K::Schema)),
    ("additionalProperties", One(K::Schema)),
    ("unevaluatedProperties", One(K::Schema)),
    ("propertyNames", One(K::Schema)),
    ("additionalItems", One(K::Schema)),
    ("unevaluatedItems", One(K::Schema)),
    ("contains", One(K::Schema)),
    ("not", One(K::Schema)),
    ("if", One(K::Schema)),
    ("then", One(K::Schema)),
    ("else", One(K::Schema)),
    ("contentSchema", One(K::Schema)),
    ("discriminator", One(K::Discriminator)),
    ("enum", Values),
    ("format", Text),
    ("contentEncoding", Text),
    ("contentMediaType", Text),
    ("nullable", Truth),
    ("readOnly", Truth),
    ("writeOnly", Truth),
    ("deprecated", Truth),
    ("title", Words),
    ("description", Words),
];
