//! What a request can say about the page that it asks for.

use crate::ir::{Api, Body, BodyContent, Operation, PageInput, ParameterLocation, Resolved, Type};

/// The inputs of a request that choose a page, by their usual names.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    pub(super) cursor: Option<PageInput>,
    /// Whether the cursor is an item to go on after.
    pub(super) is_after: bool,
    pub(super) offset: Option<PageInput>,
    pub(super) number: Option<PageInput>,
    has_size: bool,
}

const CURSORS: [&str; 14] = [
    "cursor",
    "next",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "nextcursor",
    "pagecursor",
    "startcursor",
    "continue",
    "continuation",
    "continuationtoken",
    "paginationtoken",
    "marker",
    "starttoken",
];

const AFTER: [&str; 4] = ["after", "startingafter", "afterid", "startafter"];

const OFFSETS: [&str; 3] = ["offset", "skip", "startoffset"];

const NUMBERS: [&str; 5] = ["page", "pagenumber", "pagenum", "pageno", "pageindex"];

const SIZES: [&str; 8] =
    ["perpage", "pagesize", "limit", "size", "count", "maxresults", "pagelimit", "itemsperpage"];

impl Inputs {
    /// The inputs of `operation`: parameters in the query and in headers, and properties of a JSON body.
    pub(super) fn of(api: &Api, operation: &Operation) -> Self {
        let mut inputs = Self::default();
        for (place, parameter) in operation.parameters.iter().enumerate() {
            if !is_plain(api, &parameter.ty) {
                continue;
            }
            match parameter.location {
                ParameterLocation::Query => inputs.take(&parameter.name, PageInput::Parameter(place)),
                ParameterLocation::Header => {
                    inputs.take(without_x(&parameter.name), PageInput::Parameter(place));
                }
                ParameterLocation::Path | ParameterLocation::Cookie => {}
            }
        }
        for (name, ty) in body_properties(api, operation) {
            if is_plain(api, ty) {
                inputs.take(name, PageInput::Body(name.to_owned()));
            }
        }
        inputs
    }

    /// Whether the request can say anything about pages.
    pub(super) fn is_any(&self) -> bool {
        self.cursor.is_some() || self.offset.is_some() || self.number.is_some() || self.has_size
    }

    fn take(&mut self, name: &str, input: PageInput) {
        let name = comparable(name);
        let name = name.as_str();
        if CURSORS.contains(&name) {
            self.is_after &= self.cursor.is_some();
            self.cursor.get_or_insert(input);
        } else if AFTER.contains(&name) && self.cursor.is_none() {
            self.cursor = Some(input);
            self.is_after = true;
        } else if OFFSETS.contains(&name) {
            self.offset.get_or_insert(input);
        } else if NUMBERS.contains(&name) {
            self.number.get_or_insert(input);
        } else if SIZES.contains(&name) {
            self.has_size = true;
        }
    }
}

/// `Cursor` for `X-Cursor`, as headers were called before RFC 6648.
fn without_x(name: &str) -> &str {
    match name.get(..2) {
        Some(start) if start.eq_ignore_ascii_case("x-") => &name[2..],
        _ => name,
    }
}

/// The properties of a body that is a JSON object.
pub(super) fn body_properties<'a>(api: &'a Api, operation: &'a Operation) -> Vec<(&'a str, &'a Type)> {
    let [Body { content: BodyContent::Json(ty), .. }] = &operation.bodies[..] else { return Vec::new() };
    match api.resolve(ty) {
        Resolved::Struct(_, object) => {
            object.properties.iter().map(|property| (property.name.as_str(), &property.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether values of a type are texts or numbers, which can select a page.
pub(super) fn is_plain(api: &Api, ty: &Type) -> bool {
    match api.resolve_non_null(ty) {
        Resolved::Scalar(_) => true,
        // `limit: integer or text`
        Resolved::Union(_, union) => {
            union.variants.iter().any(|variant| matches!(variant.ty, Type::Scalar(_)))
        }
        _ => false,
    }
}

/// A name without its case and punctuation: `page[after]` and `pageAfter` are the same.
pub(super) fn comparable(name: &str) -> String {
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect();
    match plain.strip_prefix("page") {
        Some(rest) if name.contains('[') && !rest.is_empty() && (rest == "after" || rest == "cursor") => {
            rest.to_owned()
        }
        _ => plain,
    }
}
