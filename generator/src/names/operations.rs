//! The names of operations, their parameters, bodies and responses.

use std::collections::BTreeMap;

use super::naming::{Named, Naming};
use super::path_names::PathNames;
use super::requests::request_words;
use super::scope::Scope;
use super::{BodyNames, Ident, OperationNames, ResourceId, ResourceNames, StreamNames, case, reserved};
use crate::ir::{
    Api, Body, BodyContent, Operation, OperationId, ParameterLocation, Response, ResponseContent, Status,
};

/// Names every operation.
pub(super) fn decide(
    api: &Api,
    naming: &Naming,
    resources: &[ResourceNames],
    idents: &mut Scope,
) -> Vec<OperationNames> {
    let path_names = PathNames::of(&api.operations);
    let mut methods: Vec<Scope> = resources.iter().map(|_| Scope::reserving(reserved::ACCESSORS)).collect();
    for names in resources {
        if let Some(parent) = names.parent {
            methods[parent.0].take([names.accessor.to_string()]);
        }
    }
    let mut constants = Scope::default();
    let placed = (0..resources.len()).flat_map(|resource| {
        resources[resource].operations.iter().map(move |operation| (*operation, ResourceId(resource)))
    });
    let resource_of: BTreeMap<OperationId, ResourceId> = placed.collect();
    let operations = api.operations.iter().zip(&naming.operations).enumerate();
    let mut names: Vec<OperationNames> = operations
        .map(|(index, (operation, named))| {
            let resource = resource_of[&OperationId(index)];
            let builder = idents.take(builder_candidates(named));
            let output = (operation.contents().len() > 1).then(|| {
                let name = builder.as_str().trim_end_matches('_');
                idents.take([format!("{name}Output"), format!("{name}CallOutput")])
            });
            let reserved = reserved_by(operation);
            let mut scope = Scope::reserving(&reserved);
            let constant = constants.take(case::shouty(builder.as_str()));
            let paging = operation.pagination.as_ref();
            OperationNames {
                resource,
                method: methods[resource.0]
                    .take(case::snake(&named.method).or_else(|| Some("call".to_owned()))),
                paging: paging.map(|_| constants.take([format!("{constant}_PAGING")])),
                constant,
                // Named once every method of the resource is there.
                stream: None,
                parameters: parameter_names(operation, &path_names, &mut scope),
                bodies: body_names(api, operation, &mut scope),
                output,
                outputs: output_names(&operation.responses),
                builder,
            }
        })
        .collect();
    let mut scopes = Scopes { methods: &mut methods, idents, constants: &mut constants };
    for (resource, placed) in resources.iter().enumerate() {
        let streams = placed.operations.iter().filter(|id| api.operation(**id).json_or_stream().is_some());
        let streams: Vec<OperationId> = streams.copied().collect();
        for id in &streams {
            let called = &naming.operations[id.0];
            let long = format!("{}_stream", called.method);
            let short = (streams.len() == 1).then(|| "stream".to_owned());
            let candidates = short.into_iter().chain([long]);
            names[id.0].stream = Some(scopes.stream(ResourceId(resource), called, candidates));
        }
    }
    names
}

/// The names that are taken already.
struct Scopes<'a> {
    /// By resource.
    methods: &'a mut [Scope],
    idents: &'a mut Scope,
    constants: &'a mut Scope,
}

impl Scopes<'_> {
    /// The second method of an operation that replies with a stream if it is asked to.
    fn stream(
        &mut self,
        resource: ResourceId,
        called: &Named,
        candidates: impl IntoIterator<Item = String>,
    ) -> StreamNames {
        let method = self.methods[resource.0].take(candidates);
        let called = Named { method: method.to_string(), ..called.clone() };
        let builder = self.idents.take(builder_candidates(&called));
        let constant = self.constants.take(case::shouty(builder.as_str()));
        StreamNames { method, builder, constant }
    }
}

/// Names for a request builder, the best first.
fn builder_candidates(named: &Named) -> Vec<String> {
    let name = case::upper_camel(&request_words(named).join(" ")).unwrap_or_else(|| "Request".to_owned());
    let call = format!("{}Call", name.trim_end_matches('_'));
    vec![name, call]
}

fn parameter_names(operation: &Operation, path_names: &PathNames, scope: &mut Scope) -> Vec<Ident> {
    let parameters = operation.parameters.iter().enumerate();
    parameters
        .map(|(index, parameter)| {
            let name = path_names.name(operation, index).unwrap_or_else(|| "parameter".to_owned());
            let place = match parameter.location {
                ParameterLocation::Path => "path",
                ParameterLocation::Query => "query",
                ParameterLocation::Header => "header",
                ParameterLocation::Cookie => "cookie",
            };
            let placed = format!("{}_{place}", name.trim_end_matches('_'));
            scope.take([name, placed])
        })
        .collect()
}

