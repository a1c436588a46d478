//! Labels of the variants of a union, to make names of.

use super::json_types::JsonTypes;
use super::property;
use super::union::Candidate;
use super::view::{Facet, SchemaView};
use crate::document::Cursor;
use crate::ir::{Scalar, Type, TypeDef};

/// How long a title may be to serve as a name.
const TITLE_LIMIT: usize = 40;

/// A label for each of `candidates`, as far as it has one besides that of its type.
pub(super) fn of_candidates(candidates: &[Candidate<'_>]) -> Vec<Option<String>> {
    let mut labels: Vec<Option<String>> = Vec::new();
    for index in 0..candidates.len() {
        let label = label(candidates, index);
        let is_taken = label.is_some() && labels.contains(&label);
        labels.push(label.map(|label| if is_taken { format!("{label} {}", index + 1) } else { label }));
    }
    labels
}

fn label(candidates: &[Candidate<'_>], index: usize) -> Option<String> {
    let candidate = &candidates[index];
    if candidate.scalar.is_some() {
        return None;
    }
    if let [SchemaView { facet: Facet::Base, .. }] = candidate.views.as_slice() {
        return Some("base".to_owned());
    }
    if let Some(name) = component(&candidate.known_as) {
        return Some(name.key().to_owned());
    }
    if candidate.merged.values.is_some() {
        return match candidate.merged.json_types {
            JsonTypes::STRING => Some("value".to_owned()),
            JsonTypes::INTEGER => Some("integer value".to_owned()),
            _ => None,
        };
    }
    let is_object =
        candidate.merged.json_types == JsonTypes::OBJECT && !candidate.merged.properties.is_empty();
    if !is_object && candidate.merged.one_ofs.is_empty() {
        return None;
    }
    title(candidate).or_else(|| tag(candidate)).or_else(|| own_property(candidates, index)).or_else(|| {
        Some(if candidate.known_as.is_empty() {
            "object".to_owned()
        } else {
            format!("variant {}", index + 1)
        })
    })
}

/// The schema of `components` that a variant is known as.
pub(super) fn component<'c, 'd>(known_as: &'c [Cursor<'d>]) -> Option<&'c Cursor<'d>> {
    let parent = |schema: &Cursor<'_>| schema.pointer().parent();
    known_as
        .iter()
        .find(|schema| parent(schema).is_some_and(|parent| parent.as_str() == "/components/schemas"))
}

fn title(candidate: &Candidate<'_>) -> Option<String> {
    let title = candidate.known_as.iter().find_map(|schema| schema.str("title"))?;
    let is_name = title.chars().count() <= TITLE_LIMIT && title.starts_with(char::is_alphabetic);
    is_name.then(|| title.to_owned())
}

/// The value of a constant property: most likely what discriminates the variants.
fn tag(candidate: &Candidate<'_>) -> Option<String> {
    let required =
        candidate.merged.properties.iter().filter(|(name, _)| candidate.merged.required.contains(*name));
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
    let required = merged.properties.keys().filter(|name| merged.required.contains(**name)).find(is_own);
    required.or_else(|| merged.properties.keys().find(is_own)).map(|name| (*name).to_owned())
}

/// The label of a variant by its type.
pub(super) fn of_type(ty: &Type, types: &[TypeDef]) -> String {
    let label = match ty {
        Type::Any => "any",
        Type::Scalar(scalar) => of_scalar(*scalar),
        Type::List(item) => return format!("{} list", of_type(item, types)),
        Type::Map(_) => "map",
        Type::Nullable(ty) => return of_type(ty, types),
        Type::Named(id) | Type::Boxed(id) => {
            types.get(id.0).and_then(|ty| ty.name_parts.last()).map_or("value", String::as_str)
        }
    };
    label.to_owned()
}

fn of_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Int32 | Scalar::Int64 | Scalar::UInt64 => "integer",
        Scalar::Float | Scalar::Double => "number",
        Scalar::String => "string",
        Scalar::Date => "date",
        Scalar::DateTime => "date time",
        Scalar::Base64 => "bytes",
    }
}
