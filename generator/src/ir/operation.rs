//! Operations: what can be called, with what, and what comes back.

use std::fmt;

use serde_json::Value;

use super::types::Docs;
use super::{MediaType, Method, Pagination, SecurityRequirement, Server, Type};
use crate::diagnostic::Location;

/// The place of an operation in [`Api::operations`](super::Api::operations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// One method on one path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its operationId, or one derived from method and path.
    pub id: String,
    /// What the document calls it.
    pub labels: Labels,
    /// Where it is.
    pub location: Location,
    /// The HTTP method.
    pub method: Method,
    /// The path as the document has it, without query and fragment.
    pub path: String,
    /// The path in segments.
    pub segments: Vec<PathSegment>,
    /// A query that is written in the path itself and is always sent (`?beta=true`).
    pub fixed_query: Vec<(String, String)>,
    /// What it does.
    pub docs: Docs,
    /// The parameters, those of the path first, each group in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The body, in one of several media types; empty when there is none.
    pub bodies: Vec<Body>,
    /// Whether a body must be sent.
    pub body_required: bool,
    /// The success responses, in the order of their status.
    pub responses: Vec<Response>,
    /// The error responses, in the order of their status.
    pub errors: Vec<ErrorResponse>,
    /// The headers that responses have.
    pub headers: Vec<ResponseHeader>,
    /// The ways to authenticate, any of which will do; empty when none is needed.
    pub security: Vec<SecurityRequirement>,
    /// Servers of its own, in place of those of the API; empty when it has none.
    pub servers: Vec<Server>,
    /// The property of the body that chooses between a unary response and a stream, when there are both.
    pub stream_flag: Option<StreamFlag>,
    /// How to get the pages of its list, when it is paginated.
    pub pagination: Option<Pagination>,
    /// Whether its request may be sent more than once.
    pub idempotency: Idempotency,
    /// How its event stream ends and fails, when not in the usual way.
    pub events: Option<EventRules>,
}

/// What a document calls an operation, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Its operationId, when it has one.
    pub id: Option<String>,
    /// Its first tag.
    pub tag: Option<String>,
    /// The nested groups that an extension of a generator's vendor puts it in, the outermost first.
    pub groups: Vec<String>,
    /// The method that such an extension gives it.
    pub method: Option<String>,
    /// Whether an extension says that it is not settled yet.
    pub is_beta: bool,
}

/// Whether a request may be sent again when it is unknown whether the server received it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// As HTTP defines the method (RFC 9110, section 9.2.2).
    ByMethod,
    /// It may, whatever the method.
    Idempotent,
    /// It may not, whatever the method.
    NotIdempotent,
    /// It may with an idempotency key, which each call gets.
    WithKey,
}

/// How an event stream ends and fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRules {
    /// The data of the last event, without which the stream is incomplete.
    pub end: Option<String>,
    /// The names of events that report a failure of the operation.
    pub errors: Vec<String>,
}

/// The property of a body that chooses between a unary response and a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamFlag {
    /// Its name on the wire.
    pub property: String,
    /// The value that asks for a stream; mostly `true`.
    pub stream: Value,
    /// The value that asks for a unary response; mostly `false`.
    pub unary: Value,
}

impl Operation {
    /// The contents that responses of success have, each once.
    #[must_use]
    pub fn contents(&self) -> Vec<&ResponseContent> {
        let mut contents: Vec<&ResponseContent> = Vec::new();
        for response in &self.responses {
            if !contents.contains(&&response.content) {
                contents.push(&response.content);
            }
        }
        contents
    }

    /// The JSON and the stream, when a request can be responded to with either.
    #[must_use]
    pub fn json_or_stream(&self) -> Option<(&ResponseContent, &ResponseContent)> {
        match self.contents()[..] {
            [json @ ResponseContent::Json(_), stream] | [stream, json @ ResponseContent::Json(_)]
                if stream.is_stream() =>
            {
                Some((json, stream))
            }
            _ => None,
        }
    }

