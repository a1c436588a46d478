//! Aliases: other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Plan;
use crate::ir::{Alias, TypeId};
use crate::rust::ident;
use crate::rust::models;
use crate::rust::spelling::{Imports, spell};
use crate::rust::tokens::spelled;

/// The alias `id`, and what it imports.
pub(super) fn emit(id: TypeId, alias: &Alias, plan: &Plan) -> (TokenStream, Imports) {
    let doc = models::type_doc(id, plan).outer();
    let name = ident(&plan.names.ty(id).ident);
    let target = spelled(&spell(&alias.target, plan));
    let mut imports = Imports::default();
    imports.add(&alias.target, plan);
    (quote! { #doc pub type #name = #target; }, imports)
}
