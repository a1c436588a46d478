//! One operation on the page of its resource.

use serde::Serialize;

use super::markdown;
use super::place::{self, relative};
use super::responses::{self, ResponseView};
use super::tables::{self, Row};
use super::{Pages, markdown::code_cell};
use crate::ir::{Docs, ErrorResponse, Operation, OperationId, Status, Type};
use crate::rust::arguments::inputs;

/// An operation as the template lays it out.
#[derive(Debug, Serialize)]
pub(super) struct OperationView {
    name: String,
    paragraphs: Vec<String>,
    route: String,
    example: String,
    /// How the items of all pages are gone through; empty when there are no pages.
    items_example: String,
    parameters: Vec<Row>,
    call_options: String,
    response: ResponseView,
    errors: Vec<ErrorRow>,
}

/// A row of the table of errors.
#[derive(Debug, Serialize)]
struct ErrorRow {
    ty: String,
    status: String,
    media_type: String,
}

/// The section of an operation.
pub(super) fn view(id: OperationId, page: &str, pages: &Pages<'_>) -> OperationView {
    let plan = pages.plan;
    let operation = plan.api.operation(id);
    OperationView {
        name: plan.names.operation(id).method.to_string(),
        paragraphs: paragraphs(operation),
        route: route(operation),
        example: pages.snippets.call(id).program(),
        items_example: match operation.pagination {
            Some(_) => pages.snippets.items(id).program(),
            None => String::new(),
        },
        parameters: inputs(id, plan).iter().map(|input| tables::input(input, page, pages)).collect(),
        call_options: relative(page, place::CALL_OPTIONS),
        response: responses::view(id, page, pages),
        errors: errors(operation, page, pages),
    }
}

/// `` `GET /v1/files` ``
pub(super) fn route(operation: &Operation) -> String {
    crate::rust::words::code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// A few words on an operation, for lists.
pub(super) fn summary(operation: &Operation) -> String {
    let Docs { summary, description, .. } = &operation.docs;
    let said = if summary.is_empty() { description } else { summary };
    markdown::settled(said.first_sentence().as_str())
}

fn paragraphs(operation: &Operation) -> Vec<String> {
    let docs = &operation.docs;
    let mut paragraphs = Vec::new();
    if docs.deprecated {
        paragraphs.push("**Deprecated:** the API advises against it.".to_owned());
    }
    let description = docs.description.to_string();
    // The summary stands in the list above; here it is needed when nothing else is said.
    paragraphs.push(if description.is_empty() { docs.summary.to_string() } else { description });
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.iter().map(|paragraph| markdown::settled(paragraph)).collect()
}

fn errors(operation: &Operation, page: &str, pages: &Pages<'_>) -> Vec<ErrorRow> {
    let mut rows: Vec<ErrorRow> = Vec::new();
    for row in operation.errors.iter().map(|error| error_row(error, page, pages)) {
        let same = |other: &&mut ErrorRow| other.ty == row.ty && other.media_type == row.media_type;
        match rows.iter_mut().find(same) {
            Some(other) if other.status.split(", ").any(|status| status == row.status) => {}
            Some(other) => other.status.extend([", ", &row.status]),
            None => rows.push(row),
        }
    }
    if !operation.errors.iter().any(|error| error.status == Status::Default) {
        let ty = format!("[`Error::Api`]({})", relative(page, place::ERROR));
        rows.push(ErrorRow { ty, status: status(Status::Default), media_type: "\\*/\\*".to_owned() });
    }
    rows
}

fn error_row(error: &ErrorResponse, page: &str, pages: &Pages<'_>) -> ErrorRow {
    let ty = match &error.body {
        Some(ty @ Type::Named(_)) => pages.places.link(ty, page),
        _ => format!("[`Error::Api`]({})", relative(page, place::ERROR)),
    };
    let media_type = error.media_type.as_deref().map_or("\\*/\\*".to_owned(), markdown::escape);
    ErrorRow { ty, status: status(error.status), media_type }
}

/// The statuses as they are written in tables.
pub(super) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "4XX, 5XX".to_owned(),
    }
}

/// A media type in a cell of a table.
pub(super) fn media_type(name: Option<&str>) -> String {
    name.map_or_else(|| "none".to_owned(), code_cell)
}
