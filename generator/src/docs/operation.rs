//! One operation on the page of its resource.

use serde::Serialize;

use super::Pages;
use super::place::{self, relative};
use super::responses::{self, ResponseView};
use super::tables::{self, Row};
use crate::ir::{Docs, ErrorResponse, Operation, OperationId, ResponseHeader, Type};
use crate::prose::Prose;
use crate::rust::arguments::inputs;
use crate::rust::words;

/// An operation as the template lays it out.
#[derive(Debug, Serialize)]
pub(super) struct OperationView {
    name: Prose,
    paragraphs: Vec<Prose>,
    route: Prose,
    example: String,
    /// How the items of all pages are gone through; empty when there are no pages.
    items_example: String,
    parameters: Vec<Row>,
    call_options: String,
    response: ResponseView,
    errors: Vec<ErrorRow>,
    headers: Vec<HeaderRow>,
}

/// A row of the table of headers.
#[derive(Debug, Serialize)]
struct HeaderRow {
    name: Prose,
    status: Prose,
    description: Prose,
}

/// A row of the table of errors.
#[derive(Debug, PartialEq, Serialize)]
struct ErrorRow {
    ty: Prose,
    status: Prose,
    media_type: Prose,
}

/// The section of an operation.
pub(super) fn view(id: OperationId, page: &str, pages: &Pages<'_>) -> OperationView {
    let plan = pages.plan;
    let operation = plan.api.operation(id);
    OperationView {
        name: Prose::name(&plan.names.operation(id).method),
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
        headers: operation.headers.iter().map(header).collect(),
    }
}

/// `` `GET /v1/files` ``
pub(super) fn route(operation: &Operation) -> Prose {
    Prose::code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// A few words on an operation, for lists.
pub(super) fn summary(operation: &Operation) -> Prose {
    let Docs { summary, description, .. } = &operation.docs;
    let said = if summary.is_empty() { description } else { summary };
    said.first_sentence().settled().sentence()
}

fn paragraphs(operation: &Operation) -> Vec<Prose> {
    let docs = &operation.docs;
    let mut paragraphs = Vec::new();
    if docs.deprecated {
        paragraphs.push("**Deprecated:** the API advises against using it.".into());
    }
    // The summary stands in the list above; here it is needed when nothing else is said.
    paragraphs.push(if docs.description.is_empty() {
        docs.summary.sentence()
    } else {
        docs.description.sentence()
    });
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.iter().map(Prose::settled).collect()
}

/// The bodies that the document gives to error responses, and what is left for those that it does not.
fn errors(operation: &Operation, page: &str, pages: &Pages<'_>) -> Vec<ErrorRow> {
    let mut rows: Vec<(ErrorRow, Vec<String>)> = Vec::new();
    for error in &operation.errors {
        let row = error_row(error, page, pages);
        let status = error.status.to_string();
        match rows.iter_mut().find(|(other, _)| *other == row) {
            Some((_, statuses)) if statuses.contains(&status) => {}
            Some((_, statuses)) => statuses.push(status),
            None => rows.push((row, vec![status])),
        }
    }
    let row = |(row, statuses): (ErrorRow, Vec<String>)| ErrorRow {
        status: Prose::plain(&statuses.join(", ")),
        ..row
    };
    let any = ErrorRow {
        ty: place::link("Error::Api", place::ERROR, page),
        status: "4XX, 5XX".into(),
        media_type: "\\*/\\*".into(),
    };
    rows.into_iter().map(row).chain([any]).collect()
}

/// The row of an error response, without its status.
fn error_row(error: &ErrorResponse, page: &str, pages: &Pages<'_>) -> ErrorRow {
    let ty = match &error.body {
        Some(ty @ Type::Named(_)) => pages.places.link(ty, page),
        _ => place::link("Error::Api", place::ERROR, page),
    };
    let media_type = error.media_type.as_deref().map_or("\\*/\\*".into(), Prose::plain);
    ErrorRow { ty, status: Prose::default(), media_type }
}

fn header(header: &ResponseHeader) -> HeaderRow {
    let statuses: Vec<String> = header.statuses.iter().map(ToString::to_string).collect();
    HeaderRow {
        name: Prose::code(&header.name).in_cell(),
        status: Prose::plain(&statuses.join(", ")),
        description: tables::description(&header.docs, &header.name, &[words::example(&header.examples)]),
    }
}

/// A media type in a cell of a table.
pub(super) fn media_type(name: Option<&str>) -> Prose {
    name.map_or_else(|| "none".into(), |name| Prose::code(name).in_cell())
}
