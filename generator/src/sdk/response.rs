//! What a request returns, and how it is asked for.

use std::fmt;

use super::{Context, DocText, JSON_MEDIA_TYPE, Type};
use crate::ir::{self, MediaType, Operation, OperationId, Response, ResponseContent};
use crate::names::Ident;

/// What a request returns, and how it is asked for.
#[derive(Clone, Debug)]
pub struct Returned {
    /// What `send` returns.
    pub output: Output,
    /// The media types that are asked for; empty for JSON, which the runtime asks for by itself.
    pub accept: String,
    /// The first media type that the document gives a success response, without parameters. Of an operation
    /// that returns JSON or a stream, it need not be that of `output`. `None` when no response has a body.
    pub media_type: Option<String>,
}

/// What `send` returns.
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
    /// Its documentation.
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

/// What the operation `id` returns: the JSON of those whose response is JSON or a stream.
pub(super) fn plan(id: OperationId, context: &Context<'_>) -> Returned {
    let operation = context.api.operation(id);
    if let Some((json, _)) = operation.json_or_stream() {
        let output = Output::One(context.content(json));
        return returned(output, operation, |content| !content.is_stream());
    }
    let output = match operation.contents()[..] {
        [] => Output::One(Content::Empty),
        [response] => Output::One(context.content(response)),
        _ => Output::Several(output_enum(id, context)),
    };
    returned(output, operation, |_| true)
}

/// What the operation `id` returns when it is asked for a stream in place of JSON.
pub(super) fn plan_stream(id: OperationId, context: &Context<'_>) -> Option<Returned> {
    let operation = context.api.operation(id);
    let (_, stream) = operation.json_or_stream()?;
    let output = Output::One(context.content(stream));
    Some(returned(output, operation, ResponseContent::is_stream))
}

fn returned(output: Output, operation: &Operation, is_wanted: impl Fn(&ResponseContent) -> bool) -> Returned {
    let accept = media_types(operation, is_wanted);
    Returned {
        output,
        accept: if accept == JSON_MEDIA_TYPE { String::new() } else { accept },
        media_type: operation
            .responses
            .iter()
            .find_map(|response| Some(response.media_type.as_ref()?.essence().to_owned())),
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
        media_type: response.media_type.as_ref().map(ToString::to_string),
        content: context.content(&response.content),
        docs: DocText::new(&response.docs, ""),
    };
    OutputEnum { name, variants: responses.map(variant).collect() }
}

/// The media types of the responses whose content is `wanted`, each once.
fn media_types(operation: &Operation, wanted: impl Fn(&ResponseContent) -> bool) -> String {
    let mut media_types: Vec<&str> = Vec::new();
    for response in operation.responses.iter().filter(|response| wanted(&response.content)) {
        if let Some(media_type) = response.media_type.as_ref().map(MediaType::as_str)
            && !media_types.contains(&media_type)
        {
            media_types.push(media_type);
        }
    }
    media_types.join(", ")
}
