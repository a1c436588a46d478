//! What an operation gives back.

use serde::Serialize;

use super::operation::media_type;
use super::{Pages, place, tables};
use crate::ir::{OperationId, ResponseContent, Status, Success, Type};
use crate::prose::Prose;
use crate::rust::spelling::spell;

/// The answers of success.
#[derive(Debug, Serialize)]
pub(super) struct ResponseView {
    /// What `send` gives.
    ty: Prose,
    /// What else there is to say, a paragraph each.
    notes: Vec<Prose>,
    /// The variants, when `send` gives an enum.
    variants: Vec<VariantRow>,
}

/// A row of the table of variants.
#[derive(Debug, Serialize)]
struct VariantRow {
    name: Prose,
    ty: Prose,
    status: Prose,
    media_type: Prose,
    description: Prose,
}

/// The answers of success of an operation.
pub(super) fn view(id: OperationId, page: &str, pages: &Pages<'_>) -> ResponseView {
    let plan = pages.plan;
    let (mut notes, mut variants) = (Vec::new(), Vec::new());
    let operation = plan.api.operation(id);
    let ty = match operation.success() {
        Success::Nothing => "`()`".into(),
        Success::One(content) => content_type(content, page, pages),
        Success::JsonOrStream { json, stream } => {
            let stream = content_type(stream, page, pages);
            notes.push(Prose::fill("Call `stream()` instead of `send()` to get {}.", &[&stream]));
            pages.places.link(json, page)
        }
        Success::Several => {
            variants = variant_rows(id, page, pages);
            let name = plan.names.operation(id).output.as_ref();
            notes.push("One of these, by status and content type:".into());
            Prose::code(name.expect("an operation with several answers has a name for their enum").as_str())
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
fn paging_note(answer: &Type, item: &Type, page: &str, pages: &Pages<'_>) -> Prose {
    let stream = |name: &str, ty: &Type| {
        pages.places.link_text(&format!("{name}<{}>", spell(ty, pages.plan)), ty, page)
    };
    let list = Prose::link(&"paginated list".into(), &place::relative(page, place::PAGES));
    Prose::fill(
        "This is one page of a {}: call `pages()` instead of `send()` to get {}, or `items()` to get {}.",
        &[&list, &stream("Pages", answer), &stream("Items", item)],
    )
}

fn variant_rows(id: OperationId, page: &str, pages: &Pages<'_>) -> Vec<VariantRow> {
    let responses = &pages.plan.api.operation(id).responses;
    let names = &pages.plan.names.operation(id).outputs;
    let row = |(response, name): (&crate::ir::Response, &crate::names::Ident)| VariantRow {
        name: Prose::code(name.as_str()),
        ty: content_type(&response.content, page, pages),
        status: match response.status {
            Status::Default => "any other".into(),
            other => Prose::plain(&other.to_string()),
        },
        media_type: media_type(response.media_type.as_deref()),
        description: tables::description(&response.docs, "", &[]),
    };
    responses.iter().zip(names).map(row).collect()
}

/// The type of a content, with a link to where it is explained.
fn content_type(content: &ResponseContent, page: &str, pages: &Pages<'_>) -> Prose {
    match content {
        ResponseContent::Empty => "`()`".into(),
        ResponseContent::Text => "`String`".into(),
        ResponseContent::Binary => place::link("Download", place::DOWNLOADS, page),
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
