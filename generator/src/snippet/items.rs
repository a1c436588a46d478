//! How the items of all pages are gone through.

use quote::quote;

use super::{Snippet, Snippets, UnsentRequest, call};
use crate::sdk::Operation;

/// Goes through the items of all pages. Which page to begin with is left to the server.
pub(super) fn items(operation: &Operation, snippets: &Snippets<'_>) -> Snippet {
    let UnsentRequest { before, builder, requirements } =
        call::request_without(operation, snippets, |input| input.selects_page);
    let loop_over = [
        quote! { let mut items = #builder.items(); },
        quote! { while let Some(item) = items.next().await { let item = item?; println!("{item:#?}"); } },
    ];
    snippets.snippet(before.into_iter().chain(loop_over).collect(), requirements)
}
