//! The types of fields out of progenitor's tokens.
//!
//! In go the tokens that it gives, out come the structs in them with the types of their fields, with
//! short paths and the names that were decided.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;

/// The structs of progenitor's `mod types`, by their names, each with the types of its fields by theirs.
///
/// Its implementations for them are most of what it gives, and are passed over unparsed.
pub(super) fn struct_types(
    tokens: TokenStream,
    own_names: &BTreeMap<&str, &str>,
) -> syn::Result<BTreeMap<String, BTreeMap<String, String>>> {
    let types = bodies_of("mod", tokens).find(|(name, _)| name == "types");
    let structs = types.map(|(_, body)| bodies_of("struct", body)).into_iter().flatten();
    let parsed = structs.map(|(name, body)| {
        let item: syn::ItemStruct = syn::parse2(quote! { struct #name { #body } })?;
        let fields = item.fields.into_iter().filter_map(|mut field| {
            OwnNames(own_names).visit_type_mut(&mut field.ty);
            Some((field.ident?.to_string(), field.ty.to_token_stream().to_string()))
        });
        Ok((name.to_string(), fields.collect()))
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

/// Writes `::std::vec::Vec` as `Vec`, which no type of ours is called, and puts in the names of structs and the
/// tuples that placeholders stand for.
struct OwnNames<'a>(&'a BTreeMap<&'a str, &'a str>);

impl VisitMut for OwnNames<'_> {
    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        syn::visit_mut::visit_type_mut(self, ty);
        if let syn::Type::Path(path) = ty
            && let Some(ident) = path.path.get_ident()
            && let Some(own) = self.0.get(ident.to_string().as_str())
            && let Ok(own) = syn::parse_str(own)
        {
            *ty = own;
        }
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let is_std = path.leading_colon.is_some() && path.segments[0].ident == "std";
        if is_std && let Some(last) = path.segments.pop() {
            path.leading_colon = None;
            path.segments = std::iter::once(last.into_value()).collect();
        }
    }
}
