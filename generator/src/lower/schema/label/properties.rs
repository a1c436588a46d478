//! Properties that discriminate candidates.

use std::collections::BTreeMap;

use super::{Proposals, innermost, is_structured, objects};
use crate::document::Cursor;
use crate::lower::schema::union::Candidate;

/// A property that a candidate has, and how well it discriminates that; less is better.
struct Ranked<'d> {
    rank: usize,
    index: usize,
    name: &'d str,
}

/// The required properties that are all of an object, like the tags that `serde` writes around a value.
pub(super) fn only(candidates: &[Candidate<'_>]) -> Proposals {
    let own = own(candidates);
    let is_only = |index: usize| {
        let merged = &candidates[index].merged;
        merged.properties.len() == 1
            && merged.properties.keys().all(|name| merged.required.contains_key(name))
    };
    let proposals = (0..candidates.len()).map(|index| {
        let own = own.iter().filter(|(other, _)| *other == index && is_only(index));
        own.map(|(_, name)| name.clone()).collect()
    });
    proposals.collect()
}

/// Properties that no other candidate has, as labels, those that are required first.
pub(super) fn own(candidates: &[Candidate<'_>]) -> Vec<(usize, String)> {
    let own = ranked(candidates, &objects(candidates)).into_iter().filter(|property| property.rank <= OWN);
    own.map(|property| (property.index, property.name.to_owned())).collect()
}

/// All properties as labels, those that discriminate best first.
pub(super) fn rarest(candidates: &[Candidate<'_>]) -> Vec<(usize, String)> {
    let all = ranked(candidates, &objects(candidates)).into_iter();
    all.map(|property| (property.index, property.name.to_owned())).collect()
}

/// Two properties of each candidate together, those that discriminate best first.
pub(super) fn pairs(candidates: &[Candidate<'_>]) -> Vec<(usize, String)> {
    let mut rare: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for property in ranked(candidates, &objects(candidates)) {
        let names = rare.entry(property.index).or_default();
        if names.len() < FEW {
            names.push(property.name);
        }
    }
    let pairs = rare.iter().flat_map(|(index, names)| {
        let each = names.iter().enumerate();
        each.flat_map(move |(at, one)| {
            names[at + 1..].iter().map(move |other| (*index, format!("{one} {other}")))
        })
    });
    pairs.collect()
}

/// For candidates with the same tags: their tags with the properties that discriminate them best.
pub(super) fn within_tags(candidates: &[Candidate<'_>], tags: &[String]) -> Vec<(usize, String)> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in objects(candidates).into_iter().filter(|index| !tags[*index].is_empty()) {
        groups.entry(&tags[index]).or_default().push(index);
    }
    let groups = groups.into_iter().filter(|(_, group)| group.len() > 1);
    let labels = groups.flat_map(|(tags, group)| {
        let ranked = ranked(candidates, &group).into_iter();
        ranked.map(move |property| (property.index, format!("{tags} {}", property.name)))
    });
    labels.collect()
}

/// The properties of the candidates at `indices`, the best first.
fn ranked<'d>(candidates: &[Candidate<'d>], indices: &[usize]) -> Vec<Ranked<'d>> {
    let is_required = |index: usize, name: &str| candidates[index].merged.required.contains_key(name);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for index in indices {
        for name in candidates[*index].merged.properties.keys() {
            let (having, requiring) = counts.entry(name).or_default();
            *having += 1;
            *requiring += usize::from(is_required(*index, name));
        }
    }
    let rank = |index: usize, name: &str| match (counts[name], is_required(index, name)) {
        ((1, _), true) => 0,
        ((1, _), false) => OWN,
        ((_, 1), true) => OWN + 1,
        ((having, _), _) => OWN + having,
    };
    let properties = indices.iter().flat_map(|index| {
        let names = candidates[*index].merged.properties.keys();
        names.map(|name| Ranked { rank: rank(*index, name), index: *index, name })
    });
    let mut properties: Vec<Ranked<'d>> = properties.collect();
    // A property says most about the object that has little else.
    properties.sort_by_key(|one| (one.rank, candidates[one.index].merged.properties.len()));
    properties
}

/// How many properties of a candidate make pairs.
const FEW: usize = 4;

/// The last rank of properties that no other candidate has.
const OWN: usize = 1;

/// The properties that are of another kind in other candidates: `text labels`, and `object labels`.
pub(super) fn by_kind(candidates: &[Candidate<'_>]) -> Proposals {
    let kinds = |candidate: &Candidate<'_>| {
        let properties = candidate.merged.properties.iter();
        let kinds = properties.filter_map(|(name, schemas)| Some(format!("{} {name}", kind(schemas)?)));
        kinds.filter(|_| is_structured(candidate)).collect()
    };
    candidates.iter().map(kinds).collect()
}

/// What kind of value a property has, or the items of one that is a list, by a shallow query.
fn kind(schemas: &[Cursor<'_>]) -> Option<&'static str> {
    let schema = innermost(schemas.last()?)?;
    let schema = schema.get("items").and_then(|items| innermost(&items)).unwrap_or(schema);
    Some(match schema.str("type")? {
        "string" => "text",
        "integer" => "integer",
        "number" => "number",
        "boolean" => "boolean",
        "object" => "object",
        _ => return None,
    })
}

/// `base` for an object that has only properties that all of the others have, too.
pub(super) fn shared_by_all(candidates: &[Candidate<'_>]) -> Proposals {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let objects = objects(candidates);
    for name in objects.iter().flat_map(|index| candidates[*index].merged.properties.keys()) {
        *counts.entry(name).or_default() += 1;
    }
    let is_base = |candidate: &Candidate<'_>| {
        let mut properties = candidate.merged.properties.keys();
        is_structured(candidate) && properties.all(|name| counts[name] == objects.len())
    };
    candidates.iter().map(|one| is_base(one).then(|| "base".to_owned()).into_iter().collect()).collect()
}
