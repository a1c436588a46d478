//! How a request is sent, and what is returned.

use std::fmt;

use serde_json::Value;

use super::{Context, DocText, Type};
use crate::ir::{self, Operation, OperationId, Response, ResponseContent};
use crate::names::Ident;

/// A way to send a request: a method that returns the value, and one that returns the response around it.
#[derive(Clone, Debug)]
pub struct SendMethod {
    /// `send`; with `_with_response` behind it, the name of the other one.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What the value is.
    pub output: Output,
    /// The media types to ask for, when the operation descriptor does not say them.
    pub accept: Option<String>,
    /// The property that is set in the JSON body first.
    pub flag: Option<StreamFlag>,
    /// The media type of the response; `None` when it has no body.
    pub media_type: Option<String>,
}

/// The property of a body that chooses between one response and a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamFlag {
    /// Its name on the wire.
    pub property: String,
    /// What it is set to.
    pub value: Value,
}

/// What a send method returns.
#[derive(Clone, Debug)]
pub enum Output {
    /// Every response has this content.
    One(Content),
    /// The responses differ; the status or the media type says which one it is.
    Several(OutputEnum),
}

/// The enum over the responses of an operation.
#[derive(Clone, Debug)]
pub struct OutputEnum {
    /// `ListFilesOutput`
    pub name: Ident,
    /// A variant for each response.
    pub variants: Vec<OutputVariant>,
}

/// A response of an operation whose responses differ.
#[derive(Clone, Debug)]
pub struct OutputVariant {
    /// Its variant.
    pub name: Ident,
    /// The statuses that it is for.
    pub status: StatusPattern,
    /// Its media type; `None` when it has no body.
    pub media_type: Option<String>,
    /// What is in it.
    pub content: Content,
    /// What is said about it.
    pub docs: DocText,
}

/// What is in a response. The text of its type is what `Display` writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// `()`: nothing.
    Empty,
    /// `String`: text.
    Text,
    /// `Download`: bytes.
    Download,
    /// A value as JSON.
    Json(Type),
    /// `EventStream<T>`: server-sent events with such data.
    Events(Type),
    /// `JsonLines<T>`: one JSON value a line.
    JsonLines(Type),
}

/// Which statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// This one.
    Code(u16),
    /// A hundred of them, by their first digit (`4XX`).
    Range(u8),
    /// All that are not listed.
    Default,
}

impl Output {
    /// The content that every response has.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        match self {
            Self::One(content) => Some(content),
            Self::Several(_) => None,
        }
    }
}

impl Content {
    /// The type of the values in it.
    #[must_use]
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Empty | Self::Text | Self::Download => None,
            Self::Json(ty) | Self::Events(ty) | Self::JsonLines(ty) => Some(ty),
        }
    }

    /// Whether values come one after the other.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Events(_) | Self::JsonLines(_))
    }
}

impl fmt::Display for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("()"),
            Self::Text => formatter.write_str("String"),
            Self::Download => formatter.write_str("Download"),
            Self::Json(ty) => write!(formatter, "{ty}"),
            Self::Events(ty) => write!(formatter, "EventStream<{ty}>"),
            Self::JsonLines(ty) => write!(formatter, "JsonLines<{ty}>"),
        }
    }
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

impl From<ir::Status> for StatusPattern {
    fn from(status: ir::Status) -> Self {
        match status {
            ir::Status::Code(code) => Self::Code(code),
            ir::Status::Range(digit) => Self::Range(digit),
            ir::Status::Default => Self::Default,
        }
    }
}

/// The ways to send a request of the operation `id`: `send`, and `stream` when the same request can
/// be responded to with JSON or with a stream.
pub(super) fn plan(id: OperationId, context: &Context<'_>) -> Vec<SendMethod> {
    let operation = context.api.operation(id);
    let one = |response: &ResponseContent| Output::One(context.content(response));
    let output = match operation.contents()[..] {
        [] => Output::One(Content::Empty),
        [response] => one(response),
        [json @ ResponseContent::Json(_), stream] | [stream, json @ ResponseContent::Json(_)]
            if stream.is_stream() =>
        {
            let flag = operation.stream_flag.as_ref();
            let flag = |value: fn(&ir::StreamFlag) -> &Value| {
                flag.map(|flag| StreamFlag { property: flag.property.clone(), value: value(flag).clone() })
            };
            let unary = SendMethod { flag: flag(|flag| &flag.unary), ..send(one(json), operation) };
            let stream = SendMethod {
                name: "stream",
                summary: "Sends the request and returns the response as a stream, which yields values as they arrive.",
                accept: Some(media_types(operation, ResponseContent::is_stream)),
                flag: flag(|flag| &flag.stream),
                ..send(one(stream), operation)
            };
            return vec![unary, stream];
        }
        _ => Output::Several(output_enum(id, context)),
    };
    vec![send(output, operation)]
}

fn send(output: Output, operation: &Operation) -> SendMethod {
    SendMethod {
        name: "send",
        summary: "Sends the request and returns the decoded response.",
        output,
        accept: None,
        flag: None,
        media_type: operation.responses.iter().find_map(|response| response.media_type.clone()),
    }
}

impl Context<'_> {
    fn content(&self, response: &ResponseContent) -> Content {
        match response {
            ResponseContent::Empty => Content::Empty,
            ResponseContent::Text => Content::Text,
            ResponseContent::Binary => Content::Download,
            ResponseContent::Json(ty) => Content::Json(self.ty(ty)),
            ResponseContent::Events(ty) => Content::Events(self.ty(ty)),
            ResponseContent::JsonLines(ty) => Content::JsonLines(self.ty(ty)),
        }
    }
}

fn output_enum(id: OperationId, context: &Context<'_>) -> OutputEnum {
    let names = context.names.operation(id);
    let name = names.output.clone().expect("an operation whose responses differ has a name for their enum");
    let responses = context.api.operation(id).responses.iter().zip(&names.outputs);
    let variant = |(response, name): (&Response, &Ident)| OutputVariant {
        name: name.clone(),
        status: response.status.into(),
        media_type: response.media_type.clone(),
        content: context.content(&response.content),
        docs: DocText::new(&response.docs, ""),
    };
    OutputEnum { name, variants: responses.map(variant).collect() }
}

/// The media types that the operation descriptor asks for: those of all responses, but for a stream
/// that a method of its own asks for. Empty for JSON, which the runtime asks for by itself.
pub(super) fn accept(operation: &Operation, send_methods: &[SendMethod]) -> String {
    let has_stream_method = send_methods.len() > 1;
    let accept = media_types(operation, |content| !(has_stream_method && content.is_stream()));
    if accept == "application/json" { String::new() } else { accept }
}

/// The media types of the responses whose content is `wanted`, each once.
fn media_types(operation: &Operation, wanted: impl Fn(&ResponseContent) -> bool) -> String {
    let mut media_types: Vec<&str> = Vec::new();
    for response in operation.responses.iter().filter(|response| wanted(&response.content)) {
        if let Some(media_type) = response.media_type.as_deref()
            && !media_types.contains(&media_type)
        {
            media_types.push(media_type);
        }
    }
    media_types.join(", ")
}
