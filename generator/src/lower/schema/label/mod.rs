//! Labels of the variants of a union, to make names of.
//!
//! In rounds, the best first: each candidate proposes what it may be called, and keeps the first proposal that
//! no other candidate makes in that round. A number comes last.

mod properties;
mod tags;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::json_types::JsonTypes;
use super::union::Candidate;
use super::unwrap;
use super::view::{Facet, SchemaView};
use crate::document::Cursor;
use crate::ir::{Scalar, Shape, Type, TypeDef, Variant};
use tags::Tags;

/// What each candidate may be called, in one round.
type Proposals = Vec<Vec<String>>;

/// A label for each of `candidates`, as far as it has one besides that of its type: by its title, by its tag, by
/// its component, by its kind, or by a property that discriminates it.
pub(super) fn of_candidates(
    candidates: &[Candidate<'_>],
    discriminator: Option<&Cursor<'_>>,
) -> Vec<Option<String>> {
    let mut labels = Labels::of(candidates);
    let tags = Tags::of(candidates);
    labels.choose(&words::titles(candidates));
    labels.choose_in_rounds(&tags.required(discriminator));
    labels.choose(&words::components(candidates));
    labels.choose_in_rounds(&tags.optional());
    labels.choose_first(&properties::within_tags(candidates, tags.combined()));
    labels.choose(&properties::only(candidates));
    labels.choose(&words::kinds(candidates));
    labels.choose(&words::long_titles(candidates));
    if labels.are_complete(candidates) {
        return labels.chosen;
    }
    labels.choose_first(&properties::own(candidates));
    labels.choose(&properties::by_kind(candidates));
    labels.choose(&properties::shared_by_all(candidates));
    labels.choose_first(&properties::rarest(candidates));
    labels.choose_first(&properties::pairs(candidates));
    labels.or_numbers(candidates)
}

/// The labels as far as they are chosen.
struct Labels {
    chosen: Vec<Option<String>>,
    /// Those that are chosen, and those of types that need no other one.
    taken: BTreeSet<String>,
}

impl Labels {
    fn of(candidates: &[Candidate<'_>]) -> Self {
        let plain = candidates.iter().filter_map(plain_kind);
        let mut labels = Self { chosen: vec![None; candidates.len()], taken: plain.map(key).collect() };
        for (index, candidate) in candidates.iter().enumerate() {
            if let [SchemaView { facet: Facet::Base, .. }] = candidate.views.as_slice() {
                labels.take(index, "base");
            }
        }
        labels
    }

    fn choose_in_rounds(&mut self, rounds: &[Proposals]) {
        for proposals in rounds {
            self.choose(proposals);
        }
    }

    /// Chooses for each candidate without a label the first of its proposals that is no other one's.
    fn choose(&mut self, proposals: &Proposals) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for proposals in proposals {
            for text in proposals.iter().map(key).collect::<BTreeSet<String>>() {
                *counts.entry(text).or_default() += 1;
            }
        }
        for (index, proposals) in proposals.iter().enumerate() {
            if let Some(text) = proposals.iter().find(|text| counts[&key(text)] == 1) {
                self.take(index, text);
            }
        }
    }

    /// Chooses labels of candidates, of which the best come first.
    fn choose_first(&mut self, labels: &[(usize, String)]) {
        for (index, label) in labels {
            self.take(*index, label);
        }
    }

    /// Chooses `text` for a candidate when both are free.
    fn take(&mut self, index: usize, text: &str) {
        if self.chosen[index].is_none() && !key(text).is_empty() && self.taken.insert(key(text)) {
            self.chosen[index] = Some(text.to_owned());
        }
    }

    /// Whether only types without a name of their own are left.
    fn are_complete(&self, candidates: &[Candidate<'_>]) -> bool {
        let mut labels = self.chosen.iter().zip(candidates);
        labels.all(|(label, candidate)| label.is_some() || !is_structured(candidate))
    }

    /// The labels, with numbers for objects that nothing discriminates.
    fn or_numbers(self, candidates: &[Candidate<'_>]) -> Vec<Option<String>> {
        let numbered = |(index, label): (usize, Option<String>)| {
            label.or_else(|| is_structured(&candidates[index]).then(|| format!("variant {}", index + 1)))
        };
        self.chosen.into_iter().enumerate().map(numbered).collect()
    }
}

/// `text` as far as names show it.
fn key(text: impl AsRef<str>) -> String {
    let letters = text.as_ref().chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the label of a candidate is part of the name of its type.
pub(super) fn has_name_part(candidate: &Candidate<'_>) -> bool {
    is_structured(candidate) || candidate.merged.values.is_some()
}

/// Whether a candidate is an object with properties, or one of several such.
fn is_structured(candidate: &Candidate<'_>) -> bool {
    let is_object =
        candidate.merged.json_types == JsonTypes::OBJECT && !candidate.merged.properties.is_empty();
    candidate.scalar.is_none()
        && candidate.merged.values.is_none()
        && (is_object || !candidate.merged.one_ofs.is_empty())
}

/// Where the objects stand among `candidates`.
fn objects(candidates: &[Candidate<'_>]) -> Vec<usize> {
    (0..candidates.len()).filter(|index| is_structured(&candidates[*index])).collect()
}

/// The schema in the wrappers of another one, without following any branch.
fn innermost<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    unwrap::path(schema, |_| false).pop()
}

/// What [`of_type`] most likely says of a candidate that needs no name of its own.
fn plain_kind(candidate: &Candidate<'_>) -> Option<&'static str> {
    match candidate.merged.json_types {
        _ if has_name_part(candidate) => None,
        JsonTypes::OBJECT => Some("map"),
        JsonTypes::ARRAY => Some("list"),
        JsonTypes::STRING => Some("text"),
        JsonTypes::INTEGER => Some("integer"),
        JsonTypes::NUMBER => Some("number"),
        JsonTypes::BOOLEAN => Some("boolean"),
        _ => None,
    }
}

/// The label of a variant by its type.
pub(in crate::lower) fn of_type(ty: &Type, types: &[TypeDef]) -> String {
    let label = match ty {
        Type::Any => "any",
        Type::Scalar(scalar) => of_scalar(*scalar),
        Type::List(_) | Type::Tuple(_) => "list",
        Type::Map(_) => "map",
        Type::Nullable(ty) => return of_type(ty, types),
        Type::Named(id) => {
            types.get(id.0).and_then(|ty| ty.name_parts.last()).map_or("value", String::as_str)
        }
    };
    label.to_owned()
}

/// Calls the lists among `variants` by their items, or their length, when there are several, and those of the
/// same kind by a property that only their items have.
pub(super) fn tell_lists_apart<'v>(variants: impl Iterator<Item = &'v mut Variant>, types: &[TypeDef]) {
    let mut lists: Vec<&mut Variant> = variants.filter(|variant| variant.label == "list").collect();
    if lists.len() < 2 {
        return;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in lists.iter().flat_map(|list| item_properties(&list.ty, types)) {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    for variant in &mut lists {
        let mut label = match &variant.ty {
            Type::List(item) => format!("{} list", of_item(item, types)),
            Type::Tuple(places) => format!("list of {}", places.len()),
            _ => continue,
        };
        if !taken.insert(label.clone())
            && let Some(own) = item_properties(&variant.ty, types).find(|name| counts[*name] == 1)
        {
            label = format!("{own} list");
        }
        variant.label = label;
    }
}

/// The properties of the objects in a list.
fn item_properties<'t>(list: &Type, types: &'t [TypeDef]) -> impl Iterator<Item = &'t str> {
    let id = match list {
        Type::List(item) => match item.as_ref() {
            Type::Named(id) => Some(id.0),
            _ => None,
        },
        _ => None,
    };
    let object = id.and_then(|id| types.get(id)).and_then(|ty| match &ty.shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    });
    object.into_iter().flat_map(|object| object.properties.iter().map(|property| property.name.as_str()))
}

/// The label of an item of a list: its kind, when it has no name of its own.
fn of_item(ty: &Type, types: &[TypeDef]) -> String {
    let inline = match ty {
        Type::Named(id) => types.get(id.0).filter(|ty| ty.name_parts.len() > 1),
        _ => None,
    };
    match inline.map(|ty| &ty.shape) {
        Some(Shape::Struct(_)) => "object".to_owned(),
        Some(Shape::Enum(_)) => "value".to_owned(),
        _ => of_type(ty, types),
    }
}

fn of_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Int32 | Scalar::Int64 | Scalar::UInt64 => "integer",
        Scalar::Float | Scalar::Double => "number",
        Scalar::String => "text",
        Scalar::Date => "date",
        Scalar::DateTime => "date time",
        Scalar::Base64 => "bytes",
    }
}
