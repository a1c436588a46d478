//! From spelled types to tokens.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::spelling::Imports;

/// The tokens of a spelled type.
pub(super) fn spelled(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("a spelled type is Rust, but `{text}`: {error}"))
}

/// The `use` items for `imports`; models are found in `models`.
pub(super) fn uses(imports: &Imports, models: &TokenStream) -> TokenStream {
    let own =
        (!imports.models.is_empty()).then(|| use_group(models, imports.models.iter().map(String::as_str)));
    let mut by_parent = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for path in &imports.paths {
        let (parent, name) = path.rsplit_once("::").expect("an imported path has a parent");
        by_parent.entry(parent).or_default().push(name);
    }
    let (std, others): (Vec<_>, Vec<_>) =
        by_parent.into_iter().partition(|(parent, _)| parent.starts_with("std"));
    let std = std.into_iter().map(|(parent, names)| use_group(&spelled(parent), names.into_iter()));
    let others = others.into_iter().map(|(parent, names)| use_group(&spelled(parent), names.into_iter()));
    quote! { #(#std)* #(#others)* #own }
}

/// `use parent::Name;` or `use parent::{Name, Name};`
fn use_group<'a>(parent: &TokenStream, names: impl Iterator<Item = &'a str>) -> TokenStream {
    let names: Vec<TokenStream> = names.map(spelled).collect();
    match names.as_slice() {
        [name] => quote! { use #parent::#name; },
        names => quote! { use #parent::{#(#names),*}; },
    }
}
