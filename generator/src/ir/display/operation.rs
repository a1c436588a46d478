//! Operations as text: a line for each parameter, body and response.

use std::fmt;

use serde_json::Value;

use super::api::{requirements, server_text};
use super::types::{constraints, ty};
use crate::ir::{
    Api, Body, BodyContent, ErrorResponse, EventRules, Idempotency, Labels, NextPage, Operation, OperationId,
    PageInput, Pagination, Parameter, ParameterLocation, Part, PartContent, PathSegment, Response,
    ResponseContent, Style,
};

/// One operation.
pub(super) fn operation(api: &Api, id: OperationId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let operation = api.operation(id);
    let deprecated = if operation.docs.deprecated { ", deprecated" } else { "" };
    writeln!(out, "operation {}{deprecated}", operation.id)?;
    writeln!(out, "  {} {}", operation.method.as_str(), path(operation))?;
    labels(&operation.labels, out)?;
    for parameter in &operation.parameters {
        writeln!(out, "  {}", self::parameter(api, parameter))?;
    }
    for body in &operation.bodies {
        let required = if operation.body_required { "required " } else { "" };
        let examples = examples(&body.examples);
        writeln!(out, "  {required}body {}: {}{examples}", body.media_type, body_content(body))?;
        body_properties(api, body, out)?;
    }
    if let Some(switch) = &operation.stream_flag {
        writeln!(out, "  stream when {} = {}, else {}", switch.property, switch.stream, switch.unary)?;
    }
    for response in &operation.responses {
        writeln!(out, "  response {}", self::response(api, response))?;
    }
    for error in &operation.errors {
        writeln!(out, "  error {}", self::error(api, error))?;
    }
    if let Some(pagination) = &operation.pagination {
        writeln!(out, "  pages {}", self::pagination(api, operation, pagination))?;
    }
    match operation.idempotency {
        Idempotency::ByMethod => {}
        Idempotency::Idempotent => writeln!(out, "  idempotent")?,
        Idempotency::NotIdempotent => writeln!(out, "  not idempotent")?,
        Idempotency::WithKey => writeln!(out, "  idempotent with a key")?,
    }
    if let Some(EventRules { end, errors }) = &operation.events {
        writeln!(out, "  events end {end:?}, errors {errors:?}")?;
    }
    if !operation.security.is_empty() {
        writeln!(out, "  security {}", requirements(api, &operation.security))?;
    }
    for server in &operation.servers {
        writeln!(out, "  server {}", server_text(server))?;
    }
    Ok(())
}

/// What the document calls it besides its id.
fn labels(labels: &Labels, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Labels { id, tag, groups, method, is_beta } = labels;
    if id.is_none() {
        writeln!(out, "  without an id")?;
    }
    if let Some(tag) = tag {
        writeln!(out, "  tag {tag}")?;
    }
    if !groups.is_empty() {
        writeln!(out, "  groups {}", groups.join(" > "))?;
    }
    if let Some(method) = method {
        writeln!(out, "  method {method}")?;
    }
    if *is_beta {
        writeln!(out, "  beta")?;
    }
    Ok(())
}

/// The path as its segments have it, so that a wrong segment shows.
fn path(operation: &Operation) -> String {
    let segments = operation.segments.iter().map(|segment| match segment {
        PathSegment::Literal(text) => text.clone(),
        PathSegment::Parameter(place) => format!("{{{}}}", operation.parameters[*place].name),
    });
    let query = operation.fixed_query.iter().map(|(name, value)| format!("{name}={value}"));
    let query: Vec<String> = query.collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", segments.collect::<String>(), query.join("&"))
}

fn parameter(api: &Api, parameter: &Parameter) -> String {
    let location = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let explode = if parameter.explode { " exploded" } else { "" };
    let reserved = if parameter.allow_reserved { " reserved" } else { "" };
    let required = if parameter.required { "" } else { "?" };
    let rest = constraints(parameter.default.as_ref(), parameter.constant.as_ref(), &parameter.docs);
    let style = style(parameter.style);
    let ty = ty(api, &parameter.ty);
    let examples = examples(&parameter.examples);
    format!("{location} {}{required}: {ty}{rest} ({style}{explode}{reserved}){examples}", parameter.name)
}

