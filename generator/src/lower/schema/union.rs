//! Unions: what is left of a choice when its candidates are known.
//!
//! Candidates that take the same values are one variant, and a union with one variant is that variant.

use super::enumeration::{self, Known};
use super::flat::{Choice, Flat, flatten};
use super::kinds::Kinds;
use super::part::Part;
use super::{Schemas, Spot, alike, below, docs, peel, variant};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Scalar, Shape, Type, Union, Variant, VariantTest};

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
        let mut spot = Spot { parts: schemas, hint, described_by: &[], id: None };
        let choice = Choice {
            schema: schemas[0].schema.clone(),
            variants: schemas.to_vec(),
            discriminator: None,
            is_complete: true,
        };
        let variants = self.variants(&choice);
        let candidates =
            variants.iter().map(|variant| self.candidate(std::slice::from_ref(variant))).collect();
        self.union(&mut spot, candidates, None, found)
    }

    pub(super) fn candidate(&self, pick: &[Part<'d>]) -> Candidate<'d> {
        let (parts, _) = self.peel(pick);
        let flat = flatten(&parts, &mut Diagnostics::default());
        let known_as = peel::way(&pick[0].schema, |_| false);
        Candidate { parts, known_as, flat, merged: None, scalar: None }
    }

    pub(super) fn union(
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
        candidates = alike::merge_scalars(candidates);
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
}
