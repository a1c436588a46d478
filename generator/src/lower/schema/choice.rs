//! Choices between schemas: `oneOf`, `anyOf`, and the subtypes of a base type.
//!
//! What stands beside a choice is merged into each of its variants, see [`combine`](super::combine).

use std::collections::HashSet;

use super::flat::{Choice, Flat};
use super::kinds::Kinds;
use super::part::{Lens, Part, address};
use super::{Schemas, Spot, combine, null, peel};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::Type;

/// How many variants a union may have that comes from several choices.
const LIMIT: usize = 64;

impl<'d> Schemas<'d> {
    /// The choices of a schema that make a difference for its type.
    pub(super) fn choices(
        &self,
        parts: &[Part<'d>],
        flat: &mut Flat<'d>,
        found: &mut Diagnostics,
    ) -> Vec<Choice<'d>> {
        let mut choices = std::mem::take(&mut flat.choices);
        if let [Part { schema, lens: Lens::Whole }] = parts {
            choices.extend(self.hierarchy.choice(schema, found));
        }
        choices.retain(|choice| {
            let all_restrict = choice.variants.iter().all(|variant| only_restricts(&variant.schema, flat));
            choice.discriminator.is_some() || !all_restrict
        });
        choices
    }

    /// Lowers a schema for which `flat` holds and a variant of each of `choices`.
    pub(super) fn choice(
        &mut self,
        spot: &mut Spot<'_, 'd>,
        flat: &Flat<'d>,
        choices: &[Choice<'d>],
        found: &mut Diagnostics,
    ) -> Type {
        let Some(picks) = self.picks(choices, found) else { return Type::Any };
        let is_complete = choices.iter().all(|choice| choice.is_complete);
        let mut candidates: Vec<_> = picks.iter().map(|pick| self.candidate(pick)).collect();
        if !is_complete {
            candidates = combine::with_base(spot.parts, flat, choices, candidates, found);
        }
        let discriminator = choices.iter().find_map(|choice| choice.discriminator.clone());
        self.union(spot, candidates, discriminator, found)
    }

    /// One variant of each choice, in every combination.
    fn picks(&self, choices: &[Choice<'d>], found: &mut Diagnostics) -> Option<Vec<Vec<Part<'d>>>> {
        let mut picks: Vec<Vec<Part<'d>>> = vec![Vec::new()];
        for choice in choices {
            let variants = self.variants(choice);
            if picks.len() > 1 && picks.len() * variants.len() > LIMIT {
                found.error(
                    "union-too-large",
                    &choice.schema,
                    format!("the choices that hold together have more than {LIMIT} combinations"),
                    "list the combinations that make sense in one `oneOf`",
                );
                return None;
            }
            let extend = |pick: Vec<Part<'d>>| {
                variants.iter().map(move |variant| {
                    let mut pick = pick.clone();
                    pick.push(variant.clone());
                    pick
                })
            };
            picks = picks.into_iter().flat_map(extend).collect();
        }
        Some(picks)
    }

    /// The variants of a choice that take values other than null. A choice that is one itself and has no
    /// name and no discriminator is replaced by its variants.
    pub(super) fn variants(&self, choice: &Choice<'d>) -> Vec<Part<'d>> {
        let mut variants = Vec::new();
        let mut replaced = HashSet::new();
        let mut next: Vec<_> = choice.variants.iter().rev().cloned().collect();
        while let Some(variant) = next.pop() {
            if null::is_only(&variant.schema) || variant.schema.as_bool() == Some(false) {
                continue;
            }
            match self.bare_choice(&variant) {
                // What a choice leads to a second time is among the variants already.
                Some(nested) if !replaced.insert(address(&nested.schema)) => {}
                Some(nested) => next.extend(nested.variants.into_iter().rev()),
                None => variants.push(variant),
            }
        }
        variants
    }

    /// The choice that `variant` is, when it is inline and nothing else.
    fn bare_choice(&self, variant: &Part<'d>) -> Option<Choice<'d>> {
        let is_named = |place: &Cursor<'d>| self.components.contains_key(&address(place));
        let end = peel::way(&variant.schema, is_named).pop()?;
        if variant.lens != Lens::Whole || is_named(&end) {
            return None;
        }
        let mut structural =
            end.members().filter(|(keyword, value)| peel::is_structural(keyword, value.value()));
        match (structural.next(), structural.next()) {
            (Some(("oneOf" | "anyOf", variants)), None) => Some(Choice {
                schema: end,
                variants: variants.items().map(|variant| Part::whole(&variant)).collect(),
                discriminator: None,
                is_complete: false,
            }),
            _ => None,
        }
    }
}

/// Whether `schema` only restricts the values that `base` describes already.
fn only_restricts(schema: &Cursor<'_>, base: &Flat<'_>) -> bool {
    let restricts = |keyword: &str, value: &Cursor<'_>| match keyword {
        "required" => true,
        "type" => base.kinds != Kinds::ALL && peel::kinds(value.value()) == base.kinds,
        "properties" => {
            value.members().all(|(name, member)| base.properties.contains_key(name) && refines(&member))
        }
        "allOf" | "anyOf" | "oneOf" => value.items().all(|item| only_restricts(&item, base)),
        keyword => !peel::is_structural(keyword, value.value()),
    };
    schema.value().is_object() && schema.members().all(|(keyword, value)| restricts(keyword, &value))
}

/// Whether `member` has no parts of its own, so that it can only narrow down what is there.
fn refines(member: &Cursor<'_>) -> bool {
    let mut keywords = member.members();
    keywords.all(|(keyword, value)| {
        matches!(keyword, "type" | "enum" | "const" | "format")
            || !peel::is_structural(keyword, value.value())
    })
}
