//! Enums: the values that the document lists, and a place for others.
//!
//! The enum is written out, with documentation; what it implements is the
//! runtime's `open_enum!`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::models;
use super::rustdoc::Rustdoc;
use crate::prose::Prose;
use crate::sdk::{DocText, Enum, EnumValues, Model, UNKNOWN_VARIANT};

/// The enum; adds what it imports.
pub(super) fn emit(model: &Model, values: &Enum, imports: &mut Imports) -> TokenStream {
    let docs = models::docs(model).outer();
    let unknown_docs = Rustdoc::new(UNKNOWN_VARIANT).outer();
    let name = &model.name;
    let rows = values.rows();
    let variants: Vec<_> = rows.iter().map(|(variant, ..)| variant).collect();
    let variant_docs = rows.iter().map(|(_, value, docs)| variant_docs(&Prose::value(value), docs));
    let literals = literals(values);
    let (derives, unknown, head) = match &values.values {
        EnumValues::Strings(_) => (quote! { Clone, Debug }, quote! { String }, quote! { #name }),
        EnumValues::Integers(_) => (quote! { Clone, Copy, Debug }, quote! { i64 }, quote! { #name: i64 }),
    };
    imports.add_path("crate::runtime::open_enum");
    quote! {
        #docs
        #[derive(#derives, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants,)*
            #unknown_docs
            Unknown(#unknown),
        }
        open_enum!(#head { #(#variants = #literals),* });
    }
}

fn literals(values: &Enum) -> Vec<Literal> {
    match &values.values {
        EnumValues::Strings(values) => values.iter().map(|known| Literal::string(&known.value)).collect(),
        EnumValues::Integers(values) => {
            values.iter().map(|known| Literal::i64_unsuffixed(known.value)).collect()
        }
    }
}

/// `` `fine-tune` `` or `` `fine-tune`: what it means ``.
fn variant_docs(shown: &Prose, docs: &DocText) -> TokenStream {
    let docs = match docs.line() {
        Some(line) => Rustdoc::new(Prose::fill("{}: {}", &[shown, &line])),
        None => docs.paragraphs.iter().fold(Rustdoc::new(shown), Rustdoc::text),
    };
    docs.outer()
}
