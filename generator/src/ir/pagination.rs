//! Pagination: how a list goes on over several answers.

use super::Type;

/// How the list that an operation gives goes on over several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The members on the way from the answer to the list of items; empty when it is the list itself.
    pub items: Vec<String>,
    /// What an item is.
    pub item: Type,
    /// How the next page is asked for.
    pub next: NextPage,
    /// The members on the way to the truth value that says whether there is a next page. Without
    /// it, the last page is the one that has no items, or no word of the next.
    pub more: Vec<String>,
}

/// How the next page is asked for.
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
    /// With a value from the answer.
    Cursor {
        /// Where the value goes.
        input: PageInput,
        /// The members on the way to it; absent, null or empty on the last page.
        token: Vec<String>,
    },
    /// With a value from a header of the answer.
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
        /// The member of an item that holds it.
        member: String,
    },
    /// By the URL that the answer gives.
    Url {
        /// The members on the way to it; absent, null or empty on the last page.
        url: Vec<String>,
    },
    /// By the URL in the header `Link` with the relation `next`.
    LinkHeader,
}

impl NextPage {
    /// What the request says about the page that it wants; `None` when it goes where it is told.
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

/// Where a request says which page it wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// The parameter at this place in [`Operation::parameters`](super::Operation::parameters), in
    /// the query or in a header.
    Parameter(usize),
    /// This member of the JSON body.
    Body(String),
}
