//! Pagination as the settings have it.

use crate::config::{Config, PageKind, PaginationConfig};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, NextPage, Operation, PageInput, Pagination, Parameter, ParameterLocation};

use super::request::body_properties;
use super::response::PageResponse;
use super::{first_page, value};

/// The pagination that `settings` describe; what they name has to be there.
pub(super) fn lower(
    api: &Api,
    operation: &Operation,
    settings: &PaginationConfig,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    if settings.kind == PageKind::None {
        return None;
    }
    match build(api, operation, settings) {
        Ok(pagination) => Some(pagination),
        Err(missing) => {
            diagnostics.error(
                "config-pagination",
                config.location(&["operations", &operation.id, "pagination"]),
                format!("the pagination of `{}` does not match the operation: {missing}", operation.id),
                "use the names that the API uses for parameters and properties, or remove the settings",
            );
            None
        }
    }
}

fn build(api: &Api, operation: &Operation, settings: &PaginationConfig) -> Result<Pagination, String> {
    let response = value(operation).and_then(|ty| PageResponse::of(api, ty, &[]));
    let response = response.ok_or("its response is not JSON with a list")?;
    let items_path = settings.items.as_deref().map(path);
    let list = response.list(items_path.as_deref());
    let (items, item) = list.ok_or_else(|| match &settings.items {
        Some(items) => format!("there is no list at `{items}`"),
        None => "name in `items` which of its lists it is".to_owned(),
    })?;
    let more = settings.more.as_deref().map_or_else(|| response.more().unwrap_or_default(), path);
    if !response.has(&more) {
        return Err(format!("there is nothing at `{}`", more.join(".")));
    }
    let next = next(api, operation, settings, &response)?;
    Ok(Pagination { items, item, next, more })
}

fn next(
    api: &Api,
    operation: &Operation,
    settings: &PaginationConfig,
    response: &PageResponse<'_>,
) -> Result<NextPage, String> {
    Ok(match settings.kind {
        PageKind::Page => {
            let input = input(api, operation, settings)?;
            let first = settings.first.unwrap_or_else(|| first_page(operation, &input));
            NextPage::Number { input, first }
        }
        PageKind::Offset => NextPage::Offset { input: input(api, operation, settings)? },
        PageKind::Cursor => {
            let input = input(api, operation, settings)?;
            NextPage::Cursor { input, token: next_path(settings, response)? }
        }
        PageKind::CursorHeader => {
            let header = settings.next.clone().ok_or("say in `next` which header has the next page")?;
            NextPage::CursorHeader { input: input(api, operation, settings)?, header }
        }
        PageKind::LastItem => {
            let property = settings.next.clone().unwrap_or_else(|| "id".to_owned());
            NextPage::LastItem { input: input(api, operation, settings)?, property }
        }
        PageKind::Url => NextPage::Url { url: next_path(settings, response)? },
        PageKind::LinkHeader | PageKind::None => NextPage::LinkHeader,
    })
}

fn input(api: &Api, operation: &Operation, settings: &PaginationConfig) -> Result<PageInput, String> {
    let name = settings.parameter.as_deref().ok_or("say in `parameter` what asks for a page")?;
    if let Some(property) = name.strip_prefix("body.") {
        return if body_properties(api, operation).iter().any(|(name, _)| *name == property) {
            Ok(PageInput::Body(property.to_owned()))
        } else {
            Err(format!("the body has no property `{property}`"))
        };
    }
    let (location, name) = match name.strip_prefix("header.") {
        Some(name) => (ParameterLocation::Header, name),
        None => (ParameterLocation::Query, name),
    };
    let is_it = |parameter: &Parameter| parameter.location == location && parameter.name == name;
    let place = operation.parameters.iter().position(is_it);
    place.map(PageInput::Parameter).ok_or_else(|| format!("there is no such parameter as `{name}`"))
}

fn next_path(settings: &PaginationConfig, response: &PageResponse<'_>) -> Result<Vec<String>, String> {
    let next = settings.next.as_deref().ok_or("say in `next` where the response has the next page")?;
    let path = path(next);
    if response.has(&path) { Ok(path) } else { Err(format!("there is nothing at `{next}`")) }
}

fn path(text: &str) -> Vec<String> {
    text.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