/// Values that the document gives, as far as they fit in a line.
fn examples(values: &[Value]) -> String {
    const LONGEST: usize = 40;
    let text = |value: &Value| {
        let text = value.to_string();
        if text.chars().count() > LONGEST {
            text.chars().take(LONGEST).chain("…".chars()).collect()
        } else {
            text
        }
    };
    let values: Vec<String> = values.iter().map(text).collect();
    if values.is_empty() { String::new() } else { format!(" e.g. {}", values.join(", ")) }
}

fn style(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "space",
        Style::PipeDelimited => "pipe",
        Style::DeepObject => "deep",
        Style::Json => "json",
    }
}

fn body_content(body: &Body) -> &'static str {
    match &body.content {
        BodyContent::Json(_) => "json",
        BodyContent::JsonLines(_) => "json lines",
        BodyContent::Form(_) => "form",
        BodyContent::Multipart(_) => "multipart",
        BodyContent::Text => "text",
        BodyContent::Binary => "bytes",
    }
}

fn body_properties(api: &Api, body: &Body, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &body.content {
        BodyContent::Json(inner) | BodyContent::JsonLines(inner) => writeln!(out, "    {}", ty(api, inner)),
        BodyContent::Form(fields) => {
            for field in fields {
                writeln!(out, "    {}", parameter(api, field).trim_start_matches("query "))?;
            }
            Ok(())
        }
        BodyContent::Multipart(parts) => {
            for part in parts {
                writeln!(out, "    {}", self::part(api, part))?;
            }
            Ok(())
        }
        BodyContent::Text | BodyContent::Binary => Ok(()),
    }
}

fn part(api: &Api, part: &Part) -> String {
    let content = match &part.content {
        PartContent::File => "file".to_owned(),
        PartContent::Files => "files".to_owned(),
        PartContent::Text(inner) => format!("text {}", ty(api, inner)),
        PartContent::Json(inner) => format!("json {}", ty(api, inner)),
        PartContent::Styled { ty: inner, style, explode } => {
            let exploded = if *explode { " exploded" } else { "" };
            format!("{}{exploded} {}", self::style(*style), ty(api, inner))
        }
    };
    let required = if part.required { "" } else { "?" };
    let media_type = part.media_type.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
    let rest = constraints(part.default.as_ref(), part.constant.as_ref(), &part.docs);
    format!("{}{required}: {content}{media_type}{rest}{}", part.name, examples(&part.examples))
}

fn response(api: &Api, response: &Response) -> String {
    let content = match &response.content {
        ResponseContent::Empty => "nothing".to_owned(),
        ResponseContent::Json(inner) => format!("json {}", ty(api, inner)),
        ResponseContent::Text => "text".to_owned(),
        ResponseContent::Binary => "bytes".to_owned(),
        ResponseContent::Events(inner) => format!("events {}", ty(api, inner)),
        ResponseContent::JsonLines(inner) => format!("json lines {}", ty(api, inner)),
    };
    let media_type = response.media_type.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    format!("{}{media_type}: {content}{}", response.status, examples(&response.examples))
}

fn error(api: &Api, error: &ErrorResponse) -> String {
    let body = error.body.as_ref().map_or_else(|| "untyped".to_owned(), |body| ty(api, body));
    let media_type = error.media_type.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    format!("{}{media_type}: {body}{}", error.status, examples(&error.examples))
}

fn pagination(api: &Api, operation: &Operation, pagination: &Pagination) -> String {
    let input = |input: &PageInput| match input {
        PageInput::Parameter(place) => match &operation.parameters[*place] {
            Parameter { location: ParameterLocation::Header, name, .. } => format!("header.{name}"),
            Parameter { name, .. } => name.clone(),
        },
        PageInput::Body(property) => format!("body.{property}"),
    };
    let next = match &pagination.next {
        NextPage::Number { input: place, first } => format!("by number in {} from {first}", input(place)),
        NextPage::Offset { input: place } => format!("by offset in {}", input(place)),
        NextPage::Cursor { input: place, token } => format!("by {} in {}", token.join("."), input(place)),
        NextPage::CursorHeader { input: place, header } => {
            format!("by the header {header} in {}", input(place))
        }
        NextPage::LastItem { input: place, property } => {
            format!("by {property} of the last in {}", input(place))
        }
        NextPage::Url { url } => format!("by the URL {}", url.join(".")),
        NextPage::LinkHeader => "by the header Link".to_owned(),
    };
    let items = if pagination.items.is_empty() { "it".to_owned() } else { pagination.items.join(".") };
    let more = if pagination.more.is_empty() { "" } else { " while " };
    format!("of {} in {items}, {next}{more}{}", ty(api, &pagination.item), pagination.more.join("."))
}
