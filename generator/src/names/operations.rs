//! The names of operations, their parameters, bodies and answers.

use super::operation_words::Words;
use super::scope::Scope;
use super::{BodyNames, Ident, OperationNames, ResourceNames, case, reserved};
use crate::config::Config;
use crate::ir::{
    Api, Body, BodyContent, Operation, Parameter, ParameterLocation, Response, Shape, Status, Type,
};

/// Names every operation.
pub(super) fn decide(
    api: &Api,
    config: &Config,
    resources: &[ResourceNames],
    idents: &mut Scope,
) -> Vec<OperationNames> {
    let mut methods: Vec<Scope> = resources.iter().map(|_| Scope::reserving(reserved::ACCESSORS)).collect();
    for (resource, names) in api.resources.iter().zip(resources) {
        if let Some(parent) = resource.parent {
            methods[parent.0].take([names.accessor.to_string()]);
        }
    }
    let mut constants = Scope::default();
    let operations = api.operations.iter();
    operations
        .map(|operation| {
            let words = Words::of(operation, api);
            let methods = &mut methods[operation.resource.0];
            let builder = idents.take(words.builder_candidates(operation));
            let output = (operation.contents().len() > 1).then(|| {
                let name = builder.as_str().trim_end_matches('_');
                idents.take([format!("{name}Output"), format!("{name}CallOutput")])
            });
            let mut scope = Scope::reserving(reserved::CALL);
            let constant = constants.take(case::shouty(builder.as_str()));
            let paging = operation.pagination.as_ref();
            OperationNames {
                method: methods.take(words.method_candidates(operation, config)),
                paging: paging.map(|_| constants.take([format!("{constant}_PAGING")])),
                constant,
                parameters: parameter_names(&operation.parameters, &mut scope),
                bodies: body_names(api, operation, &mut scope),
                output,
                outputs: output_names(&operation.responses),
                builder,
            }
        })
        .collect()
}

fn parameter_names(parameters: &[Parameter], scope: &mut Scope) -> Vec<Ident> {
    parameters
        .iter()
        .map(|parameter| {
            let name = case::snake(&parameter.name).unwrap_or_else(|| "parameter".to_owned());
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
            BodyNames {
                // `body` is kept free for this.
                setter: alone.clone().map_or_else(|| scope.take([format!("{kind}_body")]), Ident),
                argument: Ident("body".to_owned()),
                members: content_names(api, operation, body, scope),
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
            let subtype = body.media_type.split(';').next().and_then(|name| name.split('/').nth(1));
            return subtype.and_then(case::snake).unwrap_or_else(|| "raw".to_owned());
        }
    };
    kind.to_owned()
}

fn content_names(api: &Api, operation: &Operation, body: &Body, scope: &mut Scope) -> Vec<Ident> {
    let names: Vec<&str> = match &body.content {
        BodyContent::Form(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
        BodyContent::Multipart(parts) => parts.iter().map(|part| part.name.as_str()).collect(),
        // A body that is the only one may be given property by property.
        BodyContent::Json(Type::Named(id)) if operation.bodies.len() == 1 => match &api.type_def(*id).shape {
            Shape::Struct(object) => {
                object.properties.iter().map(|property| property.name.as_str()).collect()
            }
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => Vec::new(),
        },
        BodyContent::Json(_) | BodyContent::Text | BodyContent::Binary | BodyContent::JsonLines(_) => {
            Vec::new()
        }
    };
    let names = names.into_iter().map(|name| case::snake(name).unwrap_or_else(|| "member".to_owned()));
    names.map(|name| scope.take([name.clone(), format!("{}_body", name.trim_end_matches('_'))])).collect()
}

fn output_names(responses: &[Response]) -> Vec<Ident> {
    let mut scope = Scope::reserving(reserved::VARIANTS);
    let is_one_status = responses.windows(2).all(|pair| pair[0].status == pair[1].status);
    let responses = responses.iter();
    responses
        .map(|response| {
            let status = status_name(response.status);
            let kind = response.media_type.as_deref().and_then(|media_type| {
                let subtype = media_type.split(';').next()?.split('/').nth(1)?;
                case::upper_camel(subtype.trim_start_matches("x-"))
            });
            match kind {
                Some(kind) if is_one_status => scope.take([kind.clone(), format!("{status}{kind}")]),
                Some(kind) => scope.take([status.clone(), format!("{status}{kind}")]),
                None => scope.take([status]),
            }
        })
        .collect()
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
