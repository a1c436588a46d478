//! Merges what stands beside a choice into its variants, as far as it says something that they do not say
//! themselves. A variant that it rules out is left out.

use super::flat::{Choice, Flat, flatten};
use super::kinds::Kinds;
use super::object;
use super::part::{Lens, Part};
use super::peel;
use super::union::Candidate;
use crate::diagnostic::Diagnostics;

/// Merges what stands beside a choice into the variants. Those that it rules out are left out.
pub(super) fn with_base<'d>(
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
            "no variant of the choice satisfies what has to hold together with it",
            "give schemas that have to hold together the same `type`",
        );
    }
    consistent(possible)
}

/// The candidates that can be: of two choices that hold together some variants rule each other out, by a
/// constant as a rule. When they all do, all are kept, so that each conflict is reported where it is.
fn consistent(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let (conflicting, consistent): (Vec<_>, Vec<_>) = candidates.into_iter().partition(excludes_itself);
    if consistent.is_empty() { conflicting } else { consistent }
}

/// Whether the parts of a candidate contradict each other, each of them being possible.
fn excludes_itself(candidate: &Candidate<'_>) -> bool {
    let is_possible = |part: &Part<'_>| {
        !object::has_conflict(&flatten(std::slice::from_ref(part), &mut Diagnostics::default()))
    };
    candidate.parts.len() > 1
        && object::has_conflict(&candidate.flat)
        && candidate.parts.iter().all(is_possible)
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
