//! Whether an operation gives a list of things.

use crate::ir::{Api, Operation, ParameterLocation, ResponseContent, Shape, Type};
use crate::names::case;

/// Names of query parameters that choose a page.
const PAGING: &[&str] = &[
    "after",
    "cursor",
    "iterator",
    "limit",
    "max_items",
    "next_token",
    "offset",
    "page",
    "page_size",
    "page_token",
    "per_page",
    "starting_after",
    "starting_token",
];

/// Names of properties that hold the list of a page.
const LISTS: &[&str] = &["data", "entries", "items", "objects", "result", "results"];

/// How many properties a response has that is a list with a few words about it.
const FEW: usize = 6;

/// Whether `operation` gives a list, or a page of one.
pub(super) fn gives_list(operation: &Operation, api: &Api) -> bool {
    let is_paging = |name: &str| PAGING.contains(&case::words(name).join("_").as_str());
    let mut query = operation.parameters.iter().filter(|one| one.location == ParameterLocation::Query);
    operation.pagination.is_some()
        || query.any(|parameter| is_paging(&parameter.name))
        || operation.responses.iter().any(|response| match &response.content {
            ResponseContent::Json(ty) => is_list(ty, api),
            _ => false,
        })
}

fn is_list(ty: &Type, api: &Api) -> bool {
    let Some(Shape::Struct(page)) = shape(ty, api) else { return is_list_type(ty, api) };
    let mut lists = page.properties.iter().filter(|property| is_list_type(&property.ty, api));
    let (first, second) = (lists.next(), lists.next());
    let is_usual = |name: &str| page.properties.len() <= FEW || LISTS.contains(&name);
    second.is_none() && first.is_some_and(|list| is_usual(&list.name))
}

fn is_list_type(ty: &Type, api: &Api) -> bool {
    matches!(resolve(ty, api), Type::List(_))
}

fn shape<'a>(ty: &'a Type, api: &'a Api) -> Option<&'a Shape> {
    match resolve(ty, api) {
        Type::Named(id) => Some(&api.type_def(*id).shape),
        _ => None,
    }
}

/// The type behind null and other names for it.
fn resolve<'a>(ty: &'a Type, api: &'a Api) -> &'a Type {
    let mut ty = ty;
    // There are no more names than types.
    for _ in 0..=api.types.len() {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match &api.type_def(*id).shape {
                Shape::Alias(alias) => &alias.target,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}
