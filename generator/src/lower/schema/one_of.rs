//! `oneOf` and `anyOf`, and the subtypes of a base type, which are lowered like a `oneOf`.
//!
//! What stands beside a `oneOf` is merged into each of its variants, see [`combine`](super::combine).

use std::collections::HashSet;

use super::json_types::JsonTypes;
use super::merged::{Merged, OneOf};
use super::steps::Target;
use super::view::{Facet, SchemaView, address};
use super::{Schemas, combine, null, unwrap};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Type;

/// How many combinations several `oneOf`s of one schema may have.
const LIMIT: usize = 64;

impl<'d> Schemas<'d> {
    /// The `oneOf`s of a schema that affect its type.
    pub(super) fn one_ofs(
        &self,
        views: &[SchemaView<'d>],
        merged: &mut Merged<'d>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<OneOf<'d>> {
        let mut one_ofs = std::mem::take(&mut merged.one_ofs);
        if let [SchemaView { schema, facet: Facet::Whole }] = views {
            one_ofs.extend(self.hierarchy.one_of(schema, diagnostics));
        }
        one_ofs.retain(|one_of| {
            let all_restrict = one_of.variants.iter().all(|variant| only_restricts(&variant.schema, merged));
            one_of.discriminator.is_some() || !all_restrict
        });
        one_ofs
    }

    /// Lowers a schema whose values satisfy `merged` and a variant of each of `one_ofs`.
    pub(super) fn lower_one_ofs(
        &mut self,
        target: &mut Target<'_, 'd>,
        merged: &Merged<'d>,
        one_ofs: &[OneOf<'d>],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let Some(combinations) = self.combinations(one_ofs, diagnostics) else { return Type::Any };
        let is_complete = one_ofs.iter().all(|one_of| one_of.is_complete);
        let mut candidates: Vec<_> =
            combinations.iter().map(|combination| self.candidate(combination)).collect();
        if !is_complete {
            candidates = combine::with_base(target.views, merged, one_ofs, candidates, diagnostics);
        }
        let discriminator = one_ofs.iter().find_map(|one_of| one_of.discriminator.clone());
        self.lower_union(target, candidates, discriminator, diagnostics)
    }

    /// All combinations of one variant of each `oneOf`.
    fn combinations(
        &self,
        one_ofs: &[OneOf<'d>],
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Vec<SchemaView<'d>>>> {
        let mut combinations: Vec<Vec<SchemaView<'d>>> = vec![Vec::new()];
        for one_of in one_ofs {
            let variants = self.variants(one_of);
            if combinations.len() > 1 && combinations.len() * variants.len() > LIMIT {
                diagnostics.error(
                    "union-too-large",
                    &one_of.schema,
                    format!("the `oneOf`s and `anyOf`s of the schema have more than {LIMIT} combinations"),
                    "list the combinations that make sense in one `oneOf`",
                );
                return None;
            }
            let extend = |combination: Vec<SchemaView<'d>>| {
                variants.iter().map(move |variant| {
                    let mut combination = combination.clone();
                    combination.push(variant.clone());
                    combination
                })
            };
            combinations = combinations.into_iter().flat_map(extend).collect();
        }
        Some(combinations)
    }

    /// The variants of a `oneOf` that allow values other than null. A variant that is itself a `oneOf` without
    /// a name and a discriminator is replaced by its variants.
    pub(super) fn variants(&self, one_of: &OneOf<'d>) -> Vec<SchemaView<'d>> {
        let mut variants = Vec::new();
        let mut replaced = HashSet::new();
        let mut next: Vec<_> = one_of.variants.iter().rev().cloned().collect();
        while let Some(variant) = next.pop() {
            if null::is_only(&variant.schema) || variant.schema.as_bool() == Some(false) {
                continue;
            }
            match self.bare_one_of(&variant) {
                // What is reached a second time is among the variants already.
                Some(nested) if !replaced.insert(address(&nested.schema)) => {}
                Some(nested) => next.extend(nested.variants.into_iter().rev()),
                None => variants.push(variant),
            }
        }
        variants
    }

    /// The `oneOf` of `variant`, when that is inline and has no other keywords.
    fn bare_one_of(&self, variant: &SchemaView<'d>) -> Option<OneOf<'d>> {
        let is_named = |place: &Cursor<'d>| self.components.contains_key(&address(place));
        let innermost = unwrap::path(&variant.schema, is_named).pop()?;
        if variant.facet != Facet::Whole || is_named(&innermost) {
            return None;
        }
        let mut structural =
            innermost.members().filter(|(keyword, value)| unwrap::is_structural(keyword, value.value()));
        match (structural.next(), structural.next()) {
            (Some(("oneOf" | "anyOf", variants)), None) => Some(OneOf {
                schema: innermost,
                variants: variants.items().map(|variant| SchemaView::whole(&variant)).collect(),
                discriminator: None,
                is_complete: false,
            }),
            _ => None,
        }
    }
}

/// Whether `schema` only restricts the values that `base` describes already.
fn only_restricts(schema: &Cursor<'_>, base: &Merged<'_>) -> bool {
    let restricts = |keyword: &str, value: &Cursor<'_>| match keyword {
        "required" => true,
        "type" => base.json_types != JsonTypes::ALL && unwrap::json_types(value.value()) == base.json_types,
        "properties" => {
            value.members().all(|(name, property)| base.properties.contains_key(name) && refines(&property))
        }
        "allOf" | "anyOf" | "oneOf" => value.items().all(|item| only_restricts(&item, base)),
        keyword => !unwrap::is_structural(keyword, value.value()),
    };
    schema.value().is_object() && schema.members().all(|(keyword, value)| restricts(keyword, &value))
}

/// Whether `property` only narrows down an existing description.
fn refines(property: &Cursor<'_>) -> bool {
    let mut keywords = property.members();
    keywords.all(|(keyword, value)| {
        matches!(keyword, "type" | "enum" | "const" | "format")
            || !unwrap::is_structural(keyword, value.value())
    })
}
