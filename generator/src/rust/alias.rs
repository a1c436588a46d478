//! Aliases: other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::models;
use crate::sdk::{Model, Type};

/// The alias, and what it imports.
pub(super) fn emit(model: &Model, target: &Type) -> (TokenStream, Imports) {
    let docs = models::docs(model).outer();
    let name = &model.name;
    let mut imports = Imports::default();
    imports.add(target);
    (quote! { #docs pub type #name = #target; }, imports)
}
