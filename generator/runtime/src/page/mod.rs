//! Lists over several responses, as streams of pages and of items.
//!
//! In come a call and what the document says of its pages; out come pages and items, each
//! requested when it is wanted. Pages are read only as far as it takes to find the next one. It must not
//! know how requests are sent.

mod input;
mod link;
mod pages;
mod paginator;
mod paging;

pub use pages::{Items, Pages};
pub use paging::{NextPage, PageInput, Paging};
