//! Labels of the variants of a union, to make names of.

use super::declared;
use super::json_types::JsonTypes;
use super::property;
use super::union::Candidate;
use super::view::{Facet, SchemaView};
use crate::ir::{Scalar, Type, TypeDef, Variant};

/// How many words a title may have to serve as a name; longer ones are sentences.
const TITLE_WORDS: usize = 3;

/// A label for each of `candidates`, as far as it has one besides that of its type: the first of its labels that
/// no other candidate has as well.
pub(super) fn of_candidates(candidates: &[Candidate<'_>]) -> Vec<Option<String>> {
    let all: Vec<Vec<String>> = (0..candidates.len()).map(|index| labels(candidates, index)).collect();
    let own = |index: usize, label: &&String| {
        all.iter().enumerate().all(|(other, labels)| other == index || !labels.contains(label))
    };
    let labels = all.iter().enumerate().map(|(index, labels)| {
        let label = labels.iter().find(|label| own(index, label)).cloned();
        label.or_else(|| is_structured(&candidates[index]).then(|| format!("variant {}", index + 1)))
    });
    labels.collect()
}

/// What a candidate may be called, the best first: by its title, by what discriminates it, by its component, or by
/// a property that only it has.
fn labels(candidates: &[Candidate<'_>], index: usize) -> Vec<String> {
    let candidate = &candidates[index];
    if candidate.scalar.is_some() {
        return Vec::new();
    }
    if let [SchemaView { facet: Facet::Base, .. }] = candidate.views.as_slice() {
        return vec!["base".to_owned()];
    }
    let declared = candidate.known_as.iter().find_map(declared::name);
    let values = candidate.merged.values.as_ref().and_then(|_| match candidate.merged.json_types {
        JsonTypes::STRING => Some("value".to_owned()),
        JsonTypes::INTEGER => Some("integer value".to_owned()),
        _ => None,
    });
    let labels = [title(candidate), tag(candidate), declared, values];
    let mut labels: Vec<String> = labels.into_iter().flatten().collect();
    if is_structured(candidate) {
        labels.extend(own_property(candidates, index));
        labels.extend(candidate.known_as.is_empty().then(|| "object".to_owned()));
    }
    labels
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

fn title(candidate: &Candidate<'_>) -> Option<String> {
    let title = candidate.known_as.iter().find_map(|schema| schema.str("title"))?;
    let is_name = title.split_whitespace().count() <= TITLE_WORDS && title.starts_with(char::is_alphabetic);
    is_name.then(|| title.to_owned())
}

/// The value of a constant property: most likely what discriminates the variants.
fn tag(candidate: &Candidate<'_>) -> Option<String> {
    let required =
        candidate.merged.properties.iter().filter(|(name, _)| candidate.merged.required.contains_key(*name));
    let mut constants = required.filter_map(|(_, schemas)| {
        let views: Vec<_> = schemas.iter().map(SchemaView::whole).collect();
        property::constant(&views)
    });
    constants.find_map(|value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
}

/// The first property that no other candidate has, a required one if possible.
fn own_property(candidates: &[Candidate<'_>], index: usize) -> Option<String> {
    let merged = &candidates[index].merged;
    let is_own = |name: &&&str| {
        let mut others = candidates.iter().enumerate().filter(|(other, _)| *other != index);
        !others.any(|(_, other)| other.merged.properties.contains_key(**name))
    };
    let required = merged.properties.keys().filter(|name| merged.required.contains_key(**name)).find(is_own);
    required.or_else(|| merged.properties.keys().find(is_own)).map(|name| (*name).to_owned())
}

/// The label of a variant by its type.
pub(super) fn of_type(ty: &Type, types: &[TypeDef]) -> String {
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

/// Calls the lists among `variants` by their items, or their length, when there are several.
pub(super) fn tell_lists_apart<'v>(variants: impl Iterator<Item = &'v mut Variant>, types: &[TypeDef]) {
    let mut lists: Vec<&mut Variant> = variants.filter(|variant| variant.label == "list").collect();
    if lists.len() < 2 {
        return;
    }
    for variant in &mut lists {
        match &variant.ty {
            Type::List(item) => variant.label = format!("{} list", of_type(item, types)),
            Type::Tuple(places) => variant.label = format!("list of {}", places.len()),
            _ => {}
        }
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
