//! Operations: every method on every path.
//!
//! The paths of a document come in, [`Operation`]s go out, in the order of the document.
//! Nothing here knows how a schema is lowered; that is up to `lower::schema`.

mod body;
mod error;
mod event;
mod form;
mod header;
mod media;
mod multipart;
mod operation_id;
mod parameter;
mod path;
mod response;
mod serialization;
mod status;
mod stream_flag;
pub(super) mod webhook;

use std::collections::HashMap;

use crate::document::{Cursor, Pointer};
use crate::ir::{Docs, Idempotency, Method, Operation, PathSegment, Property, Scalar, Type};

use super::selection::Candidate;
use super::{Scope, docs, labels, server};
use form::items;
use operation_id::OperationIds;
use path::{Piece, Template};

/// The keys of a path item that are operations.
const METHODS: [(&str, Method); 9] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
    ("query", Method::Query),
];

/// The operations of the document at `root`.
pub(super) fn lower<'d>(scope: &mut Scope<'_, 'd>, root: &Cursor<'d>) -> Vec<Operation> {
    let mut operation_ids = OperationIds::default();
    let mut operations = Vec::new();
    let mut paths_by_form: HashMap<(Method, String), &str> = HashMap::new();
    let paths = root.get("paths");
    for (path, place) in paths.iter().flat_map(Cursor::members).filter(|(path, _)| !path.starts_with("x-")) {
        let item = place.follow();
        let methods = methods(scope, &item);
        if methods.is_empty() {
            continue;
        }
        let template = Template::parse(path, &place, scope.diagnostics);
        for (name, method, operation) in methods {
            let id = operation_ids.assign(&operation, name, path, scope.diagnostics);
            let candidate = Candidate { id: &id, path, place: &place, item: &item, operation: &operation };
            if !scope.selection.keeps(&candidate) {
                continue;
            }
            // Paths that differ in fragment or query are different operations on purpose.
            if let Some(other) = paths_by_form
                .insert((method.clone(), template.normalized()), path)
                .filter(|_| template.path == path)
            {
                report_ambiguous_path(scope, path, &operation, other);
            }
            let declaration =
                Declaration { item: &item, template: &template, operation: &operation, method, id };
            operations.push(declaration.lower(scope));
        }
    }
    operations
}

fn report_ambiguous_path(scope: &mut Scope<'_, '_>, path: &str, place: &Cursor<'_>, other: &str) {
    scope.diagnostics.warning(
        "path-ambiguous",
        place,
        format!("the paths `{other}` and `{path}` differ only in the names of parameters"),
        "merge them into one path: to a server their requests are the same",
    );
}

/// The operations of a path item, in its order.
fn methods<'d>(scope: &mut Scope<'_, 'd>, item: &Cursor<'d>) -> Vec<(&'d str, Method, Cursor<'d>)> {
    let mut methods = Vec::new();
    for (key, property) in item.members() {
        let is_operation = property.value().is_object() && property.get("$ref").is_none();
        let method = METHODS.iter().find(|(name, _)| *name == key).filter(|_| is_operation);
        if let Some((_, method)) = method {
            methods.push((key, method.clone(), property));
        } else if key == "additionalOperations" {
            methods.extend(additional(scope, &property));
        }
    }
    methods
}

/// Operations with other methods (OpenAPI 3.2, section 4.8.9).
fn additional<'d>(scope: &mut Scope<'_, 'd>, list: &Cursor<'d>) -> Vec<(&'d str, Method, Cursor<'d>)> {
    let mut methods = Vec::new();
    for (name, operation) in list.members().filter(|(_, operation)| operation.value().is_object()) {
        match METHODS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, method)) => methods.push((name, method.clone(), operation)),
            None if is_token(name) && name != "CONNECT" => {
                methods.push((name, Method::Other(name.to_owned()), operation));
            }
            None => scope.diagnostics.error(
                "method-unknown",
                &operation,
                format!("the method `{name}` cannot be sent"),
                "use letters, digits and hyphens, and another method than `CONNECT`, which opens a tunnel",
            ),
        }
    }
    methods
}

