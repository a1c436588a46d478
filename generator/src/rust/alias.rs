//! Aliases: other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::models;
use crate::sdk::{Model, Type};

/// The alias; adds what it imports.
pub(super) fn emit(model: &Model, target: &Type, imports: &mut Imports) -> TokenStream {
    let docs = models::docs(model).outer();
    let name = &model.name;
    imports.add(target);
    quote! { #docs pub type #name = #target; }
}
