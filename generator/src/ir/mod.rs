//! What a document says, independent of its dialect and of Rust.
//!
//! Plain data. There is no `$ref` here, no `allOf`, no `nullable`, no JSON
//! Schema keyword, and no Rust name: those are decided by [`crate::names`], in
//! tables beside this tree.

mod api;
mod constraints;
mod display;
mod examples;
mod media_type;
mod method;
mod operation;
mod pagination;
mod resolve;
mod security;
mod types;
mod walk;
mod webhook;

pub use api::{Api, Info, Server, ServerVariable, Tag};
pub use constraints::{Constraints, Range};
pub use media_type::MediaType;
pub use method::Method;
pub use operation::{
    Body, BodyContent, ErrorResponse, EventRules, Idempotency, Labels, Operation, OperationId, Parameter,
    ParameterLocation, Part, PartContent, PathSegment, Response, ResponseContent, ResponseHeader, Status,
    StreamFlag, Style,
};
pub use pagination::{NextPage, PageInput, Pagination};
pub use resolve::Resolved;
pub(crate) use resolve::resolve;
pub use security::{
    ApiKeyLocation, OAuthFlow, SecurityRequirement, SecurityScheme, SecuritySchemeId, SecuritySchemeKind,
};
pub use types::{
    Alias, Docs, Enum, EnumValue, EnumValues, JsonType, Property, Scalar, Shape, Struct, Type, TypeDef,
    TypeId, Union, Variant, VariantMatcher,
};
pub use webhook::{Webhook, Webhooks};
