//! Unions, from the candidates for their variants.
//!
//! Candidates that allow the same values are one variant, and a union with one variant is that variant.

use super::enumeration::{self, Known};
use super::json_types::JsonTypes;
use super::merged::{Merged, OneOf, merge};
use super::steps::{Target, below};
use super::view::SchemaView;
use super::{Schemas, candidates, docs, label, unwrap};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Scalar, Shape, Type, Union, Variant, VariantMatcher};

/// The schemas of a union; needed to discriminate its variants when all types are there.
pub(in crate::lower) struct UnionSource<'d> {
    pub(in crate::lower) schema: Cursor<'d>,
    pub(in crate::lower) discriminator: Option<Cursor<'d>>,
    /// For each variant all schemas that it stands for.
    pub(in crate::lower) variants: Vec<Vec<Cursor<'d>>>,
    /// For each variant what the document calls it, where its values may say that; else empty.
    pub(in crate::lower) names: Vec<Vec<String>>,
}

impl UnionSource<'_> {
    /// The discriminator in the document.
    pub(in crate::lower) fn discriminator_value(&self) -> Option<&serde_json::Value> {
        self.discriminator.as_ref().map(Cursor::value)
    }
}

/// A schema that may become a variant.
pub(super) struct Candidate<'d> {
    pub(super) views: Vec<SchemaView<'d>>,
    /// The schema as it was listed, and those that it is only a wrapper of.
    pub(super) known_as: Vec<Cursor<'d>>,
    /// Likewise for each of the schemas that are combined in it.
    pub(super) sources: Vec<Vec<Cursor<'d>>>,
    pub(super) merged: Merged<'d>,
    /// The values of several candidates that were merged.
    pub(super) known_values: Option<Vec<Known>>,
    /// The scalar of several candidates that were merged.
    pub(super) scalar: Option<Scalar>,
}

impl<'d> Schemas<'d> {
    /// Lowers a schema that is for values of several JSON types.
    pub(super) fn lower_multi_type(
        &mut self,
        target: &mut Target<'_, 'd>,
        merged: &Merged<'d>,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let candidates = merged.json_types.each().map(|json_type| {
            let views: Vec<_> = target.views.iter().map(|view| view.of_type(json_type)).collect();
            let merged = merge(&views, &mut Diagnostics::default());
            let (known_as, sources) = (Vec::new(), Vec::new());
            Candidate { views, known_as, sources, merged, known_values: None, scalar: None }
        });
        self.lower_union(target, candidates.collect(), None, diagnostics)
    }

    /// Lowers a value that satisfies any of `schemas`.
    pub(super) fn lower_any_of(
        &mut self,
        schemas: &[SchemaView<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let mut target = Target { views: schemas, name_parts, described_by: &[], id: None };
        let one_of = OneOf {
            schema: schemas[0].schema.clone(),
            variants: schemas.to_vec(),
            discriminator: None,
            is_complete: true,
        };
        let variants = self.variants(&one_of);
        let candidates =
            variants.iter().map(|variant| self.candidate(std::slice::from_ref(variant))).collect();
        self.lower_union(&mut target, candidates, None, diagnostics)
    }

    pub(super) fn candidate(&self, combination: &[SchemaView<'d>]) -> Candidate<'d> {
        let (views, _) = self.unwrap_views(combination);
        let merged = merge(&views, &mut Diagnostics::default());
        let sources = combination.iter().map(|view| unwrap::path(&view.schema, |_| false));
        let sources: Vec<_> = sources.collect();
        let known_as = sources[0].clone();
        Candidate { views, known_as, sources, merged, known_values: None, scalar: None }
    }

    pub(super) fn lower_union(
        &mut self,
        target: &mut Target<'_, 'd>,
        candidates: Vec<Candidate<'d>>,
        discriminator: Option<Cursor<'d>>,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let mut candidates = candidates;
        for json_type in [JsonTypes::STRING, JsonTypes::INTEGER] {
            candidates = self.merge_listed(candidates, json_type);
        }
        candidates = candidates::merge_scalars(candidates);
        if let [only] = candidates.as_slice() {
            return match (&only.known_values, only.scalar) {
                (Some(values), _) => self.lower_listed(target, values),
                (None, Some(scalar)) => Type::Scalar(scalar),
                (None, None) => self.lower_once(target, &only.views, diagnostics),
            };
        }
        let id = self.reserve(target);
        let labels = label::of_candidates(&candidates, discriminator.as_ref());
        let mut variants: Vec<(Variant, Vec<Cursor<'d>>)> = Vec::new();
        for (candidate, label) in candidates.iter().zip(labels) {
            let name_parts = self.variant_name_parts(candidate, label.as_deref(), target.name_parts);
            let ty = self.lower_candidate(candidate, &name_parts, diagnostics);
            if ty == Type::Any {
                return Type::Any;
            }
            match variants.iter_mut().find(|(other, _)| other.ty == ty) {
                Some((_, known_as)) => known_as.extend_from_slice(&candidate.known_as),
                None => variants.push((self.variant(candidate, label, ty), candidate.known_as.clone())),
            }
        }
        if variants.len() < 2 {
            return variants.pop().map_or(Type::Any, |(only, _)| only.ty);
        }
        label::tell_lists_apart(variants.iter_mut().map(|(variant, _)| variant), &self.types);
        let (variants, known_as) = variants.into_iter().unzip();
        let schema = target.views[0].schema.clone();
        self.unions.insert(id, UnionSource { schema, discriminator, variants: known_as, names: Vec::new() });
        self.types[id.0].shape = Shape::Union(Union { discriminator: None, variants });
        Type::Named(id)
    }

    /// The parts of a name for a variant of the union at `name_parts`.
    fn variant_name_parts(
        &self,
        candidate: &Candidate<'d>,
        label: Option<&str>,
        name_parts: &[String],
    ) -> Vec<String> {
        let is_elsewhere = candidate.known_as.first().is_some_and(|listed| listed.get("$ref").is_some());
        if let ([only], true) = (candidate.views.as_slice(), is_elsewhere)
            && let Some(place) = self.place_elsewhere(&only.schema, name_parts)
        {
            return place;
        }
        // What is in a list or a map is called after what the union is in.
        let own_part = label.filter(|_| label::has_name_part(candidate));
        own_part.map_or_else(|| name_parts.to_vec(), |label| below(name_parts, label))
    }

    fn lower_candidate(
        &mut self,
        candidate: &Candidate<'d>,
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        if let Some(scalar) = candidate.scalar {
            return Type::Scalar(scalar);
        }
        let Some(values) = &candidate.known_values else {
            return self.lower_non_null(&candidate.views, name_parts, diagnostics);
        };
        let mut target = Target { views: &candidate.views, name_parts, described_by: &[], id: None };
        self.lower_listed(&mut target, values)
    }

    fn lower_listed(&mut self, target: &mut Target<'_, 'd>, values: &[Known]) -> Type {
        let Some(listed) = enumeration::lower(values) else { return Type::Any };
        let id = self.reserve(target);
        self.types[id.0].shape = Shape::Enum(listed);
        Type::Named(id)
    }

    fn variant(&self, candidate: &Candidate<'d>, own_label: Option<String>, ty: Type) -> Variant {
        let label = own_label.unwrap_or_else(|| label::of_type(&ty, &self.types));
        let docs = candidate.known_as.first().map(|listed| docs::of(listed, &label)).unwrap_or_default();
        let (tags, matcher) = (Vec::new(), VariantMatcher::default());
        Variant { label, ty, tags, tag_outside: false, is_default: false, matcher, docs }
    }
}
