//! What a response says about its page and the next one.

use crate::ir::{Api, Property, Resolved, Scalar, Type};

use super::request::{comparable, is_plain};

/// Properties that hold the list, when there are several lists to choose from.
const LISTS: [&str; 10] =
    ["data", "items", "results", "result", "values", "records", "entries", "list", "content", "objects"];

/// Properties that hold metadata of the page.
const ENVELOPES: [&str; 14] = [
    "meta",
    "metadata",
    "pagination",
    "paging",
    "pageinfo",
    "responsemetadata",
    "resultinfo",
    "links",
    "cursors",
    "pages",
    "page",
    "data",
    "result",
    "response",
];

const TOKENS: [&str; 13] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextpage",
    "endcursor",
    "cursor",
    "continue",
    "continuationtoken",
    "nextmarker",
    "lastid",
    "next",
    "after",
];

const URLS: [&str; 7] =
    ["nexturl", "nextpageurl", "nextpageuri", "nextlink", "nextpagelink", "nexturi", "next"];

const MORE: [&str; 7] =
    ["hasmore", "hasnext", "hasnextpage", "more", "istruncated", "hasmoreitems", "hasnextitems"];

/// Headers with the token of the next page, without the `x-` of some.
const TOKEN_HEADERS: [&str; 6] =
    ["nextcursor", "nextpagetoken", "nexttoken", "nextpage", "continuation", "mscontinuation"];

/// A response: a list, or an object with one in it.
pub(super) struct PageResponse<'a> {
    api: &'a Api,
    ty: &'a Type,
    headers: &'a [String],
}

impl<'a> PageResponse<'a> {
    /// The response of the type `ty` with these `headers`; `None` when it can hold no list.
    pub(super) fn of(api: &'a Api, ty: &'a Type, headers: &'a [String]) -> Option<Self> {
        let is_list = matches!(api.resolve(ty), Resolved::List(_));
        let is_object = matches!(api.resolve_non_null(ty), Resolved::Struct(..));
        (is_list || is_object).then_some(Self { api, ty, headers })
    }

    /// The path to the list of items, and what an item is. Of several lists, the
    /// name decides; `path`, when given, is the path to take.
    pub(super) fn list(&self, path: Option<&[String]>) -> Option<(Vec<String>, Type)> {
        if let Some(path) = path {
            let end = path.iter().try_fold(self.ty, |ty, name| property(self.api, ty, name))?;
            return list_item(self.api, end).map(|item| (path.to_vec(), item));
        }
        if let Some(item) = list_item(self.api, self.ty) {
            return Some((Vec::new(), item));
        }
        if let Some((name, item)) = list_in(self.api, self.ty) {
            return Some((vec![name], item));
        }
        // One object further down: `{"data": {"items": […]}}`.
        properties(self.api, self.ty).iter().filter(|property| is_envelope(property)).find_map(|property| {
            let (name, item) = list_in(self.api, &property.ty)?;
            Some((vec![property.name.clone(), name], item))
        })
    }

    /// The path to the token of the next page.
    pub(super) fn token(&self) -> Option<Vec<String>> {
        self.find(&TOKENS, |property| is_plain(self.api, &property.ty))
    }

    /// The header with the token of the next page.
    pub(super) fn token_header(&self) -> Option<String> {
        let is_token = |header: &&String| {
            let name = comparable(header);
            TOKEN_HEADERS.contains(&name.strip_prefix('x').unwrap_or(&name))
        };
        self.headers.iter().find(is_token).cloned()
    }

    /// Whether a header links to the next page.
    pub(super) fn has_link(&self) -> bool {
        self.headers.iter().any(|header| header.eq_ignore_ascii_case("link"))
    }

    /// The path to the URL of the next page.
    pub(super) fn url(&self) -> Option<Vec<String>> {
        self.find(&URLS, |property| self.is_scalar(&property.ty, Scalar::String))
    }

    /// The path to the truth value that says whether there is a next page.
    pub(super) fn more(&self) -> Option<Vec<String>> {
        self.find(&MORE, |property| self.is_scalar(&property.ty, Scalar::Bool))
    }

    fn is_scalar(&self, ty: &Type, scalar: Scalar) -> bool {
        matches!(self.api.resolve_non_null(ty), Resolved::Scalar(resolved) if resolved == scalar)
    }

    /// The property that identifies an item.
    pub(super) fn id_of(&self, item: &Type) -> Option<String> {
        properties(self.api, item)
            .iter()
            .find(|property| property.name == "id")
            .map(|property| property.name.clone())
    }

    /// Whether there is a property at `path`.
    pub(super) fn has(&self, path: &[String]) -> bool {
        path.iter().try_fold(self.ty, |ty, name| property(self.api, ty, name)).is_some()
    }

    /// The path to the property with the first of `names` that is there, in the response or in
    /// its metadata of the page.
    fn find(&self, names: &[&str], is_fit: impl Fn(&Property) -> bool) -> Option<Vec<String>> {
        let own = properties(self.api, self.ty);
        let in_properties = |properties: &[Property]| {
            names.iter().find_map(|name| {
                let fit = properties
                    .iter()
                    .find(|property| comparable(&property.name) == *name && is_fit(property));
                fit.map(|property| property.name.clone())
            })
        };
        if let Some(name) = in_properties(own) {
            return Some(vec![name]);
        }
        own.iter().filter(|property| is_envelope(property)).find_map(|envelope| {
            let inner = properties(self.api, &envelope.ty);
            if let Some(name) = in_properties(inner) {
                return Some(vec![envelope.name.clone(), name]);
            }
            // `meta.pagination.next`, `paging.cursors.after`
            inner.iter().filter(|property| is_envelope(property)).find_map(|nested| {
                let name = in_properties(properties(self.api, &nested.ty))?;
                Some(vec![envelope.name.clone(), nested.name.clone(), name])
            })
        })
    }
}

fn is_envelope(property: &Property) -> bool {
    ENVELOPES.contains(&comparable(&property.name).as_str())
}

/// The list among the properties of an object: the only one, or the one with a usual name.
fn list_in(api: &Api, ty: &Type) -> Option<(String, Type)> {
    let lists: Vec<(&Property, Type)> = properties(api, ty)
        .iter()
        .filter_map(|property| list_item(api, &property.ty).map(|item| (property, item)))
        .collect();
    let usual = || {
        LISTS.iter().find_map(|name| lists.iter().find(|(property, _)| comparable(&property.name) == *name))
    };
    let (property, item) = if let [only] = &lists[..] { only } else { usual()? };
    Some((property.name.clone(), item.clone()))
}

fn list_item(api: &Api, ty: &Type) -> Option<Type> {
    match api.resolve_non_null(ty) {
        Resolved::List(item) => Some(item.clone()),
        _ => None,
    }
}

fn property<'a>(api: &'a Api, ty: &'a Type, name: &str) -> Option<&'a Type> {
    properties(api, ty).iter().find(|property| property.name == name).map(|property| &property.ty)
}

fn properties<'a>(api: &'a Api, ty: &'a Type) -> &'a [Property] {
    match api.resolve_non_null(ty) {
        Resolved::Struct(_, object) => &object.properties,
        _ => &[],
    }
}
