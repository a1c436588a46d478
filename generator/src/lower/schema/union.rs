//! Choices between schemas: `oneOf`, `anyOf`, subtypes, and several types in one schema.
//!
//! What stands beside a choice is merged into each of its variants. Types that take the same values are
//! one variant, and a choice with one variant is that variant.

use super::enumeration::{self, Known};
use super::flat::{Choice, Flat, flatten};
use super::kinds::Kinds;
use super::part::{Lens, Part, address};
use super::{Schemas, Spot, below, docs, null, peel, scalar, variant};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Scalar, Shape, Type, Union, Variant, VariantTest};

/// How many variants a union may have that comes from several choices.
const LIMIT: usize = 64;

/// How deep choices are taken out of choices.
const NESTING_LIMIT: usize = 8;

/// Where a union comes from; needed to tell its variants apart when all types are there.
pub(super) struct Origins<'d> {
    pub(super) schema: Cursor<'d>,
    pub(super) discriminator: Option<Cursor<'d>>,
    /// For each variant all schemas that it is known as.
    pub(super) variants: Vec<Vec<Cursor<'d>>>,
}

impl Origins<'_> {
    /// What the document says about how the variants are told apart.
    pub(super) fn tags(&self) -> Option<&serde_json::Value> {
        self.discriminator.as_ref().map(Cursor::value)
    }
}

