//! Struct items out of progenitor's tokens.
//!
//! In go the tokens that it gives, out come the structs in them, with short paths and the names that
//! were decided.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::visit_mut::VisitMut;

use super::token;

/// The structs of progenitor's `mod types`, by their names, without what stands above them.
///
/// Its implementations for them are most of what it gives, and are passed over unparsed.
pub(super) fn struct_items(tokens: TokenStream) -> syn::Result<BTreeMap<String, syn::ItemStruct>> {
    let types = bodies_of("mod", tokens).find(|(name, _)| name == "types");
    let structs = types.map(|(_, body)| bodies_of("struct", body)).into_iter().flatten();
    let parsed = structs.map(|(name, body)| {
        let item = syn::parse2(quote! { pub struct #name { #body } })?;
        Ok((name.to_string(), item))
    });
    parsed.collect()
}

/// The names and the bodies of the items with this keyword, among the tokens at the top.
fn bodies_of(keyword: &str, tokens: TokenStream) -> impl Iterator<Item = (proc_macro2::Ident, TokenStream)> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let bodies: Vec<_> = trees
        .windows(3)
        .filter_map(|trees| match trees {
            [TokenTree::Ident(first), TokenTree::Ident(name), TokenTree::Group(body)] if first == keyword => {
                Some((name.clone(), body.stream()))
            }
            _ => None,
        })
        .collect();
    bodies.into_iter()
}

/// Writes `::std::vec::Vec` as `Vec`, which no type of ours is called, and gives structs their names.
pub(super) struct Shorten<'a> {
    pub(super) names: &'a BTreeMap<&'a str, &'a str>,
}

impl VisitMut for Shorten<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let is_std = path.leading_colon.is_some() && path.segments[0].ident == "std";
        if is_std && let Some(last) = path.segments.pop() {
            path.leading_colon = None;
            path.segments = std::iter::once(last.into_value()).collect();
        }
        if let Some(own) = path.get_ident().and_then(|ident| self.names.get(ident.to_string().as_str())) {
            *path = token(own).into();
        }
    }
}
