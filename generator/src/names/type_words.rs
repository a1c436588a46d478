//! What types are called, in words: a component by its name, an inline type by where it stands.
//!
//! An inline type that stands in several places is called by what its places have in common at their end:
//! `order`, not `list assistants order`.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::Naming;
use super::requests::request_words;
use super::{case, words};
use crate::ir::{Api, ParameterLocation, Shape, Type, TypeDef, TypeId};

/// Words that say only that there is a list, so that what is in it is called after what is around it.
const LISTS: &[&str] =
    &["data", "entries", "items", "list", "objects", "records", "results", "rows", "values"];

/// Words between an operation and what is in its request or response.
const MESSAGES: &[&str] = &["request", "response"];

/// Words for a variant of a union by its kind.
const KINDS: &[&str] = &["base", "object", "union", "value", "variant"];

/// What is known of the types of an API.
pub(super) struct TypeWords<'a> {
    api: &'a Api,
    /// What the requests of operations are called, by operationId.
    requests: BTreeMap<&'a str, Vec<String>>,
    /// The types of query parameters that are no plain values.
    filters: BTreeSet<TypeId>,
}

impl<'a> TypeWords<'a> {
    pub(super) fn of(api: &'a Api, naming: &Naming) -> Self {
        let operations = api.operations.iter().zip(&naming.operations);
        let requests = operations.map(|(operation, named)| (operation.id.as_str(), request_words(named)));
        Self { api, requests: requests.collect(), filters: filters(api) }
    }

    /// Names for a type, the best first.
    pub(super) fn candidates(&self, id: TypeId) -> Vec<Vec<String>> {
        let ty = self.api.type_def(id);
        let own = self.place(&ty.name_parts, ty);
        if ty.is_component() {
            return vec![own];
        }
        let mut candidates = Vec::new();
        let others: Vec<Vec<String>> = ty.other_names.iter().map(|parts| self.place(parts, ty)).collect();
        let shared = others.iter().fold(own.len(), |shared, other| shared.min(common_end(&own, other)));
        if !others.is_empty() {
            let words = own[own.len() - shared..].to_vec();
            let start = words.iter().take_while(|word| MESSAGES.contains(&word.as_str())).count();
            candidates.push(words[start.min(words.len().saturating_sub(1))..].to_vec());
            candidates.extend((shared + 1..own.len()).map(|words| own[own.len() - words..].to_vec()));
            candidates.retain(|words| is_name(words));
        }
        let longest_end = (0..own.len()).map(|start| &own[start..]).find(|words| case::is_short(words));
        let end =
            longest_end.filter(|words| words.len() < own.len() && is_name(words)).map(<[String]>::to_vec);
        candidates.push(own);
        // Long names lose words in their middle, which may be those that discriminate them.
        candidates.extend(end);
        if self.filters.contains(&id) {
            candidates.iter_mut().for_each(as_filter);
        }
        candidates
    }

    /// The words for a place where a type stands: the request, or the component that it is in, and the way
    /// from there.
    fn place(&self, parts: &[String], ty: &TypeDef) -> Vec<String> {
        let Some((first, rest)) = parts.split_first() else { return Vec::new() };
        let is_in_component = ty.location.pointer.to_string().starts_with("/components/schemas/");
        let request = self.requests.get(first.as_str()).filter(|_| !is_in_component);
        let mut place = request.cloned().unwrap_or_else(|| case::words(first));
        for part in rest {
            if part == "item" {
                as_item(&mut place);
            } else {
                place.extend(case::words(part));
            }
        }
        place
    }
}

/// Whether `words` say something by themselves, rather than which of the variants of a union it is.
fn is_name(words: &[String]) -> bool {
    let begins_with_number = |words: &[String]| words.first().is_some_and(|word| is_number(word));
    match words {
        [] => false,
        [variant, number, ..] if variant == "variant" && is_number(number) => false,
        [only] => !KINDS.contains(&only.as_str()) && !is_number(only),
        words => !begins_with_number(words),
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Turns the words for a list into those for one of its items.
fn as_item(place: &mut Vec<String>) {
    let Some(last) = place.last_mut() else { return };
    let singular = words::singular(last);
    if LISTS.contains(&last.as_str()) {
        "item".clone_into(last);
    } else if singular == *last {
        place.push("item".to_owned());
    } else {
        *last = singular;
    }
}

fn as_filter(name: &mut Vec<String>) {
    if name.last().is_some_and(|last| last != "filter") {
        name.push("filter".to_owned());
    }
}

/// How many words both end with.
fn common_end(one: &[String], other: &[String]) -> usize {
    one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}

/// The structs and unions that query parameters are made of.
fn filters(api: &Api) -> BTreeSet<TypeId> {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let in_query = parameters.filter(|parameter| parameter.location == ParameterLocation::Query);
    in_query.filter_map(|parameter| named(&parameter.ty)).filter(|id| is_filter(*id, api)).collect()
}

fn is_filter(id: TypeId, api: &Api) -> bool {
    let ty = api.type_def(id);
    !ty.is_component() && matches!(ty.shape, Shape::Struct(_) | Shape::Union(_))
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => named(inner),
        _ => None,
    }
}
