//! Merges candidates for a union that allow the same values, or that nothing could discriminate.

use super::enumeration::Known;
use super::json_types::JsonTypes;
use super::union::Candidate;
use super::view::{Facet, address};
use super::{Schemas, scalar};
use crate::ir::Scalar;

impl<'d> Schemas<'d> {
    /// Merges the candidates that list values of `json_type`. A candidate for all values of that JSON type
    /// adds nothing to a list, which is open anyway.
    pub(super) fn merge_listed(
        &self,
        candidates: Vec<Candidate<'d>>,
        json_type: JsonTypes,
    ) -> Vec<Candidate<'d>> {
        let is_of_type = |candidate: &Candidate<'d>| {
            candidate.merged.json_types == json_type && candidate.merged.one_ofs.is_empty()
        };
        let mut kept: Vec<Candidate<'d>> = Vec::new();
        let mut inline: Option<usize> = None;
        for candidate in candidates {
            let values = candidate.merged.values.as_ref().filter(|_| is_of_type(&candidate));
            let (Some(values), false) = (values, self.is_named(&candidate)) else {
                kept.push(candidate);
                continue;
            };
            match inline {
                None => {
                    inline = Some(kept.len());
                    kept.push(candidate);
                }
                Some(first) => {
                    let first = &mut kept[first];
                    let all = first
                        .known_values
                        .get_or_insert_with(|| first.merged.values.clone().unwrap_or_default());
                    let is_new = |known: &&Known| !all.iter().any(|other| other.value == known.value);
                    let new: Vec<_> = values.iter().filter(is_new).cloned().collect();
                    all.extend(new);
                    first.known_as.extend(candidate.known_as);
                }
            }
        }
        let lists =
            kept.iter().filter(|candidate| is_of_type(candidate) && candidate.merged.values.is_some());
        if lists.count() == 1 {
            kept.retain(|candidate| {
                let is_plain = is_of_type(candidate) && candidate.merged.values.is_none();
                let is_text = scalar::lower(&candidate.merged) == Some(Scalar::String);
                !is_plain || (json_type == JsonTypes::STRING && !is_text)
            });
        }
        kept
    }

    fn is_named(&self, candidate: &Candidate<'d>) -> bool {
        match candidate.views.as_slice() {
            [view] => view.facet == Facet::Whole && self.components.contains_key(&address(&view.schema)),
            _ => false,
        }
    }
}

/// Merges the candidates for strings that differ only in their format, which the value does not show; and
/// integers and numbers that differ only in their size.
pub(super) fn merge_scalars(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let texts = [Scalar::String, Scalar::Date, Scalar::DateTime, Scalar::Base64];
    let integers = [Scalar::Int64, Scalar::Int32, Scalar::UInt64];
    let numbers = [Scalar::Double, Scalar::Float];
    let mut kept: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        let scalar = plain_scalar(&candidate);
        let group = [&texts[..], &integers, &numbers]
            .into_iter()
            .find(|group| scalar.is_some_and(|it| group.contains(&it)));
        let place = group.and_then(|group| {
            kept.iter().position(|other| plain_scalar(other).is_some_and(|it| group.contains(&it)))
        });
        match (place, group) {
            (Some(place), Some(group)) => {
                let other = plain_scalar(&kept[place]);
                kept[place].scalar = if other == scalar { scalar } else { Some(group[0]) };
            }
            _ => kept.push(candidate),
        }
    }
    kept
}

/// The scalar that a candidate is for, when all of its values are.
fn plain_scalar(candidate: &Candidate<'_>) -> Option<Scalar> {
    let is_plain = candidate.merged.values.is_none()
        && candidate.merged.one_ofs.is_empty()
        && !candidate.merged.is_multi_type();
    candidate.scalar.or_else(|| scalar::lower(&candidate.merged).filter(|_| is_plain))
}
