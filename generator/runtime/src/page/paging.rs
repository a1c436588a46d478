//! How a list is split into pages: static data, written by the generator.

/// How a list is split into pages.
#[derive(Debug)]
pub struct Paging {
    /// The path of properties from the body to the list; empty when the body is the list.
    pub items: &'static [&'static str],
    /// How the next page is requested.
    pub next: NextPage,
    /// The path of properties to the boolean that says whether there is a next page.
    pub more: &'static [&'static str],
}

/// How the next page is requested.
#[derive(Debug)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum NextPage {
    /// With its number.
    Number {
        /// Where it goes.
        input: PageInput,
        /// The number of the page that is sent when none is requested.
        first: i64,
    },
    /// With the number of items so far.
    Offset {
        /// Where it goes.
        input: PageInput,
    },
    /// With a value from the body of the response.
    Cursor {
        /// Where it goes.
        input: PageInput,
        /// The path of properties to it; absent, null or empty on the last page.
        token: &'static [&'static str],
    },
    /// With a value from a header of the response.
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
        /// The property of an item that holds it.
        property: &'static str,
    },
    /// With the URL in the body of the response.
    Url {
        /// The path of properties to it; absent, null or empty on the last page.
        url: &'static [&'static str],
    },
    /// With the URL in the header `Link` with the relation `next`.
    LinkHeader,
}

/// The part of a request that selects a page.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "the generator uses those that the API has")]
pub enum PageInput {
    /// The query parameter of this name.
    Query(&'static str),
    /// The header of this name.
    Header(&'static str),
    #[cfg(feature = "bodies")]
    /// This property of the JSON body.
    Body(&'static str),
}
