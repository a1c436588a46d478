//! Pagination as the settings have it.

use crate::config::{Config, PageKind, PaginationConfig};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, NextPage, Operation, PageInput, Pagination, Parameter, ParameterLocation};

use super::answer::Answer;
use super::request::body_members;
use super::{first_page, value};

/// The pagination that `settings` describe; what they name has to be there.
pub(super) fn settle(
    api: &Api,
    operation: &Operation,
    settings: &PaginationConfig,
    config: &Config,
    found: &mut Diagnostics,
) -> Option<Pagination> {
    if settings.kind == PageKind::None {
        return None;
    }
    match build(api, operation, settings) {
        Ok(pagination) => Some(pagination),
        Err(missing) => {
            found.error(
                "config-pagination",
                config.location(&["operations", &operation.id, "pagination"]),
                format!("the pages of `{}` cannot be gone through: {missing}", operation.id),
                "name parameters and members as they are called on the wire, or remove the settings",
            );
            None
        }
    }
}

fn build(api: &Api, operation: &Operation, settings: &PaginationConfig) -> Result<Pagination, String> {
    let answer = value(operation).and_then(|ty| Answer::of(api, ty, &[]));
    let answer = answer.ok_or("its answer is no JSON with a list")?;
    let items_way = settings.items.as_deref().map(way);
    let list = answer.list(items_way.as_deref());
    let (items, item) = list.ok_or_else(|| match &settings.items {
        Some(items) => format!("there is no list at `{items}`"),
        None => "say in `items` which of its lists it is".to_owned(),
    })?;
    let more = settings.more.as_deref().map_or_else(|| answer.more().unwrap_or_default(), way);
    if !answer.has(&more) {
        return Err(format!("there is nothing at `{}`", more.join(".")));
    }
    let next = next(api, operation, settings, &answer)?;
    Ok(Pagination { items, item, next, more })
}

fn next(
    api: &Api,
    operation: &Operation,
    settings: &PaginationConfig,
    answer: &Answer<'_>,
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
            NextPage::Cursor { input, token: next_member(settings, answer)? }
        }
        PageKind::CursorHeader => {
            let header = settings.next.clone().ok_or("say in `next` which header has the next page")?;
            NextPage::CursorHeader { input: input(api, operation, settings)?, header }
        }
        PageKind::LastItem => {
            let member = settings.next.clone().unwrap_or_else(|| "id".to_owned());
            NextPage::LastItem { input: input(api, operation, settings)?, member }
        }
        PageKind::Url => NextPage::Url { url: next_member(settings, answer)? },
        PageKind::LinkHeader | PageKind::None => NextPage::LinkHeader,
    })
}

fn input(api: &Api, operation: &Operation, settings: &PaginationConfig) -> Result<PageInput, String> {
    let name = settings.parameter.as_deref().ok_or("say in `parameter` what asks for a page")?;
    if let Some(member) = name.strip_prefix("body.") {
        return if body_members(api, operation).iter().any(|(name, _)| *name == member) {
            Ok(PageInput::Body(member.to_owned()))
        } else {
            Err(format!("the body has no member `{member}`"))
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

fn next_member(settings: &PaginationConfig, answer: &Answer<'_>) -> Result<Vec<String>, String> {
    let next = settings.next.as_deref().ok_or("say in `next` where the answer has the next page")?;
    let way = way(next);
    if answer.has(&way) { Ok(way) } else { Err(format!("there is nothing at `{next}`")) }
}

fn way(text: &str) -> Vec<String> {
    text.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
