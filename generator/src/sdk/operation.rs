//! Operations: the methods of resources, what describes them to the runtime, and their request builders.

use std::ops::Range;

use serde_json::Value;

use super::servers::ServerTemplate;
use super::{
    ConstantInput, Context, DocText, ErrorResponse, Given, Input, ObjectBody, Pages, ResourceId, Returned,
    StatusPattern, arguments, bodies, errors, pages, response, value_text,
};
use crate::ir::{self, Method, StreamFlag};
use crate::names::Ident;
use crate::prose::Prose;

/// The index of an operation in [`Sdk::operations`](super::Sdk::operations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// A method of a resource.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its operationId.
    pub id: String,
    /// The resource that it is in.
    pub resource: ResourceId,
    /// `list`: the method, and the heading on the page of the resource.
    pub method: Ident,
    /// `ListFiles`: the request builder.
    pub builder: Ident,
    /// `LIST_FILES`: the operation descriptor.
    pub constant: Ident,
    /// The HTTP method as it is sent.
    pub http_method: String,
    /// `Method::GET`: the runtime's constant for it, or what makes one.
    pub method_syntax: String,
    /// The path, with parameters in braces.
    pub path: String,
    /// Its documentation.
    pub docs: OperationDocs,

    /// What the caller gives: first the arguments, those of the path before others and those of the
    /// body last, then what setters take.
    pub inputs: Vec<Input>,
    /// What every call sends.
    pub constants: Vec<ConstantInput>,
    /// The body, when its properties are given one by one.
    pub object_body: Option<ObjectBody>,
    /// Whether it requires a body, which the caller chooses among several.
    pub requires_body: bool,

    /// What it returns.
    pub returned: Returned,
    /// How its list goes on, when it returns one page by page.
    pub pages: Option<Pages>,
    /// The error responses, in the order of their status.
    pub errors: Vec<ErrorResponse>,
    /// The headers of its responses.
    pub headers: Vec<ResponseHeader>,

    /// A query that is always sent.
    pub fixed_query: Vec<(String, String)>,
    /// Servers of its own, in place of those of the API.
    pub servers: Vec<ServerTemplate>,
    /// The names of the schemes that are needed together, any list of which will do.
    pub security: Vec<Vec<String>>,
    /// Whether its request may be sent again.
    pub idempotency: Idempotency,
    /// How its stream of events ends and fails, when not in the usual way.
    pub events: Option<EventRules>,
}

/// The documentation of an operation.
#[derive(Clone, Debug)]
pub struct OperationDocs {
    /// All of it.
    pub text: DocText,
    /// A few words, for lists.
    pub summary: Prose,
    /// What is said below its heading, where the summary stands in the list above; may be empty.
    pub overview: Prose,
    /// Which method returns its response in another way, when there is one.
    pub note: Option<Prose>,
}

/// Whether a request may be sent again when it is not known whether the server got it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// As HTTP defines the method.
    ByMethod,
    /// It may.
    Idempotent,
    /// It may not.
    NotIdempotent,
    /// It may, with an idempotency key, and each call is given one.
    WithKey,
}

/// How a stream of events ends and fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRules {
    /// The data of the event that says that there are no more, and has to come.
    pub end: Option<String>,
    /// The names of events that say that the operation failed.
    pub errors: Vec<String>,
}

/// A header of responses.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name, as the document writes it.
    pub name: String,
    /// The responses that have it.
    pub statuses: Vec<StatusPattern>,
    /// Its documentation.
    pub docs: DocText,
}

impl Operation {
    /// What the method asks for.
    pub fn arguments(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.given == Given::Argument)
    }

    /// The fields of the struct that the method asks for, when there is one.
    pub fn required_fields(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.given == Given::Field)
    }

    /// What setters of the request builder take.
    pub fn setters(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.given == Given::Setter)
    }

    /// `GET /v1/files`
    #[must_use]
    pub fn route(&self) -> Prose {
        Prose::code(&format!("{} {}", self.http_method, self.path))
    }
}

/// The planned operations.
pub(super) struct Planned {
    /// All of them, in the order of the document.
    pub(super) operations: Vec<Operation>,
    /// Which of them each operation of the document is: one, or two when its response is JSON or a stream.
    ranges: Vec<Range<usize>>,
}

impl Planned {
    /// The planned operations that the operation `id` of the document is.
    pub(super) fn ids(&self, id: ir::OperationId) -> impl Iterator<Item = OperationId> {
        self.ranges[id.0].clone().map(OperationId)
    }
}

