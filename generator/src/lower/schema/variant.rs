//! Words to tell the variants of a union apart by.

use super::kinds::Kinds;
use super::member;
use super::part::{Lens, Part};
use super::union::Candidate;
use crate::document::Cursor;
use crate::ir::{Scalar, Type, TypeDef};

/// How long a title may be to serve as a name.
const TITLE_LIMIT: usize = 40;

/// A word for each of `candidates`, as far as it has one besides that of its type.
pub(super) fn words(candidates: &[Candidate<'_>]) -> Vec<Option<String>> {
    let mut words: Vec<Option<String>> = Vec::new();
    for index in 0..candidates.len() {
        let word = word(candidates, index);
        let is_taken = word.is_some() && words.contains(&word);
        words.push(word.map(|word| if is_taken { format!("{word} {}", index + 1) } else { word }));
    }
    words
}

fn word(candidates: &[Candidate<'_>], index: usize) -> Option<String> {
    let candidate = &candidates[index];
    if candidate.scalar.is_some() {
        return None;
    }
    if let [Part { lens: Lens::Base, .. }] = candidate.parts.as_slice() {
        return Some("base".to_owned());
    }
    if let Some(name) = component(&candidate.known_as) {
        return Some(name.key().to_owned());
    }
    if candidate.flat.values.is_some() {
        return match candidate.flat.kinds {
            Kinds::STRING => Some("value".to_owned()),
            Kinds::INTEGER => Some("integer value".to_owned()),
            _ => None,
        };
    }
    let is_object = candidate.flat.kinds == Kinds::OBJECT && !candidate.flat.properties.is_empty();
    if !is_object && candidate.flat.choices.is_empty() {
        return None;
    }
    title(candidate).or_else(|| tag(candidate)).or_else(|| own_member(candidates, index)).or_else(|| {
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

/// The value of a constant member: most likely what the variants are told apart by.
fn tag(candidate: &Candidate<'_>) -> Option<String> {
    let required =
        candidate.flat.properties.iter().filter(|(name, _)| candidate.flat.required.contains(*name));
    let mut constants = required.filter_map(|(_, schemas)| {
        let parts: Vec<_> = schemas.iter().map(Part::whole).collect();
        member::constant(&parts)
    });
    constants.find_map(|value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned))
}

/// The first member that no other candidate has, a required one if possible.
fn own_member(candidates: &[Candidate<'_>], index: usize) -> Option<String> {
    let flat = &candidates[index].flat;
    let is_own = |name: &&&str| {
        let mut others = candidates.iter().enumerate().filter(|(other, _)| *other != index);
        !others.any(|(_, other)| other.flat.properties.contains_key(**name))
    };
    let required = flat.properties.keys().filter(|name| flat.required.contains(**name)).find(is_own);
    required.or_else(|| flat.properties.keys().find(is_own)).map(|name| (*name).to_owned())
}

/// What to call a variant after its type.
pub(super) fn word_of_type(ty: &Type, types: &[TypeDef]) -> String {
    let word = match ty {
        Type::Any => "any",
        Type::Scalar(scalar) => word_of_scalar(*scalar),
        Type::List(item) => return format!("{} list", word_of_type(item, types)),
        Type::Map(_) => "map",
        Type::Nullable(ty) => return word_of_type(ty, types),
        Type::Named(id) | Type::Boxed(id) => {
            types.get(id.0).and_then(|ty| ty.hint.last()).map_or("value", String::as_str)
        }
    };
    word.to_owned()
}

fn word_of_scalar(scalar: Scalar) -> &'static str {
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
