//! Enums: the values that the document lists, and a place for others.
//!
//! The enum is written out, with documentation; what it implements is the
//! runtime's `open_enum!`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::Plan;
use crate::ir::{Docs, Enum, EnumValues, TypeId};
use crate::prose::Prose;
use crate::rust::ident;
use crate::rust::rustdoc::Rustdoc;
use crate::rust::spelling::Imports;
use crate::rust::{models, words};

/// The enum `id`, and what it imports.
pub(super) fn emit(id: TypeId, values: &Enum, plan: &Plan) -> (TokenStream, Imports) {
    let doc = models::type_doc(id, plan).outer();
    let names = plan.names.ty(id);
    let name = ident(&names.ident);
    let variants: Vec<_> = names.variants.iter().map(ident).collect();
    let known = known(values);
    let docs = known.iter().map(|(shown, docs, _)| variant_doc(shown, docs));
    let literals = known.iter().map(|(_, _, literal)| literal);
    let (derives, unknown, head) = match &values.values {
        EnumValues::Strings(_) => (quote! { Clone, Debug }, quote! { String }, quote! { #name }),
        EnumValues::Integers(_) => (quote! { Clone, Copy, Debug }, quote! { i64 }, quote! { #name: i64 }),
    };
    let mut imports = Imports::default();
    imports.add_path("crate::runtime::open_enum");
    let tokens = quote! {
        #doc
        #[derive(#derives, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #variants,)*
            #[doc = " A value that this version of the crate does not know."]
            Unknown(#unknown),
        }
        open_enum!(#head { #(#variants = #literals),* });
    };
    (tokens, imports)
}

/// The known values: as shown, with documentation, as a literal.
fn known(values: &Enum) -> Vec<(Prose, &Docs, Literal)> {
    match &values.values {
        EnumValues::Strings(values) => {
            let known = values.iter().map(|known| {
                let shown = Prose::value(&known.value.as_str().into());
                (shown, &known.docs, Literal::string(&known.value))
            });
            known.collect()
        }
        EnumValues::Integers(values) => {
            let known = values.iter().map(|known| {
                (Prose::value(&known.value.into()), &known.docs, Literal::i64_unsuffixed(known.value))
            });
            known.collect()
        }
    }
}

/// `` `fine-tune` `` or `` `fine-tune`: what it means ``.
fn variant_doc(shown: &Prose, docs: &Docs) -> TokenStream {
    let doc = match words::one_line(docs, "", &Prose::default()) {
        Some(line) => Rustdoc::new(Prose::fill("{}: {}", &[shown, &line])),
        None => docs.paragraphs("").into_iter().fold(Rustdoc::new(shown), Rustdoc::text),
    };
    doc.outer()
}
