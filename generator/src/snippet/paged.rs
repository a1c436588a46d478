//! How the items of all pages are gone through.

use quote::quote;

use super::{Snippet, Snippets, Unsent, call};
use crate::ir::{Operation, OperationId, PageInput};
use crate::rust::arguments::{Input, Place};

/// Goes through the items of all pages. Which page to begin with is left to the server.
pub(super) fn items(id: OperationId, snippets: &Snippets<'_>) -> Snippet {
    let operation = snippets.plan.api.operation(id);
    let Unsent { before, call, needs } =
        call::unsent_but(id, snippets, |input| asks_for_page(input, operation));
    let gone_through = [
        quote! { let mut items = #call.items(); },
        quote! { while let Some(item) = items.next().await { let item = item?; println!("{item:#?}"); } },
    ];
    snippets.snippet(before.into_iter().chain(gone_through).collect(), needs)
}

/// Whether `input` says which page is wanted.
fn asks_for_page(input: &Input<'_>, operation: &Operation) -> bool {
    let asked = operation.pagination.as_ref().and_then(|pagination| pagination.next.input());
    match (&input.place, asked) {
        (Place::Parameter(parameter), Some(PageInput::Parameter(place))) => {
            let asked = &operation.parameters[*place];
            parameter.location == asked.location && parameter.name == asked.name
        }
        (Place::Member(field), Some(PageInput::Body(name))) => field.member.name == *name,
        _ => false,
    }
}