/// Plans the operations of the document.
pub(super) fn plan(context: &Context<'_>) -> Planned {
    let mut planned = Planned { operations: Vec::new(), ranges: Vec::new() };
    for index in 0..context.api.operations.len() {
        let start = planned.operations.len();
        planned.operations.extend(with_stream(ir::OperationId(index), context));
        planned.ranges.push(start..planned.operations.len());
    }
    planned
}

/// The operation, and after it the one that returns its response as a stream, when there is one.
fn with_stream(id: ir::OperationId, context: &Context<'_>) -> Vec<Operation> {
    let names = context.names.operation(id);
    let plain = operation(id, context);
    let Some((stream, returned)) = names.stream.as_ref().zip(response::plan_stream(id, context)) else {
        return vec![plain];
    };
    let method = |name: &Ident| Prose::code(name.as_str());
    let note = Prose::fill(
        "{} returns the response as a stream, while it is being made.",
        &[&method(&stream.method)],
    );
    let stream_note = Prose::fill(
        "Returns the response as a stream, which yields values as they arrive; {} returns all of it at once.",
        &[&method(&plain.method)],
    );
    let with_flag = |value: fn(&StreamFlag) -> &Value| {
        let flag = arguments::flag(context.api.operation(id), value);
        plain.constants.iter().cloned().chain(flag).collect()
    };
    let stream = Operation {
        method: stream.method.clone(),
        builder: stream.builder.clone(),
        constant: stream.constant.clone(),
        returned,
        constants: with_flag(|flag| &flag.stream),
        docs: OperationDocs { note: Some(stream_note), ..plain.docs.clone() },
        ..plain.clone()
    };
    let constants = with_flag(|flag| &flag.unary);
    let docs = OperationDocs { note: Some(note), ..plain.docs.clone() };
    vec![Operation { docs, constants, ..plain }, stream]
}

fn operation(id: ir::OperationId, context: &Context<'_>) -> Operation {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let object = bodies::object(operation, context);
    Operation {
        id: operation.id.clone(),
        resource: ResourceId(names.resource.0),
        method: names.method.clone(),
        builder: names.builder.clone(),
        constant: names.constant.clone(),
        http_method: operation.method.as_str().to_owned(),
        method_syntax: match &operation.method {
            Method::Other(name) => format!("Method::other({name:?})"),
            known => format!("Method::{}", known.as_str()),
        },
        path: operation.path.clone(),
        docs: docs(&operation.docs),
        inputs: arguments::plan(id, object.as_ref(), context),
        constants: arguments::constants(operation, object.as_ref()),
        object_body: object.and_then(|object| object.body(operation, context)),
        requires_body: operation.body_required && operation.bodies.len() > 1,
        returned: response::plan(id, context),
        pages: pages::plan(id, context),
        errors: errors::plan(operation, context),
        headers: operation.headers.iter().map(header).collect(),
        fixed_query: operation.fixed_query.clone(),
        servers: operation.servers.iter().map(Into::into).collect(),
        security: security(operation, context),
        idempotency: operation.idempotency.into(),
        events: operation.events.as_ref().map(event_rules),
    }
}

fn docs(docs: &ir::Docs) -> OperationDocs {
    let ir::Docs { summary, description, .. } = docs;
    let short = if summary.is_empty() { description } else { summary };
    let long = if description.is_empty() { summary } else { description };
    OperationDocs {
        text: DocText::new(docs, "").or(summary.sentence()),
        summary: short.first_sentence().settled().sentence(),
        overview: long.sentence().settled(),
        note: None,
    }
}

fn security(operation: &ir::Operation, context: &Context<'_>) -> Vec<Vec<String>> {
    let requirements = operation.security.iter();
    requirements
        .map(|requirement| {
            let schemes = requirement.schemes.iter();
            schemes.map(|(scheme, _)| context.api.security_schemes[scheme.0].name.clone()).collect()
        })
        .collect()
}

fn header(header: &ir::ResponseHeader) -> ResponseHeader {
    ResponseHeader {
        name: header.name.clone(),
        statuses: header.statuses.iter().map(|status| (*status).into()).collect(),
        docs: DocText::new(&header.docs, &header.name).with_facts(value_text::example(&header.examples)),
    }
}

fn event_rules(rules: &ir::EventRules) -> EventRules {
    EventRules { end: rules.end.clone(), errors: rules.errors.clone() }
}

impl From<ir::Idempotency> for Idempotency {
    fn from(idempotency: ir::Idempotency) -> Self {
        match idempotency {
            ir::Idempotency::ByMethod => Self::ByMethod,
            ir::Idempotency::Idempotent => Self::Idempotent,
            ir::Idempotency::NotIdempotent => Self::NotIdempotent,
            ir::Idempotency::WithKey => Self::WithKey,
        }
    }
}
