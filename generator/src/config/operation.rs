//! Settings of operations: their names, and what documents have no words for.

use serde::Deserialize;

/// Settings of one operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OperationConfig {
    /// The name of its method.
    pub name: Option<String>,
    /// The group it goes in, in place of its tag; dots between parts.
    pub resource: Option<String>,
    /// How its list goes on over several responses.
    pub pagination: Option<PaginationConfig>,
    /// Whether its request may be sent again.
    pub idempotency: Option<Idempotency>,
    /// How its stream of events ends and fails, in place of what goes for the API.
    pub events: Option<EventsConfig>,
    /// Why.
    pub reason: String,
}

/// Which requests have an idempotency key: a text that is the same on each attempt of a call, so that
/// the server does the request once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdempotencyKeys {
    /// The header that it goes into; `Idempotency-Key` by default.
    pub header: Option<String>,
    /// Every request whose method HTTP does not call idempotent has one, unless its operation has
    /// an `idempotency` of its own.
    #[serde(default)]
    pub all: bool,
}

/// Whether a request may be sent again when it is not known whether the server received it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Idempotency {
    /// As HTTP defines the method (RFC 9110, section 9.2.2), whatever `[idempotency]` says.
    ByMethod,
    /// It may.
    Idempotent,
    /// It may not.
    NotIdempotent,
    /// It may, with an idempotency key; each call gets one.
    WithKey,
}

/// How a stream of events ends and fails.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EventsConfig {
    /// The data of the event that says that there are no more, without which the stream was cut short;
    /// by default, it ends with the response.
    pub end: Option<String>,
    /// The names of events that say that the operation failed.
    #[serde(default)]
    pub errors: Vec<String>,
}

/// How the list of an operation goes on over several responses, where no rule can tell.
/// Names are those on the wire; nested properties have dots between them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaginationConfig {
    /// How the next page is asked for; `none` when there are no pages after all.
    pub kind: PageKind,
    /// The query parameter that asks for a page, or `header.` and a header, or `body.` and a property
    /// of the body.
    pub parameter: Option<String>,
    /// Where the response has the list.
    pub items: Option<String>,
    /// Where the response has the cursor or the URL of the next page; for `cursor-header`, the header;
    /// for `last-item`, the property of an item.
    pub next: Option<String>,
    /// Where the response says whether there are more.
    pub more: Option<String>,
    /// The number of the first page.
    pub first: Option<i64>,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// It is not: the operation has no pages.
    None,
    /// With its number.
    Page,
    /// With the number of items so far.
    Offset,
    /// With a value from the response.
    Cursor,
    /// With a value from a header of the response.
    CursorHeader,
    /// With a value from the last item.
    LastItem,
    /// By the URL in the response.
    Url,
    /// By the URL in the header `Link`.
    LinkHeader,
}
