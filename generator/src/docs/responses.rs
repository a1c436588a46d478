//! What an operation gives back.

use serde::Serialize;

use super::operation::{media_type, status};
use super::place::{self, relative};
use super::{Pages, tables};
use crate::ir::{OperationId, ResponseContent, Status, Success, Type};
use crate::rust::spelling::spell;

/// The answers of success.
#[derive(Debug, Serialize)]
pub(super) struct ResponseView {
    /// What `send` gives.
    ty: String,
    /// What else there is to say, a paragraph each.
    notes: Vec<String>,
    /// The variants, when `send` gives an enum.
    variants: Vec<VariantRow>,
}

/// A row of the table of variants.
#[derive(Debug, Serialize)]
struct VariantRow {
    name: String,
    ty: String,
    status: String,
    media_type: String,
    description: String,
}

/// The answers of success of an operation.
pub(super) fn view(id: OperationId, page: &str, pages: &Pages<'_>) -> ResponseView {
    let plan = pages.plan;
    let (mut notes, mut variants) = (Vec::new(), Vec::new());
    let operation = plan.api.operation(id);
    let ty = match operation.success() {
        Success::Nothing => "`()`".to_owned(),
        Success::One(content) => content_type(content, page, pages),
        Success::JsonOrStream { json, stream } => {
            let stream = content_type(stream, page, pages);
            notes.push(format!("`stream()` in place of `send()` gives {stream}."));
            pages.places.link(json, page)
        }
        Success::Several => {
            variants = variant_rows(id, page, pages);
            let name = plan.names.operation(id).output.as_ref();
            notes.push("One of these, by status and content type:".to_owned());
            format!("`{}`", name.expect("an operation with several answers has a name for their enum"))
        }
    };
    if let (Some(pagination), Success::One(ResponseContent::Json(answer))) =
        (&operation.pagination, operation.success())
    {
        notes.push(paging_note(answer, &pagination.item, page, pages));
    }
    ResponseView { ty, notes, variants }
}

/// What can be called in place of `send`, when the answer is one page of several.
fn paging_note(answer: &Type, item: &Type, page: &str, pages: &Pages<'_>) -> String {
    let stream = |name: &str, ty: &Type| {
        pages.places.link_text(&format!("{name}<{}>", spell(ty, pages.plan)), ty, page)
    };
    let usage = relative(page, place::USAGE);
    format!(
        "It is one page of a [list that goes on]({usage}#pages): in place of `send()`, `pages()` gives {}, \
         and `items()` gives {}.",
        stream("Pages", answer),
        stream("Items", item),
    )
}

fn variant_rows(id: OperationId, page: &str, pages: &Pages<'_>) -> Vec<VariantRow> {
    let responses = &pages.plan.api.operation(id).responses;
    let names = &pages.plan.names.operation(id).outputs;
    let row = |(response, name): (&crate::ir::Response, &crate::names::Ident)| VariantRow {
        name: format!("`{name}`"),
        ty: content_type(&response.content, page, pages),
        status: match response.status {
            Status::Default => "any other".to_owned(),
            other => status(other),
        },
        media_type: media_type(response.media_type.as_deref()),
        description: tables::description(&response.docs, &[]),
    };
    responses.iter().zip(names).map(row).collect()
}

/// The type of a content, with a link to where it is explained.
fn content_type(content: &ResponseContent, page: &str, pages: &Pages<'_>) -> String {
    let usage = relative(page, place::USAGE);
    match content {
        ResponseContent::Empty => "`()`".to_owned(),
        ResponseContent::Text => "`String`".to_owned(),
        ResponseContent::Binary => format!("[`Download`]({usage}#downloads)"),
        ResponseContent::Json(ty) => pages.places.link(ty, page),
        ResponseContent::Events(ty) => {
            let text = format!("EventStream<{}>", spell(ty, pages.plan));
            pages.places.link_text(&text, ty, page)
        }
        ResponseContent::JsonLines(ty) => {
            let text = format!("JsonLines<{}>", spell(ty, pages.plan));
            pages.places.link_text(&text, ty, page)
        }
    }
}
