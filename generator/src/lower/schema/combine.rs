//! Merges the schema beside a `oneOf` into its variants, as far as they do not repeat it themselves.
//! A variant that it rules out is left out.

use super::json_types::JsonTypes;
use super::merged::{Merged, OneOf, merge};
use super::object;
use super::union::Candidate;
use super::unwrap;
use super::view::{Facet, SchemaView};
use crate::diagnostic::Diagnostics;

/// Merges the schema beside a `oneOf` into the variants. Those that it rules out are left out.
pub(super) fn with_base<'d>(
    views: &[SchemaView<'d>],
    merged: &Merged<'d>,
    one_ofs: &[OneOf<'d>],
    candidates: Vec<Candidate<'d>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Candidate<'d>> {
    let base: Vec<_> = views.iter().map(SchemaView::base).collect();
    let mut possible = Vec::new();
    let mut ruled_out = None;
    for mut candidate in candidates {
        let is_of_other_type = merged.json_types.and(candidate.merged.json_types).is_empty();
        if is_of_other_type && has_stray_type(one_ofs, merged) {
            report_stray_type(merged, &candidate, diagnostics);
        } else if !is_of_other_type && needs_base(merged, &candidate.merged) {
            let all: Vec<_> = base.iter().cloned().chain(candidate.views).collect();
            candidate.merged = merge(&all, &mut Diagnostics::default());
            candidate.views = without_empty(all, &candidate.merged);
        } else if is_of_other_type {
            candidate.merged.is_contradiction = true;
        }
        if candidate.merged.is_contradiction {
            ruled_out = Some(candidate);
        } else {
            possible.push(candidate);
        }
    }
    if let (Some(candidate), true) = (ruled_out, possible.is_empty()) {
        diagnostics.error(
            "schema-type-conflict",
            &candidate.known_as[0],
            "no variant satisfies the schemas that apply together with it",
            "give schemas that apply together the same `type`",
        );
    }
    consistent(possible)
}

/// The candidates that allow a value: some variants of two `oneOf`s rule each other out, by a constant as
/// a rule. When they all do, all are kept, so that each conflict is reported where it is.
fn consistent(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let (conflicting, consistent): (Vec<_>, Vec<_>) = candidates.into_iter().partition(excludes_itself);
    if consistent.is_empty() { conflicting } else { consistent }
}

/// Whether the views of a candidate contradict each other, although each of them alone does not.
fn excludes_itself(candidate: &Candidate<'_>) -> bool {
    let is_possible = |view: &SchemaView<'_>| {
        !object::has_conflict(&merge(std::slice::from_ref(view), &mut Diagnostics::default()))
    };
    candidate.views.len() > 1
        && object::has_conflict(&candidate.merged)
        && candidate.views.iter().all(is_possible)
}

/// Whether the schema beside a `oneOf` says something that a variant does not say itself.
fn needs_base(base: &Merged<'_>, variant: &Merged<'_>) -> bool {
    if base.has_content() {
        return !includes(variant, base);
    }
    let says_nothing = variant.json_types == JsonTypes::ALL && variant.one_ofs.is_empty();
    says_nothing && base.json_types != JsonTypes::ALL
}

/// Whether the only keyword beside a `oneOf` is a `type` in the same schema, which is mostly a mistake when
/// the variants are of other types.
fn has_stray_type(one_ofs: &[OneOf<'_>], base: &Merged<'_>) -> bool {
    let is_beside = |one_of: &OneOf<'_>| one_of.schema.get("type").is_some();
    !base.has_content() && one_ofs.iter().any(is_beside)
}

fn report_stray_type(base: &Merged<'_>, candidate: &Candidate<'_>, diagnostics: &mut Diagnostics) {
    let Candidate { merged, known_as, .. } = candidate;
    diagnostics.warning(
        "union-type",
        &known_as[0],
        format!(
            "the variant is {}, but the `type` beside the `oneOf` or `anyOf` is {}",
            merged.json_types.in_words(),
            base.json_types.in_words()
        ),
        "remove `type` beside `oneOf` or `anyOf`; it is ignored for this variant",
    );
}

/// The views that affect the type. `merged` is all of them merged.
///
/// A schema without its `oneOf`s mostly says nothing, and then the variant alone is the type, with its own
/// name.
fn without_empty<'d>(views: Vec<SchemaView<'d>>, merged: &Merged<'d>) -> Vec<SchemaView<'d>> {
    let mut kept: Vec<SchemaView<'d>> = views.iter().filter(|view| !says_only_type(view)).cloned().collect();
    let together = merge(&kept, &mut Diagnostics::default());
    if kept.is_empty() || together.json_types != merged.json_types {
        return views;
    }
    for view in &mut kept {
        let whole = SchemaView::whole(&view.schema);
        let has_one_ofs =
            !merge(std::slice::from_ref(&whole), &mut Diagnostics::default()).one_ofs.is_empty();
        if view.facet == Facet::Base && !has_one_ofs {
            *view = whole;
        }
    }
    kept
}

fn says_only_type(view: &SchemaView<'_>) -> bool {
    let counts = |keyword: &str| match keyword {
        "type" => false,
        "oneOf" | "anyOf" | "discriminator" => view.facet == Facet::Whole,
        _ => true,
    };
    let mut properties = view.schema.members();
    !properties.any(|(keyword, value)| counts(keyword) && unwrap::is_structural(keyword, value.value()))
}

/// Whether `variant` says all that `base` says, as far as types go.
fn includes(variant: &Merged<'_>, base: &Merged<'_>) -> bool {
    base.properties.keys().all(|name| variant.properties.contains_key(name))
        && base.required.keys().all(|name| variant.required.contains_key(name))
        && (base.additional_properties.is_empty() || !variant.additional_properties.is_empty())
        && (base.format.is_none() || base.format == variant.format)
        && base.values.is_none()
        && base.list.is_empty()
        && base.encoding.is_none()
}