/// A schema that may be chosen.
pub(super) struct Candidate<'d> {
    pub(super) parts: Vec<Part<'d>>,
    /// The schema as it was listed, and those that it is only a wrapper of.
    pub(super) known_as: Vec<Cursor<'d>>,
    pub(super) flat: Flat<'d>,
    /// Values that several candidates list, which were made one.
    pub(super) merged: Option<Vec<Known>>,
    /// Scalars of several candidates, which were made one.
    pub(super) scalar: Option<Scalar>,
}

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
            candidates = self.with_base(spot.parts, flat, choices, candidates, found);
        }
        let discriminator = choices.iter().find_map(|choice| choice.discriminator.clone());
        self.union(spot, candidates, discriminator, found)
    }

    /// Merges what stands beside a choice into the variants. Those that it rules out are left out.
    fn with_base(
        &self,
        parts: &[Part<'d>],
        flat: &Flat<'d>,
        choices: &[Choice<'d>],
        candidates: Vec<Candidate<'d>>,
        found: &mut Diagnostics,
    ) -> Vec<Candidate<'d>> {
        let base: Vec<_> = parts.iter().map(Part::base).collect();
        let mut possible = Vec::new();
        let mut ruled_out = None;
        for mut candidate in candidates {
            let is_of_other_kind = flat.kinds.and(candidate.flat.kinds).is_empty();
            if is_of_other_kind && has_stray_type(choices, flat) {
                report_stray_type(flat, &candidate, found);
            } else if !is_of_other_kind && needs_base(flat, &candidate.flat) {
                let all: Vec<_> = base.iter().cloned().chain(candidate.parts).collect();
                candidate.flat = flatten(&all, &mut Diagnostics::default());
                candidate.parts = without_empty(all, &candidate.flat);
            } else if is_of_other_kind {
                candidate.flat.is_contradiction = true;
            }
            if candidate.flat.is_contradiction {
                ruled_out = Some(candidate);
            } else {
                possible.push(candidate);
            }
        }
        if let (Some(candidate), true) = (ruled_out, possible.is_empty()) {
            found.error(
                "schema-type-conflict",
                &candidate.known_as[0],
                format!(
                    "no value is {} and {} at once",
                    flat.kinds.in_words(),
                    candidate.flat.kinds.in_words()
                ),
                "give schemas that have to hold together the same `type`",
            );
        }
        possible
    }

    /// Lowers a schema that is for values of several kinds.
    pub(super) fn mixed(
        &mut self,
        spot: &mut Spot<'_, 'd>,
        flat: &Flat<'d>,
        found: &mut Diagnostics,
    ) -> Type {
        let candidates = flat.kinds.each().map(|kind| {
            let parts: Vec<_> = spot.parts.iter().map(|part| part.of_kind(kind)).collect();
            let flat = flatten(&parts, &mut Diagnostics::default());
            Candidate { parts, known_as: Vec::new(), flat, merged: None, scalar: None }
        });
        self.union(spot, candidates.collect(), None, found)
    }

    /// Lowers a choice between `schemas`.
    pub(super) fn one_of(&mut self, schemas: &[Part<'d>], hint: &[String], found: &mut Diagnostics) -> Type {
        let described_by = [];
        let mut spot = Spot { parts: schemas, hint, described_by: &described_by, id: None };
        let candidates = schemas.iter().map(|schema| self.candidate(std::slice::from_ref(schema))).collect();
        self.union(&mut spot, candidates, None, found)
    }

    /// One variant of each choice, in every combination.
    fn picks(&self, choices: &[Choice<'d>], found: &mut Diagnostics) -> Option<Vec<Vec<Part<'d>>>> {
        let mut picks: Vec<Vec<Part<'d>>> = vec![Vec::new()];
        for choice in choices {
            let variants = self.variants(choice, 0);
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
    pub(super) fn variants(&self, choice: &Choice<'d>, depth: usize) -> Vec<Part<'d>> {
        let mut variants = Vec::new();
        for variant in &choice.variants {
            if null::is_only(&variant.schema) || variant.schema.as_bool() == Some(false) {
                continue;
            }
            match self.bare_choice(variant) {
                Some(nested) if depth < NESTING_LIMIT => variants.extend(self.variants(&nested, depth + 1)),
                _ => variants.push(variant.clone()),
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

    fn candidate(&self, pick: &[Part<'d>]) -> Candidate<'d> {
        let (parts, _) = self.peel(pick);
        let flat = flatten(&parts, &mut Diagnostics::default());
        let known_as = peel::way(&pick[0].schema, |_| false);
        Candidate { parts, known_as, flat, merged: None, scalar: None }
    }

    fn union(
        &mut self,
        spot: &mut Spot<'_, 'd>,
        candidates: Vec<Candidate<'d>>,
        discriminator: Option<Cursor<'d>>,
        found: &mut Diagnostics,
    ) -> Type {
        let mut candidates = candidates;
        for kind in [Kinds::STRING, Kinds::INTEGER] {
            candidates = self.merge_listed(candidates, kind);
        }
        candidates = merge_scalars(candidates);
        if let [only] = candidates.as_slice() {
            return match (&only.merged, only.scalar) {
                (Some(values), _) => self.listed(spot, values),
                (None, Some(scalar)) => Type::Scalar(scalar),
                (None, None) => self.become_(spot, &only.parts, found),
            };
        }
        let id = self.reserve(spot);
        let words = variant::words(&candidates);
        let mut variants: Vec<(Variant, Vec<Cursor<'d>>)> = Vec::new();
        for (candidate, word) in candidates.iter().zip(words) {
            let hint = word.as_ref().map_or_else(|| spot.hint.to_vec(), |word| below(spot.hint, word));
            let ty = self.lower_candidate(candidate, &hint, found);
            if ty == Type::Any {
                return Type::Any;
            }
            match variants.iter_mut().find(|(other, _)| other.ty == ty) {
                Some((_, known_as)) => known_as.extend_from_slice(&candidate.known_as),
                None => variants.push((self.variant(candidate, word, ty), candidate.known_as.clone())),
            }
        }
        if variants.len() < 2 {
            return variants.pop().map_or(Type::Any, |(only, _)| only.ty);
        }
        let (variants, known_as) = variants.into_iter().unzip();
        let schema = spot.parts[0].schema.clone();
        self.unions.insert(id, Origins { schema, discriminator, variants: known_as });
        self.types[id.0].shape = Shape::Union(Union { discriminator: None, variants });
        Type::Named(id)
    }

    fn lower_candidate(
        &mut self,
        candidate: &Candidate<'d>,
        hint: &[String],
        found: &mut Diagnostics,
    ) -> Type {
        if let Some(scalar) = candidate.scalar {
            return Type::Scalar(scalar);
        }
        let Some(values) = &candidate.merged else { return self.value(&candidate.parts, hint, found) };
        let mut spot = Spot { parts: &candidate.parts, hint, described_by: &[], id: None };
        self.listed(&mut spot, values)
    }

    fn listed(&mut self, spot: &mut Spot<'_, 'd>, values: &[Known]) -> Type {
        let Some(listed) = enumeration::lower(values) else { return Type::Any };
        let id = self.reserve(spot);
        self.types[id.0].shape = Shape::Enum(listed);
        Type::Named(id)
    }

    fn variant(&self, candidate: &Candidate<'d>, word: Option<String>, ty: Type) -> Variant {
        let hint = word.unwrap_or_else(|| variant::word_of_type(&ty, &self.types));
        let docs = candidate.known_as.first().map(|listed| docs::of(listed, &hint)).unwrap_or_default();
        Variant { hint, ty, tags: Vec::new(), tag_outside: false, test: VariantTest::default(), docs }
    }

    /// Makes one of the candidates that list values of `kind`. A candidate for all values of that kind
    /// adds nothing to a list, which is open anyway.
    fn merge_listed(&self, candidates: Vec<Candidate<'d>>, kind: Kinds) -> Vec<Candidate<'d>> {
        let is_of_kind =
            |candidate: &Candidate<'d>| candidate.flat.kinds == kind && candidate.flat.choices.is_empty();
        let mut merged: Vec<Candidate<'d>> = Vec::new();
        let mut inline: Option<usize> = None;
        for candidate in candidates {
            let values = candidate.flat.values.as_ref().filter(|_| is_of_kind(&candidate));
            let (Some(values), false) = (values, self.is_named(&candidate)) else {
                merged.push(candidate);
                continue;
            };
            match inline {
                None => {
                    inline = Some(merged.len());
                    merged.push(candidate);
                }
                Some(first) => {
                    let first = &mut merged[first];
                    let all =
                        first.merged.get_or_insert_with(|| first.flat.values.clone().unwrap_or_default());
                    let is_new = |known: &&Known| !all.iter().any(|other| other.value == known.value);
                    let new: Vec<_> = values.iter().filter(is_new).cloned().collect();
                    all.extend(new);
                    first.known_as.extend(candidate.known_as);
                }
            }
        }
        let lists =
            merged.iter().filter(|candidate| is_of_kind(candidate) && candidate.flat.values.is_some());
        if lists.count() == 1 {
            merged.retain(|candidate| {
                let is_plain = is_of_kind(candidate) && candidate.flat.values.is_none();
                let is_text = scalar::lower(&candidate.flat) == Some(Scalar::String);
                !is_plain || (kind == Kinds::STRING && !is_text)
            });
        }
        merged
    }

    fn is_named(&self, candidate: &Candidate<'d>) -> bool {
        match candidate.parts.as_slice() {
            [part] => part.lens == Lens::Whole && self.components.contains_key(&address(&part.schema)),
            _ => false,
        }
    }
}

/// Whether what stands beside a choice says something that a variant does not say itself.
fn needs_base(base: &Flat<'_>, variant: &Flat<'_>) -> bool {
    if base.has_content() {
        return !includes(variant, base);
    }
    let says_nothing = variant.kinds == Kinds::ALL && variant.choices.is_empty();
    says_nothing && base.kinds != Kinds::ALL
}

/// Whether all that stands beside a choice is a `type` in the same schema: written without a thought
/// when the variants are of other types.
fn has_stray_type(choices: &[Choice<'_>], base: &Flat<'_>) -> bool {
    let is_beside = |choice: &Choice<'_>| choice.schema.get("type").is_some();
    !base.has_content() && choices.iter().any(is_beside)
}

fn report_stray_type(base: &Flat<'_>, candidate: &Candidate<'_>, found: &mut Diagnostics) {
    let Candidate { flat, known_as, .. } = candidate;
    found.warning(
        "union-type",
        &known_as[0],
        format!(
            "the variant is {}, the type beside the choice is {}",
            flat.kinds.in_words(),
            base.kinds.in_words()
        ),
        "remove `type` beside `oneOf` or `anyOf`; it is ignored for this variant",
    );
}

/// The parts that say something about a type. `flat` is all of them merged.
///
/// What is left of a schema when its choices are taken away is mostly nothing, and the schema that was
/// chosen is known by its own name then.
fn without_empty<'d>(parts: Vec<Part<'d>>, flat: &Flat<'d>) -> Vec<Part<'d>> {
    let mut kept: Vec<Part<'d>> = parts.iter().filter(|part| !says_only_type(part)).cloned().collect();
    let merged = flatten(&kept, &mut Diagnostics::default());
    if kept.is_empty() || merged.kinds != flat.kinds {
        return parts;
    }
    for part in &mut kept {
        let whole = Part::whole(&part.schema);
        let has_choices =
            !flatten(std::slice::from_ref(&whole), &mut Diagnostics::default()).choices.is_empty();
        if part.lens == Lens::Base && !has_choices {
            *part = whole;
        }
    }
    kept
}

fn says_only_type(part: &Part<'_>) -> bool {
    let counts = |keyword: &str| match keyword {
        "type" => false,
        "oneOf" | "anyOf" | "discriminator" => part.lens == Lens::Whole,
        _ => true,
    };
    let mut members = part.schema.members();
    !members.any(|(keyword, value)| counts(keyword) && peel::is_structural(keyword, value.value()))
}

/// Whether `variant` says all that `base` says, as far as types go.
fn includes(variant: &Flat<'_>, base: &Flat<'_>) -> bool {
    base.properties.keys().all(|name| variant.properties.contains_key(name))
        && base.required.iter().all(|name| variant.required.contains(name))
        && (base.rest.is_empty() || !variant.rest.is_empty())
        && (base.format.is_none() || base.format == variant.format)
        && base.values.is_none()
        && base.items.is_empty()
        && base.tuple.is_empty()
        && base.encoding.is_none()
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

/// Makes one of the candidates for texts that differ by their format only, which cannot be told apart by
/// looking at them; and of integers and of numbers that differ by their size.
fn merge_scalars(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let texts = [Scalar::String, Scalar::Date, Scalar::DateTime, Scalar::Base64];
    let integers = [Scalar::Int64, Scalar::Int32, Scalar::UInt64];
    let numbers = [Scalar::Double, Scalar::Float];
    let mut merged: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        let scalar = plain_scalar(&candidate);
        let group = [&texts[..], &integers, &numbers]
            .into_iter()
            .find(|group| scalar.is_some_and(|it| group.contains(&it)));
        let place = group.and_then(|group| {
            merged.iter().position(|other| plain_scalar(other).is_some_and(|it| group.contains(&it)))
        });
        match (place, group) {
            (Some(place), Some(group)) => {
                let other = plain_scalar(&merged[place]);
                merged[place].scalar = if other == scalar { scalar } else { Some(group[0]) };
            }
            _ => merged.push(candidate),
        }
    }
    merged
}

/// The scalar that a candidate is for, when all of its values are.
fn plain_scalar(candidate: &Candidate<'_>) -> Option<Scalar> {
    let is_plain =
        candidate.flat.values.is_none() && candidate.flat.choices.is_empty() && !candidate.flat.is_mixed();
    candidate.scalar.or_else(|| scalar::lower(&candidate.flat).filter(|_| is_plain))
}