    /// The flag that chooses between JSON and a stream, when a request can be responded to with either.
    #[must_use]
    pub fn chosen_by_flag(&self) -> Option<&StreamFlag> {
        self.stream_flag.as_ref().filter(|_| self.json_or_stream().is_some())
    }
}

/// A segment of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// Text, slashes included, sent as it stands.
    Literal(String),
    /// The value of the path parameter at this place in [`Operation::parameters`].
    Parameter(usize),
}

/// A value that goes into the path, the query, a header or a cookie.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it is declared.
    pub source: Location,
    /// Where it goes.
    pub location: ParameterLocation,
    /// How lists and objects are written.
    pub style: Style,
    /// Whether lists and objects are written one by one.
    pub explode: bool,
    /// Whether reserved characters are left as they are (`allowReserved`).
    pub allow_reserved: bool,
    /// Its type; never [`Type::Nullable`] at the top, where null means unset.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// The value that the server assumes.
    pub default: Option<Value>,
    /// The only value it may have; sent without asking when it is required.
    pub constant: Option<Value>,
    /// What it is for.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter is written (OpenAPI 3.1, section 4.8.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// `content: application/json`: the value is JSON text.
    Json,
}

/// A request body in one media type.
#[derive(Clone, Debug)]
pub struct Body {
    /// The media type.
    pub media_type: MediaType,
    /// What is in it.
    pub content: BodyContent,
    /// What it is for.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

/// What is in a request body.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// JSON.
    Json(Type),
    /// `application/x-www-form-urlencoded` properties, each like a query parameter.
    Form(Vec<Parameter>),
    /// The parts of a `multipart/form-data` body, in the order of the document.
    Multipart(Vec<Part>),
    /// Text that is sent as it is: plain text, XML and the like.
    Text,
    /// Bytes.
    Binary,
    /// One JSON value a line.
    JsonLines(Type),
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name on the wire.
    pub name: String,
    /// What is in it.
    pub content: PartContent,
    /// The media type that the document's `encoding` gives it.
    pub media_type: Option<MediaType>,
    /// Whether it must be there.
    pub required: bool,
    /// The only value that it may have, which every request sends.
    pub constant: Option<Value>,
    /// The value that the server assumes.
    pub default: Option<Value>,
    /// What it is for.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

/// What is in a part of a multipart body.
#[derive(Clone, Debug)]
pub enum PartContent {
    /// A file.
    File,
    /// Any number of files, each in a part of this name.
    Files,
    /// A scalar as text; a list as one part an item (OpenAPI 3.1, section 4.8.15).
    Text(Type),
    /// JSON.
    Json(Type),
    /// A list or an object that is written like a query parameter, each pair as a part.
    Styled {
        /// The type.
        ty: Type,
        /// How it is written.
        style: Style,
        /// Whether each item or property is a pair.
        explode: bool,
    },
}

/// Which statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// This one.
    Code(u16),
    /// A hundred of them, by their first digit (`4XX`).
    Range(u8),
    /// All that are not listed.
    Default,
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(class) => write!(formatter, "{class}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// A success response in one media type.
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses it is for.
    pub status: Status,
    /// The media type; `None` when there is no body.
    pub media_type: Option<MediaType>,
    /// What is in it.
    pub content: ResponseContent,
    /// What it means.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

/// What is in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseContent {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// Text: plain text, XML and the like.
    Text,
    /// Bytes.
    Binary,
    /// Server-sent events with such data.
    Events(Type),
    /// One JSON value a line.
    JsonLines(Type),
}

impl ResponseContent {
    /// Whether values come one after the other, while they are being made.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Events(_) | Self::JsonLines(_))
    }
}

/// A header of responses.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name, as the document writes it.
    pub name: String,
    /// The responses that have it.
    pub statuses: Vec<Status>,
    /// What it is for.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}

/// An error response.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The statuses it is for.
    pub status: Status,
    /// The media type; `None` when there is no body.
    pub media_type: Option<MediaType>,
    /// The body, when it is JSON with a schema.
    pub body: Option<Type>,
    /// What it means.
    pub docs: Docs,
    /// Values that the document gives.
    pub examples: Vec<Value>,
}
