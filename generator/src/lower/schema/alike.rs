//! Makes one of candidates for a union that take the same values, or that nothing could tell apart.

use super::enumeration::Known;
use super::kinds::Kinds;
use super::part::{Lens, address};
use super::union::Candidate;
use super::{Schemas, scalar};
use crate::ir::Scalar;

impl<'d> Schemas<'d> {
    /// Makes one of the candidates that list values of `kind`. A candidate for all values of that kind
    /// adds nothing to a list, which is open anyway.
    pub(super) fn merge_listed(&self, candidates: Vec<Candidate<'d>>, kind: Kinds) -> Vec<Candidate<'d>> {
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

/// Makes one of the candidates for texts that differ by their format only, which cannot be told apart by
/// looking at them; and of integers and of numbers that differ by their size.
pub(super) fn merge_scalars(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
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
