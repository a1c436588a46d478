//! How a list goes on over several pages.

use super::parameter_style::ParameterLocation;
use super::{Context, Input, Target, Type};
use crate::ir::{self, Operation, OperationId, ResponseContent};
use crate::names::Ident;

/// How the list of an operation goes on.
#[derive(Clone, Debug)]
pub struct Pages {
    /// `LIST_FILES_PAGING`: the static that describes it.
    pub constant: Ident,
    /// The type of a page, which is what `send` returns.
    pub page: Type,
    /// The type of an item.
    pub item: Type,
    /// The properties that lead from the response to the items; empty when it is the list itself.
    pub items: Vec<String>,
    /// How the next page is requested.
    pub next: NextPage,
    /// The properties that lead to the flag that says whether there is a next page; empty without one.
    pub more: Vec<String>,
}

/// How the next page is requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// With the number of the page.
    Number {
        /// Where the number goes.
        input: PageInput,
        /// The number of the page that comes without asking for one.
        first: i64,
    },
    /// With the number of items so far.
    Offset {
        /// Where the number goes.
        input: PageInput,
    },
    /// With a value from the response.
    Cursor {
        /// Where the value goes.
        input: PageInput,
        /// The properties that lead to it.
        token: Vec<String>,
    },
    /// With a value from a header of the response.
    CursorHeader {
        /// Where the value goes.
        input: PageInput,
        /// The header.
        header: String,
    },
    /// With a value from the last item of the page.
    LastItem {
        /// Where the value goes.
        input: PageInput,
        /// The property of an item that holds it.
        property: String,
    },
    /// By the URL in the response.
    Url {
        /// The properties that lead to it.
        url: Vec<String>,
    },
    /// By the URL in the header `Link` with the relation `next`.
    LinkHeader,
}

/// Where a request says which page it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// In the query parameter of this name.
    Query(String),
    /// In the header of this name.
    Header(String),
    /// In the property of this name in the JSON body.
    Body(String),
}

impl NextPage {
    /// Where a request says which page it wants; `None` when it is sent to the URL that it is given.
    #[must_use]
    pub fn input(&self) -> Option<&PageInput> {
        match self {
            Self::Number { input, .. }
            | Self::Offset { input }
            | Self::Cursor { input, .. }
            | Self::CursorHeader { input, .. }
            | Self::LastItem { input, .. } => Some(input),
            Self::Url { .. } | Self::LinkHeader => None,
        }
    }
}

/// The pages of the operation `id`, when it returns its list page by page.
pub(super) fn plan(id: OperationId, context: &Context<'_>) -> Option<Pages> {
    let operation = context.api.operation(id);
    let pagination = operation.pagination.as_ref()?;
    let constant = context.names.operation(id).paging.clone()?;
    let [ResponseContent::Json(page)] = operation.contents()[..] else { return None };
    Some(Pages {
        constant,
        page: context.ty(page),
        item: context.ty(&pagination.item),
        items: pagination.items.clone(),
        next: next(&pagination.next, operation),
        more: pagination.more.clone(),
    })
}

fn next(next: &ir::NextPage, operation: &Operation) -> NextPage {
    let input = |input: &ir::PageInput| page_input(input, operation);
    match next {
        ir::NextPage::Number { input: place, first } => {
            NextPage::Number { input: input(place), first: *first }
        }
        ir::NextPage::Offset { input: place } => NextPage::Offset { input: input(place) },
        ir::NextPage::Cursor { input: place, token } => {
            NextPage::Cursor { input: input(place), token: token.clone() }
        }
        ir::NextPage::CursorHeader { input: place, header } => {
            NextPage::CursorHeader { input: input(place), header: header.clone() }
        }
        ir::NextPage::LastItem { input: place, property } => {
            NextPage::LastItem { input: input(place), property: property.clone() }
        }
        ir::NextPage::Url { url } => NextPage::Url { url: url.clone() },
        ir::NextPage::LinkHeader => NextPage::LinkHeader,
    }
}

fn page_input(input: &ir::PageInput, operation: &Operation) -> PageInput {
    match input {
        ir::PageInput::Parameter(place) => {
            let parameter = &operation.parameters[*place];
            match parameter.location {
                ir::ParameterLocation::Header => PageInput::Header(parameter.name.clone()),
                _ => PageInput::Query(parameter.name.clone()),
            }
        }
        ir::PageInput::Body(property) => PageInput::Body(property.clone()),
    }
}

/// Whether `input` says which page of the operation is wanted.
pub(super) fn selects_page(input: &Input, operation: &Operation) -> bool {
    let next = operation.pagination.as_ref().and_then(|pagination| pagination.next.input());
    match (&input.target, next) {
        (Target::Parameter { location, .. }, Some(ir::PageInput::Parameter(place))) => {
            let parameter = &operation.parameters[*place];
            *location == ParameterLocation::from(parameter.location) && input.wire_name == parameter.name
        }
        (Target::Property { .. }, Some(ir::PageInput::Body(name))) => input.wire_name == *name,
        _ => false,
    }
}
