//! What an operation returns.

use serde::Serialize;

use super::{site_map, tables};
use crate::prose::Prose;
use crate::sdk::{
    ANY_OTHER_STATUS, Content, Operation, Output, OutputVariant, Pages, Sdk, StatusPattern, Type,
};

/// The success responses.
#[derive(Debug, Serialize)]
pub(super) struct ResponseView {
    /// What `send` returns.
    ty: Prose,
    /// What else there is to say, a paragraph each.
    notes: Vec<Prose>,
    /// The variants, when `send` returns an enum.
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

/// The success responses of an operation.
pub(super) fn view(operation: &Operation, page: &str, sdk: &Sdk) -> ResponseView {
    let (mut notes, mut variants) = (Vec::new(), Vec::new());
    let ty = match &operation.returned.output {
        Output::One(content) => content_type(content, page, sdk),
        Output::Several(output) => {
            variants.extend(output.variants.iter().map(|variant| variant_row(variant, page, sdk)));
            notes.push("One of these, by status and content type:".into());
            Prose::code(output.name.as_str())
        }
    };
    notes.extend(operation.pages.as_ref().map(|pages| paging_note(pages, page, sdk)));
    ResponseView { ty, notes, variants }
}

/// What can be called in place of `send`, when the response is one page of several.
fn paging_note(pages: &Pages, page: &str, sdk: &Sdk) -> Prose {
    let stream = |name: &str, ty: &Type| site_map::link_text(&format!("{name}<{ty}>"), ty.model(), page, sdk);
    let list = Prose::link(&"paginated list".into(), &site_map::relative(page, site_map::PAGES));
    Prose::fill(
        "This is one page of a {}: call `pages()` instead of `send()` to get {}, or `items()` to get {}.",
        &[&list, &stream("Pages", &pages.page), &stream("Items", &pages.item)],
    )
}

fn variant_row(variant: &OutputVariant, page: &str, sdk: &Sdk) -> VariantRow {
    let media_type = variant.media_type.as_deref();
    VariantRow {
        name: Prose::code(variant.name.as_str()),
        ty: content_type(&variant.content, page, sdk),
        status: match variant.status {
            StatusPattern::Default => ANY_OTHER_STATUS.into(),
            other => Prose::plain(&other.to_string()),
        },
        media_type: media_type.map_or_else(|| "none".into(), |name| Prose::code(name).in_cell()),
        description: tables::description(&variant.docs),
    }
}

/// The type of a content, with a link to where it is explained.
fn content_type(content: &Content, page: &str, sdk: &Sdk) -> Prose {
    match content {
        Content::Download => site_map::link("Download", site_map::DOWNLOADS, page),
        other => site_map::link_text(&other.to_string(), other.ty().and_then(Type::model), page, sdk),
    }
}
