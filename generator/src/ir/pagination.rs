//! Pagination: how to get the pages of a list.

use super::Type;

/// How to get the pages of the list of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The path from the response to the list of items; empty when it is the list itself.
    pub items: Vec<String>,
    /// What an item is.
    pub item: Type,
    /// How the next page is asked for.
    pub next: NextPage,
    /// The path to the boolean that says whether there is a next page. Without it, the last page is
    /// the one without items, or without a reference to the next one.
    pub more: Vec<String>,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// With the number of the page.
    Number {
        /// Where the number goes.
        input: PageInput,
        /// The number of the first page.
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
        /// The path to it; absent, null or empty on the last page.
        token: Vec<String>,
    },
    /// With a value from a header of the response.
    CursorHeader {
        /// Where the value goes.
        input: PageInput,
        /// The header; absent or empty on the last page.
        header: String,
    },
    /// With a value from the last item of the page.
    LastItem {
        /// Where the value goes.
        input: PageInput,
        /// The property of an item that holds it.
        property: String,
    },
    /// By the URL that the response gives.
    Url {
        /// The path to it; absent, null or empty on the last page.
        url: Vec<String>,
    },
    /// By the URL in the header `Link` with the relation `next`.
    LinkHeader,
}

impl NextPage {
    /// Where the request says which page it asks for; `None` when the page is a URL.
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

/// Where a request says which page it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// The parameter at this place in [`Operation::parameters`](super::Operation::parameters), in
    /// the query or in a header.
    Parameter(usize),
    /// This property of the JSON body.
    Body(String),
}