fn body_names(api: &Api, operation: &Operation, scope: &mut Scope) -> Vec<BodyNames> {
    let is_alone = operation.bodies.len() == 1;
    let bodies = operation.bodies.iter();
    bodies
        .map(|body| {
            let kind = body_kind(body);
            let alone = is_alone.then(|| "body".to_owned());
            let properties = content_names(api, operation, body, scope);
            let object = api.object_body(operation).map(|(_, object)| object);
            let nulls = properties.iter().filter(|_| object.is_some());
            let additional = object.and_then(|object| object.additional_properties.as_ref());
            let null = |name: &Ident| format!("{}_null", name.as_str().trim_end_matches('_'));
            BodyNames {
                // `body` is kept free for this.
                setter: alone.clone().map_or_else(|| scope.take([format!("{kind}_body")]), Ident),
                argument: Ident("body".to_owned()),
                nulls: nulls.map(|name| scope.take([null(name)])).collect(),
                additional: additional.map(|_| scope.take(["additional_properties".to_owned()])),
                properties,
            }
        })
        .collect()
}

fn body_kind(body: &Body) -> String {
    let kind = match &body.content {
        BodyContent::Json(_) => "json",
        BodyContent::Form(_) => "form",
        BodyContent::Multipart(_) => "multipart",
        BodyContent::JsonLines(_) => "json_lines",
        BodyContent::Text | BodyContent::Binary => {
            return case::snake(body.media_type.subtype()).unwrap_or_else(|| "raw".to_owned());
        }
    };
    kind.to_owned()
}

/// Methods that the request builder of an operation has by itself.
fn reserved_by(operation: &Operation) -> Vec<&'static str> {
    let pages = operation.pagination.iter().flat_map(|_| reserved::PAGES);
    reserved::CALL.iter().chain(reserved::FUTURE_OPTIONS).chain(pages).copied().collect()
}

fn content_names(api: &Api, operation: &Operation, body: &Body, scope: &mut Scope) -> Vec<Ident> {
    let names: Vec<&str> = match &body.content {
        BodyContent::Form(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
        BodyContent::Multipart(parts) => parts.iter().map(|part| part.name.as_str()).collect(),
        // A body that is the only one is given property by property when it is an object.
        BodyContent::Json(_) => match api.object_body(operation) {
            Some((_, object)) => object.properties.iter().map(|property| property.name.as_str()).collect(),
            None => Vec::new(),
        },
        BodyContent::Text | BodyContent::Binary | BodyContent::JsonLines(_) => Vec::new(),
    };
    let names = names.into_iter().map(|name| case::snake(name).unwrap_or_else(|| "property".to_owned()));
    let candidates = |name: String| {
        let own = reserved_by(operation).contains(&name.as_str()).then(|| format!("{name}_"));
        let in_body = format!("{}_body", name.trim_end_matches('_'));
        own.into_iter().chain([name, in_body])
    };
    names.map(|name| scope.take(candidates(name))).collect()
}

fn output_names(responses: &[Response]) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let is_one_status = responses.windows(2).all(|pair| pair[0].status == pair[1].status);
    let responses = responses.iter();
    responses
        .map(|response| {
            let status = status_name(response.status);
            let kind = response.media_type.as_ref().and_then(|media_type| match media_type.subtype() {
                "*" => Some(content_name(&response.content).to_owned()),
                subtype => case::upper_camel(subtype.trim_start_matches("x-")),
            });
            match kind {
                Some(kind) if is_one_status => scope.take([kind.clone(), format!("{status}{kind}")]),
                Some(kind) => scope.take([status.clone(), format!("{status}{kind}")]),
                None => scope.take([status]),
            }
        })
        .collect()
}

/// What a response is called whose media type does not say it.
fn content_name(content: &ResponseContent) -> &'static str {
    match content {
        ResponseContent::Empty => "Empty",
        ResponseContent::Json(_) => "Json",
        ResponseContent::JsonLines(_) => "JsonLines",
        ResponseContent::Events(_) => "Events",
        ResponseContent::Text => "Text",
        ResponseContent::Binary => "File",
    }
}

fn status_name(status: Status) -> String {
    match status {
        Status::Code(200) => "Ok".to_owned(),
        Status::Code(201) => "Created".to_owned(),
        Status::Code(202) => "Accepted".to_owned(),
        Status::Code(203) => "NonAuthoritative".to_owned(),
        Status::Code(204) => "NoContent".to_owned(),
        Status::Code(205) => "ResetContent".to_owned(),
        Status::Code(206) => "PartialContent".to_owned(),
        Status::Code(304) => "NotModified".to_owned(),
        Status::Code(code) => format!("Status{code}"),
        Status::Range(first) => format!("Status{first}Xx"),
        Status::Default => "Other".to_owned(),
    }
}
