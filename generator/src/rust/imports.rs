//! What a file has to import for what stands in it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::Ident;
use crate::sdk::{Scalar, Type};
use crate::tokens::parsed;

/// What a file has to import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Imports {
    /// Paths outside of the models: `std::collections::BTreeMap`.
    paths: BTreeSet<&'static str>,
    /// Names of models.
    models: BTreeSet<Ident>,
}

impl Imports {
    /// Adds what `ty` needs.
    pub(super) fn add(&mut self, ty: &Type) {
        match ty {
            Type::Scalar(Scalar::Date) => self.add_path("chrono::NaiveDate"),
            Type::Scalar(Scalar::DateTime) => {
                self.add_path("chrono::DateTime");
                self.add_path("chrono::Utc");
            }
            Type::Scalar(Scalar::Base64) => self.add_path("crate::runtime::Base64"),
            Type::Object => self.add_path("crate::runtime::JsonObject"),
            Type::Any | Type::Scalar(_) => {}
            Type::Map(value) => {
                self.add_path("std::collections::BTreeMap");
                self.add(value);
            }
            Type::List(inner) | Type::Option(inner) => self.add(inner),
            Type::Tuple(places) => places.iter().for_each(|place| self.add(place)),
            Type::Model(model) | Type::Boxed(model) => self.add_model(&model.name),
        }
    }

    /// Adds one path.
    pub(super) fn add_path(&mut self, path: &'static str) {
        self.paths.insert(path);
    }

    /// Adds one model.
    pub(super) fn add_model(&mut self, name: &Ident) {
        self.models.insert(name.clone());
    }

    /// Takes out the model that the file itself declares.
    pub(super) fn remove_model(&mut self, name: &Ident) {
        self.models.remove(name);
    }

    /// The `use` items; models are found in `models`.
    pub(super) fn uses(&self, models: &TokenStream) -> TokenStream {
        let own = self.models.iter().map(Ident::as_str);
        let own = (!self.models.is_empty()).then(|| use_group(models, own));
        let mut by_parent = BTreeMap::<&str, Vec<&str>>::new();
        for path in &self.paths {
            let (parent, name) = path.rsplit_once("::").expect("an imported path has a parent");
            by_parent.entry(parent).or_default().push(name);
        }
        let (std, others): (Vec<_>, Vec<_>) =
            by_parent.into_iter().partition(|(parent, _)| parent.starts_with("std"));
        let group = |(parent, names): (&str, Vec<&str>)| use_group(&parsed(parent), names.into_iter());
        let (std, others) = (std.into_iter().map(group), others.into_iter().map(group));
        quote! { #(#std)* #(#others)* #own }
    }
}

/// `use parent::Name;` or `use parent::{Name, Name};`
fn use_group<'a>(parent: &TokenStream, names: impl Iterator<Item = &'a str>) -> TokenStream {
    let names: Vec<TokenStream> = names.map(parsed).collect();
    match names.as_slice() {
        [name] => quote! { use #parent::#name; },
        names => quote! { use #parent::{#(#names),*}; },
    }
}
