//! Emits what a paginated operation has beside its `send`: how its list goes on, as a `static` for
//! the runtime, and the methods that go through pages and items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use super::rustdoc::Rustdoc;
use super::tokens::spelled;
use crate::Plan;
use crate::ir::{NextPage, Operation, PageInput, Pagination, ParameterLocation, Type};
use crate::names::Ident;
use crate::rust::spelling::{Imports, spell};
use crate::snippet::Snippet;

/// How the list of `operation` goes on, as the `static` of this `name`.
pub(super) fn facts(
    pagination: &Pagination,
    name: &Ident,
    operation: &Operation,
    imports: &mut Imports,
) -> TokenStream {
    imports.add_path("crate::runtime::Paging");
    imports.add_path("crate::runtime::NextPage");
    let name = ident(name);
    let (items, more) = (way(&pagination.items), way(&pagination.more));
    let next = next(&pagination.next, operation, imports);
    quote! {
        static #name: Paging = Paging { items: #items, next: NextPage::#next, more: #more };
    }
}

fn next(next: &NextPage, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let input = next.input().map(|input| {
        imports.add_path("crate::runtime::PageInput");
        self::input(input, operation)
    });
    match next {
        NextPage::Number { first, .. } => {
            let first = Literal::i64_unsuffixed(*first);
            quote! { Number { input: #input, first: #first } }
        }
        NextPage::Offset { .. } => quote! { Offset { input: #input } },
        NextPage::Cursor { token, .. } => {
            let token = way(token);
            quote! { Cursor { input: #input, token: #token } }
        }
        NextPage::CursorHeader { header, .. } => {
            quote! { CursorHeader { input: #input, header: #header } }
        }
        NextPage::LastItem { property, .. } => quote! { LastItem { input: #input, member: #property } },
        NextPage::Url { url } => {
            let url = way(url);
            quote! { Url { url: #url } }
        }
        NextPage::LinkHeader => quote! { LinkHeader },
    }
}

fn input(input: &PageInput, operation: &Operation) -> TokenStream {
    match input {
        PageInput::Parameter(place) => {
            let parameter = &operation.parameters[*place];
            let name = &parameter.name;
            if parameter.location == ParameterLocation::Header {
                quote! { PageInput::Header(#name) }
            } else {
                quote! { PageInput::Query(#name) }
            }
        }
        PageInput::Body(member) => quote! { PageInput::Body(#member) },
    }
}

/// The members on the way to a value.
fn way(members: &[String]) -> TokenStream {
    quote! { &[#(#members),*] }
}

/// What the methods `pages` and `items` of a builder are made of.
pub(super) struct Walks<'a> {
    pub(super) page: &'a Type,
    pub(super) item: &'a Type,
    /// The `static` that says how the list goes on.
    pub(super) constant: &'a Ident,
    /// The statement that puts the body that the builder holds into the call.
    pub(super) put_body: Option<TokenStream>,
    /// How the items are gone through.
    pub(super) example: Snippet,
}

impl Walks<'_> {
    /// The two methods.
    pub(super) fn emit(&self, plan: &Plan, imports: &mut Imports) -> TokenStream {
        let Self { page, item, constant, put_body, example } = self;
        imports.add_path("crate::runtime::Pages");
        imports.add_path("crate::runtime::Items");
        imports.add(page, plan);
        imports.add(item, plan);
        let (page, item) = (spelled(&spell(page, plan)), spelled(&spell(item, plan)));
        let constant = ident(constant);
        let this = put_body.as_ref().map_or_else(|| quote! { self }, |_| quote! { mut self });
        let pages = "Returns the pages one after the other; each is requested when it is needed.";
        let pages = Rustdoc::new(pages).outer();
        let items =
            "Returns the items of all pages one after the other; each page is requested when it is needed.";
        let items = Rustdoc::new(items).example(example).outer();
        quote! {
            #pages
            pub fn pages(#this) -> Pages<#page> {
                #put_body
                self.call.pages(&#constant)
            }
            #items
            pub fn items(#this) -> Items<#item> {
                #put_body
                self.call.items(&#constant)
            }
        }
    }
}