/// Whether `name` is what HTTP calls a token (RFC 9110, section 5.6.2), as all methods are.
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// An operation as the document declares it.
struct Declaration<'c, 'd> {
    item: &'c Cursor<'d>,
    template: &'c Template<'d>,
    operation: &'c Cursor<'d>,
    method: Method,
    id: String,
}

impl<'d> Declaration<'_, 'd> {
    fn lower(self, scope: &mut Scope<'_, 'd>) -> Operation {
        let Self { item, template, operation, method, id } = self;
        let parameters = parameter::lower(scope, item, operation, template, &id);
        let (bodies, body_required) = body::lower(scope, operation, &id);
        let declared = status::responses(scope, operation);
        let responses = response::lower(scope, operation, &declared.success, &method, &id);
        let headers = header::lower(declared.success.iter().chain(&declared.errors));
        let success = declared.success.iter().flat_map(self::headers).collect();
        scope.success_headers.insert(id.clone(), success);
        let errors = error::lower(scope, &declared.errors, &id);
        let callbacks = webhook::callbacks(scope, operation, &id);
        scope.callbacks.extend(callbacks);
        let own_servers = server::own_servers(operation, scope.diagnostics);
        Operation {
            labels: labels::of(operation),
            location: operation.location(),
            method,
            path: template.path.to_owned(),
            segments: segments(template),
            fixed_query: template.query.clone(),
            docs: operation_docs(item, operation),
            stream_flag: stream_flag::of(operation, &responses),
            // Recognized once the types are there.
            pagination: None,
            idempotency: Idempotency::ByMethod,
            events: None,
            parameters,
            bodies,
            body_required,
            responses,
            errors,
            headers,
            security: scope.security.of(operation, scope.diagnostics),
            servers: if own_servers.is_empty() {
                server::own_servers(item, scope.diagnostics)
            } else {
                own_servers
            },
            id,
        }
    }
}

/// The headers that a response declares.
fn headers(response: &status::DeclaredResponse<'_>) -> Vec<String> {
    let headers = response.target.get("headers");
    headers.iter().flat_map(Cursor::members).map(|(name, _)| name.to_owned()).collect()
}

/// The documentation of the operation; that of the path item where it has none.
fn operation_docs(item: &Cursor<'_>, operation: &Cursor<'_>) -> Docs {
    let own = docs::docs(operation);
    let shared = docs::docs(item);
    Docs {
        summary: if own.summary.is_empty() { shared.summary } else { own.summary },
        description: if own.description.is_empty() { shared.description } else { own.description },
        ..own
    }
}

/// The path parameters stand in front of the others, in the order of the path.
fn segments(template: &Template<'_>) -> Vec<PathSegment> {
    let names = template.parameters();
    let place = |name| names.iter().position(|other| *other == name).unwrap_or_default();
    let pieces = template.pieces.iter();
    pieces
        .map(|piece| match piece {
            Piece::Literal(text) => PathSegment::Literal((*text).to_owned()),
            Piece::Parameter(name) => PathSegment::Parameter(place(*name)),
        })
        .collect()
}

/// The name of `target` when it is a component of this `kind`: what is inline in it is named
/// after it, whoever uses it first.
fn component(target: &Cursor<'_>, kind: &str) -> Option<String> {
    let pointer = target.pointer();
    let parent = Pointer::default().child("components").child(kind);
    (pointer.parent()? == parent).then(|| target.key().to_owned())
}

/// The schema of one line of JSON Lines: `itemSchema`, the items of a list, or the schema as it is.
fn line_schema<'d>(media: &Cursor<'d>) -> Option<Cursor<'d>> {
    media.get("itemSchema").or_else(|| {
        let schema = media.get("schema")?;
        items(&schema).or(Some(schema))
    })
}

/// In a parameter, null is the same as nothing.
fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}

/// A property of which only the name is known.
fn open_property(name: &str) -> Property {
    Property {
        name: name.to_owned(),
        ty: Type::Any,
        required: false,
        constant: None,
        prefilled: false,
        default: None,
        read_only: false,
        write_only: false,
        docs: Docs::default(),
        examples: Vec::new(),
    }
}

/// A property without a schema, which is taken for a string.
fn text_property(name: &str) -> Property {
    Property { ty: Type::Scalar(Scalar::String), ..open_property(name) }
}
