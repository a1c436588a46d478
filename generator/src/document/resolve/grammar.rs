//! Where in a document a `$ref` may stand.
//!
//! A table of the objects of OpenAPI 3.0 to 3.2 and JSON Schema, as far as
//! references can be in them. What is not in it is data (`example`, `default`,
//! `enum`, `x-…`), in which `$ref` is a key like any other.

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    OpenApi,
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
    Schema,
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// One object.
    One(Kind),
    /// A list of them.
    List(Kind),
    /// Either, as in the `items` of older schemas.
    OneOrList(Kind),
    /// An object with a member for each, under names of the author's.
    Map(Kind),
    /// The same, with `x-…` among them that are none.
    Patterned(Kind),
}

use Shape::{List, Map, One, OneOrList, Patterned};

impl Kind {
    /// Whether an object of this kind may be a reference to one.
    pub(super) fn may_be_reference(self) -> bool {
        !matches!(self, Self::OpenApi | Self::Components | Self::Operation | Self::Encoding)
    }

    /// What the member `key` of an object of this kind holds, if references can be in it.
    pub(super) fn member(self, key: &str) -> Option<Shape> {
        match self {
            Self::OpenApi => open_api(key),
            Self::Components => components(key),
            Self::PathItem => path_item(key),
            Self::Operation => operation(key),
            Self::Parameter | Self::Header => parameter(key),
            Self::RequestBody => (key == "content").then_some(Map(Self::MediaType)),
            Self::MediaType => media_type(key),
            Self::Encoding => encoding(key),
            Self::Response => response(key),
            // A callback is itself a map, from expressions to path items.
            Self::Callback => (!key.starts_with("x-")).then_some(One(Self::PathItem)),
            Self::Example | Self::Link | Self::SecurityScheme => None,
            Self::Schema => schema(key),
        }
    }
}

fn open_api(key: &str) -> Option<Shape> {
    match key {
        "paths" => Some(Patterned(Kind::PathItem)),
        "webhooks" => Some(Map(Kind::PathItem)),
        "components" => Some(One(Kind::Components)),
        _ => None,
    }
}

fn components(key: &str) -> Option<Shape> {
    let kind = match key {
        "schemas" => Kind::Schema,
        "responses" => Kind::Response,
        "parameters" => Kind::Parameter,
        "examples" => Kind::Example,
        "requestBodies" => Kind::RequestBody,
        "headers" => Kind::Header,
        "securitySchemes" => Kind::SecurityScheme,
        "links" => Kind::Link,
        "callbacks" => Kind::Callback,
        "pathItems" => Kind::PathItem,
        "mediaTypes" => Kind::MediaType,
        _ => return None,
    };
    Some(Map(kind))
}

fn path_item(key: &str) -> Option<Shape> {
    match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            Some(One(Kind::Operation))
        }
        "additionalOperations" => Some(Map(Kind::Operation)),
        "parameters" => Some(List(Kind::Parameter)),
        _ => None,
    }
}

fn operation(key: &str) -> Option<Shape> {
    match key {
        "parameters" => Some(List(Kind::Parameter)),
        "requestBody" => Some(One(Kind::RequestBody)),
        "responses" => Some(Patterned(Kind::Response)),
        "callbacks" => Some(Map(Kind::Callback)),
        _ => None,
    }
}

fn parameter(key: &str) -> Option<Shape> {
    match key {
        "schema" => Some(One(Kind::Schema)),
        "content" => Some(Map(Kind::MediaType)),
        "examples" => Some(Map(Kind::Example)),
        _ => None,
    }
}

fn media_type(key: &str) -> Option<Shape> {
    match key {
        "schema" | "itemSchema" => Some(One(Kind::Schema)),
        "examples" => Some(Map(Kind::Example)),
        "itemEncoding" => Some(One(Kind::Encoding)),
        _ => encodings(key),
    }
}

fn encoding(key: &str) -> Option<Shape> {
    match key {
        "headers" => Some(Map(Kind::Header)),
        "itemEncoding" => Some(One(Kind::Encoding)),
        _ => encodings(key),
    }
}

fn encodings(key: &str) -> Option<Shape> {
    match key {
        "encoding" => Some(Map(Kind::Encoding)),
        "prefixEncoding" => Some(List(Kind::Encoding)),
        _ => None,
    }
}

fn response(key: &str) -> Option<Shape> {
    match key {
        "headers" => Some(Map(Kind::Header)),
        "content" => Some(Map(Kind::MediaType)),
        "links" => Some(Map(Kind::Link)),
        _ => None,
    }
}

fn schema(key: &str) -> Option<Shape> {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "dependencies" => Some(Map(Kind::Schema)),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Some(List(Kind::Schema)),
        "items" => Some(OneOrList(Kind::Schema)),
        "additionalProperties"
        | "unevaluatedProperties"
        | "propertyNames"
        | "additionalItems"
        | "unevaluatedItems"
        | "contains"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => Some(One(Kind::Schema)),
        _ => None,
    }
}
