//! Emits what a paginated operation has beside its `send`: how its list goes on, as a `static` for
//! the runtime, and the methods that return pages and items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::rustdoc::Rustdoc;
use crate::sdk::{NextPage, PageInput, Pages};
use crate::snippet::Snippet;

/// How the list goes on, as a `static`.
pub(super) fn descriptor(pages: &Pages, imports: &mut Imports) -> TokenStream {
    imports.add_path("crate::runtime::Paging");
    imports.add_path("crate::runtime::NextPage");
    let constant = &pages.constant;
    let (items, more) = (path(&pages.items), path(&pages.more));
    let next = next(&pages.next, imports);
    quote! {
        static #constant: Paging = Paging { items: #items, next: NextPage::#next, more: #more };
    }
}

fn next(next: &NextPage, imports: &mut Imports) -> TokenStream {
    let input = next.input().map(|input| {
        imports.add_path("crate::runtime::PageInput");
        match input {
            PageInput::Query(name) => quote! { PageInput::Query(#name) },
            PageInput::Header(name) => quote! { PageInput::Header(#name) },
            PageInput::Body(property) => quote! { PageInput::Body(#property) },
        }
    });
    match next {
        NextPage::Number { first, .. } => {
            let first = Literal::i64_unsuffixed(*first);
            quote! { Number { input: #input, first: #first } }
        }
        NextPage::Offset { .. } => quote! { Offset { input: #input } },
        NextPage::Cursor { token, .. } => {
            let token = path(token);
            quote! { Cursor { input: #input, token: #token } }
        }
        NextPage::CursorHeader { header, .. } => {
            quote! { CursorHeader { input: #input, header: #header } }
        }
        NextPage::LastItem { property, .. } => quote! { LastItem { input: #input, property: #property } },
        NextPage::Url { url } => {
            let url = path(url);
            quote! { Url { url: #url } }
        }
        NextPage::LinkHeader => quote! { LinkHeader },
    }
}

/// The properties that lead to a value.
fn path(properties: &[String]) -> TokenStream {
    quote! { &[#(#properties),*] }
}

/// The methods `pages` and `items` of a request builder.
pub(super) fn methods(pages: &Pages, example: &Snippet, imports: &mut Imports) -> TokenStream {
    let Pages { constant, page, item, .. } = pages;
    imports.add_path("crate::runtime::Pages");
    imports.add_path("crate::runtime::Items");
    imports.add(page);
    imports.add(item);
    let of_pages = "Returns the pages one after the other; each is requested when it is needed.";
    let of_pages = Rustdoc::new(of_pages).outer();
    let of_items =
        "Returns the items of all pages one after the other; each page is requested when it is needed.";
    let of_items = Rustdoc::new(of_items).example(example).outer();
    quote! {
        #of_pages
        pub fn pages(self) -> Pages<#page> {
            self.call.pages(&#constant)
        }
        #of_items
        pub fn items(self) -> Items<#item> {
            self.call.items(&#constant)
        }
    }
}
