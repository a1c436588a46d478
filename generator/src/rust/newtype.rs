//! Newtypes: structs around a list or a map that leads back to them.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::models;
use crate::sdk::{Model, Type};

/// The struct, and what makes a value of it; adds what they import.
pub(super) fn emit(model: &Model, inner: &Type, imports: &mut Imports) -> TokenStream {
    let docs = models::docs(model).outer();
    let name = &model.name;
    imports.add(inner);
    let is_empty = matches!(inner, Type::List(_) | Type::Map(_) | Type::Option(_));
    let default = is_empty.then(|| quote! { Default, });
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #name(pub #inner);

        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }
    }
}
