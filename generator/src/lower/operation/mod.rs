//! Operations: every method on every path.
//!
//! The paths of a document come in, [`Operation`]s go out, in the order of the document.
//! Nothing here knows what a schema comes to; that is asked of `lower::schema`.

mod body;
mod event;
mod failure;
mod form;
mod header;
mod identity;
mod media;
mod multipart;
mod parameter;
mod path;
mod response;
mod status;
mod style;
mod switch;

use std::collections::HashMap;

use crate::config::Config;
use crate::document::{Cursor, Pointer};
use crate::ir::{Docs, Member, Method, Operation, PathSegment, Repeat, Scalar, Type};

use super::resource::Resources;
use super::{Scope, docs, server};
use form::items;
use identity::Identities;
use path::{Piece, Template};

/// The members of a path item that are operations.
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
pub(super) fn lower<'d>(
    scope: &mut Scope<'_, 'd>,
    root: &Cursor<'d>,
    config: &Config,
    resources: &mut Resources,
) -> Vec<Operation> {
    let mut identities = Identities::default();
    let mut operations = Vec::new();
    let mut forms: HashMap<(Method, String), &str> = HashMap::new();
    let paths = root.get("paths");
    for (path, place) in paths.iter().flat_map(Cursor::members).filter(|(path, _)| !path.starts_with("x-")) {
        let item = place.follow();
        let methods = methods(scope, &item);
        if methods.is_empty() {
            continue;
        }
        let template = Template::parse(path, &place, scope.found);
        for (name, method, operation) in methods {
            // What a fragment or a query tells apart is meant so.
            if let Some(other) =
                forms.insert((method, template.form()), path).filter(|_| template.path == path)
            {
                report_same_form(scope, path, &operation, other);
            }
            let id = identities.identify(&operation, name, path, scope.found);
            let configured = config.operations.get(&id).and_then(|settings| settings.resource.as_deref());
            let resource = resources.of(&operation, template.path, configured);
            let call = Call { item: &item, template: &template, operation: &operation, method, id };
            operations.push(call.lower(scope, resource));
        }
    }
    operations
}

fn report_same_form(scope: &mut Scope<'_, '_>, path: &str, place: &Cursor<'_>, other: &str) {
    scope.found.warning(
        "path-ambiguous",
        place,
        format!("the paths `{other}` and `{path}` differ in the names of parameters only"),
        "make one path of them: to a server their requests are the same",
    );
}

/// The operations of a path item, in its order.
fn methods<'d>(scope: &mut Scope<'_, 'd>, item: &Cursor<'d>) -> Vec<(&'d str, Method, Cursor<'d>)> {
    let mut methods = Vec::new();
    for (key, member) in item.members() {
        let is_operation = member.value().is_object() && member.get("$ref").is_none();
        let method = METHODS.iter().find(|(name, _)| *name == key).filter(|_| is_operation);
        if let Some((_, method)) = method {
            methods.push((key, *method, member));
        } else if key == "additionalOperations" {
            methods.extend(additional(scope, &member));
        }
    }
    methods
}

/// Operations with other methods (OpenAPI 3.2); a client can send those that it knows.
fn additional<'d>(scope: &mut Scope<'_, 'd>, list: &Cursor<'d>) -> Vec<(&'d str, Method, Cursor<'d>)> {
    let mut methods = Vec::new();
    for (name, operation) in list.members() {
        match METHODS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, method)) => methods.push((name, *method, operation)),
            None => scope.found.error(
                "method-unknown",
                &operation,
                format!("an operation with the method `{name}` cannot be carried"),
                "waive this finding with a reason: the operation is left out then",
            ),
        }
    }
    methods
}

/// What is known of an operation before it is looked at.
struct Call<'c, 'd> {
    item: &'c Cursor<'d>,
    template: &'c Template<'d>,
    operation: &'c Cursor<'d>,
    method: Method,
    id: String,
}

impl<'d> Call<'_, 'd> {
    fn lower(self, scope: &mut Scope<'_, 'd>, resource: crate::ir::ResourceId) -> Operation {
        let Self { item, template, operation, method, id } = self;
        let parameters = parameter::lower(scope, item, operation, template, &id);
        let (bodies, body_required) = body::lower(scope, operation, &id);
        let answers = status::answers(scope, operation);
        let responses = response::lower(scope, operation, &answers.success, method, &id);
        let headers = header::lower(answers.success.iter().chain(&answers.failure));
        let success = answers.success.iter().flat_map(self::headers).collect();
        scope.answer_headers.insert(id.clone(), success);
        let errors = failure::lower(scope, &answers.failure, &id);
        let own_servers = server::own_servers(operation, scope.found);
        Operation {
            location: operation.location(),
            resource,
            method,
            path: template.path.to_owned(),
            segments: segments(template),
            fixed_query: template.query.clone(),
            docs: operation_docs(item, operation),
            stream_switch: switch::of(operation, &responses),
            // Recognized once the types are there.
            pagination: None,
            repeat: Repeat::ByMethod,
            events: None,
            parameters,
            bodies,
            body_required,
            responses,
            errors,
            headers,
            security: scope.security.of(operation, scope.found),
            servers: if own_servers.is_empty() {
                server::own_servers(item, scope.found)
            } else {
                own_servers
            },
            id,
        }
    }
}

/// The headers that an answer declares.
fn headers(answer: &status::Answer<'_>) -> Vec<String> {
    let headers = answer.target.get("headers");
    headers.iter().flat_map(Cursor::members).map(|(name, _)| name.to_owned()).collect()
}

/// The words of the path item stand in for those that the operation lacks.
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

/// A member that nothing but its name is known of.
fn open_member(name: &str) -> Member {
    Member {
        name: name.to_owned(),
        ty: Type::Any,
        required: false,
        constant: None,
        implied: false,
        default: None,
        read_only: false,
        write_only: false,
        docs: Docs::default(),
        examples: Vec::new(),
    }
}

/// A member that is text, for want of a schema.
fn text_member(name: &str) -> Member {
    Member { ty: Type::Scalar(Scalar::String), ..open_member(name) }
}
