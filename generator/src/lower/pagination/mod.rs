//! Pagination: recognizes operations that give a list page by page.
//!
//! The finished tree comes in, since only types show what a response holds; the operations
//! get their [`Pagination`]. An operation is paginated only when its request can ask for a page
//! and its response has a list: a name alone means nothing. Settings overrule all of it.

mod configured;
mod request;
mod response;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Method, NextPage, Operation, PageInput, Pagination, ResponseContent, Type};
use request::Inputs;
use response::PageResponse;

/// Recognizes the pages among the operations of `api`, whose responses declare these `headers`.
pub(super) fn recognize(
    api: &mut Api,
    config: &Config,
    headers: &BTreeMap<String, Vec<String>>,
    diagnostics: &mut Diagnostics,
) {
    let recognized: Vec<Option<Pagination>> = api
        .operations
        .iter()
        .map(|operation| {
            let settings = config.operations.get(&operation.id).and_then(|own| own.pagination.as_ref());
            match settings {
                Some(settings) => configured::lower(api, operation, settings, config, diagnostics),
                None => of(api, operation, headers.get(&operation.id).map_or(&[], Vec::as_slice)),
            }
        })
        .collect();
    for (operation, pagination) in api.operations.iter_mut().zip(recognized) {
        operation.pagination = pagination;
    }
}

fn of(api: &Api, operation: &Operation, headers: &[String]) -> Option<Pagination> {
    let response = PageResponse::of(api, value(operation)?, headers)?;
    let inputs = Inputs::of(api, operation);
    let (items, item) = response.list(None)?;
    let next = next(&response, &inputs, &item, operation)?;
    let more = response.more().unwrap_or_default();
    Some(Pagination { items, item, next, more })
}

/// The type of the response of an operation, when it always is JSON of that type.
fn value(operation: &Operation) -> Option<&Type> {
    match operation.contents()[..] {
        [ResponseContent::Json(ty)] => Some(ty),
        _ => None,
    }
}

/// What the response states takes precedence over what the caller has to count.
fn next(
    response: &PageResponse<'_>,
    inputs: &Inputs,
    item: &Type,
    operation: &Operation,
) -> Option<NextPage> {
    if let Some(input) = &inputs.cursor {
        if let Some(token) = response.token() {
            return Some(NextPage::Cursor { input: input.clone(), token });
        }
        if let Some(header) = response.token_header() {
            return Some(NextPage::CursorHeader { input: input.clone(), header });
        }
        let property = response.id_of(item).filter(|_| inputs.is_after && response.more().is_some());
        if let Some(property) = property {
            return Some(NextPage::LastItem { input: input.clone(), property });
        }
    }
    if operation.method != Method::Get {
        return None;
    }
    if let Some(url) = response.url() {
        return Some(NextPage::Url { url });
    }
    if response.has_link() && inputs.is_any() {
        return Some(NextPage::LinkHeader);
    }
    if let Some(input) = &inputs.offset {
        return Some(NextPage::Offset { input: input.clone() });
    }
    let input = inputs.number.clone()?;
    let first = first_page(operation, &input);
    Some(NextPage::Number { input, first })
}

/// The number of the first page: mostly 1, and 0 only where the document says so.
fn first_page(operation: &Operation, input: &PageInput) -> i64 {
    let PageInput::Parameter(place) = input else { return 1 };
    let default = operation.parameters[*place].default.as_ref();
    default.and_then(serde_json::Value::as_i64).unwrap_or(1)
}
