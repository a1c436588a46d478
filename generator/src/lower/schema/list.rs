//! Lists: `Vec`s, and tuples where the document gives each place a schema and fixes the length.
//!
//! A list whose places have schemas of their own is a tuple unless the document allows fewer or more items than
//! those, with `minItems`, `maxItems` or `items`. Where it does, each item is one of the types of the places, so
//! that lists of every length are read.

use super::merged::Merged;
use super::steps::{Target, below, nullable};
use super::view::SchemaView;
use super::{Schemas, unwrap};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Type;

/// What the places of a tuple are called. The traits of the standard library are implemented for this many.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// What several schemas say about lists together.
#[derive(Default)]
pub(super) struct ListKeywords<'d> {
    /// The schemas of items that have none by their place.
    items: Vec<Cursor<'d>>,
    /// The schemas of the first items, by their place.
    places: Vec<Vec<Cursor<'d>>>,
    /// How many items there are at least.
    min: Option<u64>,
    /// How many items there are at most.
    max: Option<u64>,
}

impl<'d> ListKeywords<'d> {
    /// Whether nothing is said about items.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.places.is_empty()
    }

    /// Adds a keyword of `schema`.
    pub(super) fn add(&mut self, schema: &Cursor<'d>, keyword: &str, value: &Cursor<'d>) {
        // Before JSON Schema 2020-12, `items` is what `prefixItems` is now, or what it is now.
        let has_places = schema.get("items").is_some_and(|items| items.value().is_array());
        match keyword {
            "prefixItems" => self.add_places(value),
            "items" if has_places => self.add_places(value),
            "items" => self.items.push(value.clone()),
            "additionalItems" if has_places => self.items.push(value.clone()),
            "unevaluatedItems" if schema.get("items").is_none() => self.items.push(value.clone()),
            "minItems" => self.min = self.min.max(value.value().as_u64()),
            "maxItems" => self.max = self.max.into_iter().chain(value.value().as_u64()).min(),
            _ => {}
        }
    }

    fn add_places(&mut self, value: &Cursor<'d>) {
        for (place, schema) in value.items().enumerate() {
            match self.places.get_mut(place) {
                Some(schemas) => schemas.push(schema),
                None => self.places.push(vec![schema]),
            }
        }
    }

    /// The schemas of further items, but for `false`.
    fn further(&self) -> impl Iterator<Item = &Cursor<'d>> {
        self.items.iter().filter(|schema| schema.as_bool() != Some(false))
    }

    fn is_tuple(&self) -> bool {
        let is_length = |bound: Option<u64>| {
            bound.is_none_or(|bound| usize::try_from(bound).is_ok_and(|bound| bound == self.places.len()))
        };
        (1..=ORDINALS.len()).contains(&self.places.len())
            && self.further().next().is_none()
            && is_length(self.min)
            && is_length(self.max)
    }
}

impl<'d> Schemas<'d> {
    pub(super) fn lower_list(
        &mut self,
        target: &mut Target<'_, 'd>,
        merged: &Merged<'d>,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let list = &merged.list;
        if list.is_tuple() {
            let places = list.places.iter().zip(ORDINALS).map(|(schemas, ordinal)| {
                let views: Vec<_> = schemas.iter().map(SchemaView::whole).collect();
                self.lower_nullable(&views, &below(target.name_parts, ordinal), diagnostics)
            });
            return Type::Tuple(places.collect());
        }
        let name_parts = below(target.name_parts, "item");
        let item = if list.places.is_empty() {
            let views: Vec<_> = list.items.iter().map(SchemaView::whole).collect();
            if views.is_empty() { Type::Any } else { self.lower_nullable(&views, &name_parts, diagnostics) }
        } else {
            self.any_item(list, &name_parts, diagnostics)
        };
        Type::List(Box::new(item))
    }

    /// The type of the items of a list of any length whose places have schemas of their own: one of those.
    fn any_item(
        &mut self,
        list: &ListKeywords<'d>,
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let schemas: Vec<_> = list.places.iter().flatten().chain(list.further()).collect();
        if schemas.iter().any(|schema| unwrap::is_empty(schema)) {
            return Type::Any;
        }
        let views: Vec<_> = schemas.into_iter().map(SchemaView::whole).collect();
        let ty = self.lower_any_of(&views, name_parts, diagnostics);
        let is_nullable = views.iter().any(|view| self.nulls.allow(std::slice::from_ref(view)));
        if is_nullable { nullable(ty) } else { ty }
    }
}
