//! What an answer says of its page and of the next one.

use crate::ir::{Api, Member, Shape, Type};

use super::request::{comparable, is_plain};

/// Members that hold the list, when there are several lists to choose from.
const LISTS: [&str; 10] =
    ["data", "items", "results", "result", "values", "records", "entries", "list", "content", "objects"];

/// Members that hold what is said about the page.
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

/// Headers with what the next page is asked for with, without the `x-` of some.
const TOKEN_HEADERS: [&str; 6] =
    ["nextcursor", "nextpagetoken", "nexttoken", "nextpage", "continuation", "mscontinuation"];

/// An answer: a list, or an object with one in it.
pub(super) struct Answer<'a> {
    api: &'a Api,
    ty: &'a Type,
    headers: &'a [String],
}

impl<'a> Answer<'a> {
    /// The answer of the type `ty` with these `headers`; `None` when it can hold no list.
    pub(super) fn of(api: &'a Api, ty: &'a Type, headers: &'a [String]) -> Option<Self> {
        let ty = resolved(api, ty);
        matches!(ty, Type::List(_) | Type::Named(_)).then_some(Self { api, ty, headers })
    }

    /// The way to the list of items, and what an item is. Several lists are told apart by their
    /// names; `way`, when given, is the way to take.
    pub(super) fn list(&self, way: Option<&[String]>) -> Option<(Vec<String>, Type)> {
        if let Some(way) = way {
            let end = way.iter().try_fold(self.ty, |ty, name| member(self.api, ty, name))?;
            return list_item(self.api, end).map(|item| (way.to_vec(), item));
        }
        if let Type::List(item) = self.ty {
            return Some((Vec::new(), (**item).clone()));
        }
        if let Some((name, item)) = list_in(self.api, self.ty) {
            return Some((vec![name], item));
        }
        // One object further down: `{"data": {"items": […]}}`.
        members(self.api, self.ty).iter().filter(|member| is_envelope(member)).find_map(|member| {
            let (name, item) = list_in(self.api, &member.ty)?;
            Some((vec![member.name.clone(), name], item))
        })
    }

    /// The way to the value that asks for the next page.
    pub(super) fn token(&self) -> Option<Vec<String>> {
        self.find(&TOKENS, |member| is_plain(self.api, &member.ty))
    }

    /// The header with the value that asks for the next page.
    pub(super) fn token_header(&self) -> Option<String> {
        let is_token = |header: &&String| {
            let name = comparable(header);
            TOKEN_HEADERS.contains(&name.strip_prefix('x').unwrap_or(&name))
        };
        self.headers.iter().find(is_token).cloned()
    }

    /// Whether a header says where the list goes on.
    pub(super) fn has_link(&self) -> bool {
        self.headers.iter().any(|header| header.eq_ignore_ascii_case("link"))
    }

    /// The way to the URL of the next page.
    pub(super) fn url(&self) -> Option<Vec<String>> {
        self.find(&URLS, |member| is_text(self.api, &member.ty))
    }

    /// The way to the truth value that says whether there is a next page.
    pub(super) fn more(&self) -> Option<Vec<String>> {
        use crate::ir::Scalar;
        self.find(&MORE, |member| {
            matches!(without_null(resolved(self.api, &member.ty)), Type::Scalar(Scalar::Bool))
        })
    }

    /// The member of an item that it is known by.
    pub(super) fn id_of(&self, item: &Type) -> Option<String> {
        members(self.api, item).iter().find(|member| member.name == "id").map(|member| member.name.clone())
    }

    /// Whether `way` leads to a member.
    pub(super) fn has(&self, way: &[String]) -> bool {
        way.iter().try_fold(self.ty, |ty, name| member(self.api, ty, name)).is_some()
    }

    /// The way to the member with the first of `names` that is there, in the answer or in what
    /// it says of the page.
    fn find(&self, names: &[&str], is_fit: impl Fn(&Member) -> bool) -> Option<Vec<String>> {
        let own = members(self.api, self.ty);
        let in_members = |members: &[Member]| {
            names.iter().find_map(|name| {
                let fit = members.iter().find(|member| comparable(&member.name) == *name && is_fit(member));
                fit.map(|member| member.name.clone())
            })
        };
        if let Some(name) = in_members(own) {
            return Some(vec![name]);
        }
        own.iter().filter(|member| is_envelope(member)).find_map(|envelope| {
            let inner = members(self.api, &envelope.ty);
            if let Some(name) = in_members(inner) {
                return Some(vec![envelope.name.clone(), name]);
            }
            // `meta.pagination.next`, `paging.cursors.after`
            inner.iter().filter(|member| is_envelope(member)).find_map(|nested| {
                let name = in_members(members(self.api, &nested.ty))?;
                Some(vec![envelope.name.clone(), nested.name.clone(), name])
            })
        })
    }
}

fn is_envelope(member: &Member) -> bool {
    ENVELOPES.contains(&comparable(&member.name).as_str())
}

/// The list among the members of an object: the only one, or the one with a usual name.
fn list_in(api: &Api, ty: &Type) -> Option<(String, Type)> {
    let lists: Vec<(&Member, Type)> = members(api, ty)
        .iter()
        .filter_map(|member| list_item(api, &member.ty).map(|item| (member, item)))
        .collect();
    let usual =
        || LISTS.iter().find_map(|name| lists.iter().find(|(member, _)| comparable(&member.name) == *name));
    let (member, item) = if let [only] = &lists[..] { only } else { usual()? };
    Some((member.name.clone(), item.clone()))
}

fn list_item(api: &Api, ty: &Type) -> Option<Type> {
    match without_null(resolved(api, ty)) {
        Type::List(item) => Some((**item).clone()),
        _ => None,
    }
}

fn member<'a>(api: &'a Api, ty: &'a Type, name: &str) -> Option<&'a Type> {
    members(api, ty).iter().find(|member| member.name == name).map(|member| &member.ty)
}

fn members<'a>(api: &'a Api, ty: &'a Type) -> &'a [Member] {
    match without_null(resolved(api, ty)) {
        Type::Named(id) | Type::Boxed(id) => match &api.type_def(*id).shape {
            Shape::Struct(object) => &object.members,
            _ => &[],
        },
        _ => &[],
    }
}

fn is_text(api: &Api, ty: &Type) -> bool {
    use crate::ir::Scalar;
    matches!(without_null(resolved(api, ty)), Type::Scalar(Scalar::String))
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}

/// The type behind aliases.
fn resolved<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    // An alias of itself was reported; it ends somewhere all the same.
    for _ in 0..=api.types.len() {
        let id = match without_null(ty) {
            Type::Named(id) | Type::Boxed(id) => *id,
            _ => return ty,
        };
        let Shape::Alias(alias) = &api.type_def(id).shape else { return without_null(ty) };
        ty = &alias.target;
    }
    ty
}
