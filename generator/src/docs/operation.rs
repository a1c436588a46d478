//! One operation on the page of its resource.

use serde::Serialize;

use super::responses::{self, ResponseView};
use super::tables::{self, Row};
use super::{Pages, site_map};
use crate::prose::Prose;
use crate::sdk::{DEPRECATION, ErrorResponse, Operation, ResponseHeader, Sdk};

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
pub(super) fn view(operation: &Operation, page: &str, pages: &Pages<'_>) -> OperationView {
    let Pages { sdk, snippets } = pages;
    OperationView {
        name: Prose::name(&operation.method),
        paragraphs: paragraphs(operation),
        route: operation.route(),
        example: snippets.call(operation).program(),
        items_example: match operation.pages {
            Some(_) => snippets.items(operation).program(),
            None => String::new(),
        },
        parameters: operation.inputs.iter().map(|input| tables::input(input, page, sdk)).collect(),
        call_options: site_map::relative(page, site_map::CALL_OPTIONS),
        response: responses::view(operation, page, sdk),
        errors: errors(operation, page, sdk),
        headers: operation.headers.iter().map(header).collect(),
    }
}

fn paragraphs(operation: &Operation) -> Vec<Prose> {
    let deprecated = operation.docs.text.is_deprecated;
    let deprecated = deprecated.then(|| Prose::fill("**Deprecated:** {}.", &[&Prose::from(DEPRECATION)]));
    let note = operation.docs.note.clone();
    let paragraphs = deprecated.into_iter().chain([operation.docs.overview.clone()]).chain(note);
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect()
}

/// The bodies that the document gives to error responses, and what is left for those that it does not.
fn errors(operation: &Operation, page: &str, sdk: &Sdk) -> Vec<ErrorRow> {
    let mut rows: Vec<(ErrorRow, Vec<String>)> = Vec::new();
    for error in &operation.errors {
        let row = error_row(error, page, sdk);
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
        ty: site_map::link("Error::Api", site_map::ERROR, page),
        status: "4XX, 5XX".into(),
        media_type: "\\*/\\*".into(),
    };
    rows.into_iter().map(row).chain([any]).collect()
}

/// The row of an error response, without its status.
fn error_row(error: &ErrorResponse, page: &str, sdk: &Sdk) -> ErrorRow {
    let ty = match &error.body {
        Some(body) => site_map::link_text(body.model.name.as_str(), Some(&body.model), page, sdk),
        None => site_map::link("Error::Api", site_map::ERROR, page),
    };
    let media_type = error.media_type.as_deref().map_or("\\*/\\*".into(), Prose::plain);
    ErrorRow { ty, status: Prose::default(), media_type }
}

fn header(header: &ResponseHeader) -> HeaderRow {
    let statuses: Vec<String> = header.statuses.iter().map(ToString::to_string).collect();
    HeaderRow {
        name: Prose::code(&header.name).in_cell(),
        status: Prose::plain(&statuses.join(", ")),
        description: tables::description(&header.docs),
    }
}
