//! How a list goes on over several answers: static data, written by the generator.

/// How a list goes on over several answers.
#[derive(Debug)]
pub struct Paging {
    /// The members on the way from the answer to the list; empty when it is the list itself.
    pub items: &'static [&'static str],
    /// How the next page is asked for.
    pub next: NextPage,
    /// The members on the way to the truth value that says whether there is a next page.
    pub more: &'static [&'static str],
}

/// How the next page is asked for.
#[derive(Debug)]
pub enum NextPage {
    /// With its number.
    Number {
        /// Where it goes.
        input: PageInput,
        /// The number of the page that comes without asking for one.
        first: i64,
    },
    /// With the number of items so far.
    Offset {
        /// Where it goes.
        input: PageInput,
    },
    /// With a value from the answer.
    Cursor {
        /// Where it goes.
        input: PageInput,
        /// The members on the way to it; absent, null or empty on the last page.
        token: &'static [&'static str],
    },
    /// With a value from a header of the answer.
    CursorHeader {
        /// Where it goes.
        input: PageInput,
        /// The header; absent or empty on the last page.
        header: &'static str,
    },
    /// With a value from the last item of the page.
    LastItem {
        /// Where it goes.
        input: PageInput,
        /// The member of an item that holds it.
        member: &'static str,
    },
    /// By the URL that the answer gives.
    Url {
        /// The members on the way to it; absent, null or empty on the last page.
        url: &'static [&'static str],
    },
    /// By the URL in the header `Link` with the relation `next`.
    LinkHeader,
}

/// Where a request says which page it wants.
#[derive(Clone, Copy, Debug)]
pub enum PageInput {
    /// The query parameter of this name.
    Query(&'static str),
    /// The header of this name.
    Header(&'static str),
    /// This member of the JSON body.
    Body(&'static str),
}
