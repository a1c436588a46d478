//! Tags: values of properties that discriminate candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::{Proposals, innermost, objects};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::lower::schema::mapping;
use crate::lower::schema::property;
use crate::lower::schema::union::Candidate;
use crate::lower::schema::view::{SchemaView, address};

/// How many values of a property make a name together.
const FEW: usize = 3;

/// The tags of candidates, which are found once, as finding them takes time.
pub(super) struct Tags<'c, 'd> {
    candidates: &'c [Candidate<'d>],
    /// The constant properties of each candidate that are texts.
    constants: Vec<Vec<(&'d str, String)>>,
    /// For each candidate all of its tags, apart from those that each object has.
    combined: Vec<String>,
}

impl<'c, 'd> Tags<'c, 'd> {
    pub(super) fn of(candidates: &'c [Candidate<'d>]) -> Self {
        let constants: Vec<_> = candidates.iter().map(constants).collect();
        let combined = combined(&constants, objects(candidates).len());
        Self { candidates, constants, combined }
    }

    /// Tags that discriminate all candidates or are always there, in rounds: those of the discriminator, those of
    /// a property that has one in each object, and other ones.
    pub(super) fn required(&self, discriminator: Option<&Cursor<'_>>) -> Vec<Proposals> {
        let mapped = discriminator.map(|discriminator| mapped(self.candidates, discriminator));
        let required = self.constants.iter().zip(self.candidates).map(|(constants, candidate)| {
            let is_required = |name: &str| candidate.merged.required.contains_key(name);
            let constants = constants.iter().filter(|(name, _)| is_required(name));
            constants.map(|(_, value)| value.clone()).collect()
        });
        let required = required.collect();
        mapped.into_iter().chain(in_each(self.candidates, &self.constants)).chain([required]).collect()
    }

    /// Tags that may be absent, in rounds.
    pub(super) fn optional(&self) -> Vec<Proposals> {
        let values = |one: &Vec<(&str, String)>| one.iter().map(|(_, value)| value.clone()).collect();
        let one_by_one = self.constants.iter().map(values).collect();
        let joined = self.combined.iter().map(|tags| vec![tags.clone()]).collect();
        vec![one_by_one, few_values(self.candidates), joined]
    }

    /// For each candidate all of its tags, apart from those that each object has.
    pub(super) fn combined(&self) -> &[String] {
        &self.combined
    }
}

fn combined(each: &[Vec<(&str, String)>], objects: usize) -> Vec<String> {
    let mut counts: BTreeMap<&(&str, String), usize> = BTreeMap::new();
    for constant in each.iter().flatten() {
        *counts.entry(constant).or_default() += 1;
    }
    let combined = each.iter().map(|constants| {
        let own = constants.iter().filter(|constant| counts[constant] < objects);
        own.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" ")
    });
    combined.collect()
}

/// The tags that a discriminator maps to candidates, when there is one for a candidate.
fn mapped(candidates: &[Candidate<'_>], discriminator: &Cursor<'_>) -> Proposals {
    let mut tags: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (tag, target) in mapping(discriminator, &mut Diagnostics::default()) {
        for place in [address(&target), address(&target.follow())] {
            tags.entry(place).or_default().insert(tag);
        }
    }
    let of = |candidate: &Candidate<'_>| {
        let mapped = candidate.known_as.iter().filter_map(|known| tags.get(&address(known)));
        let mapped: BTreeSet<&str> = mapped.flatten().copied().collect();
        let is_name = |tags: &BTreeSet<&str>| {
            tags.len() == 1 && tags.iter().all(|tag| tag.starts_with(char::is_alphabetic))
        };
        Some(mapped).filter(is_name).into_iter().flatten().map(str::to_owned).collect()
    };
    candidates.iter().map(of).collect()
}

/// The values of a property that is a constant in each object, another one in each.
fn in_each(candidates: &[Candidate<'_>], constants: &[Vec<(&str, String)>]) -> Option<Proposals> {
    let objects = objects(candidates);
    let (first, others) = objects.split_first()?;
    let value = |index: usize, name: &str| constants[index].iter().find(|(other, _)| *other == name);
    let discriminates = |name: &str| {
        let values: BTreeSet<&str> =
            objects.iter().filter_map(|index| value(*index, name)).map(|(_, value)| value.as_str()).collect();
        values.len() == objects.len()
    };
    let (name, _) = constants[*first].iter().find(|(name, _)| !others.is_empty() && discriminates(name))?;
    let proposals = (0..candidates.len()).map(|index| value(index, name));
    Some(proposals.map(|constant| constant.into_iter().map(|(_, value)| value.clone()).collect()).collect())
}

/// The constant properties of a candidate that are texts.
fn constants<'d>(candidate: &Candidate<'d>) -> Vec<(&'d str, String)> {
    let properties = candidate.merged.properties.iter();
    let constants = properties.filter_map(|(name, schemas)| {
        let constant = constant(schemas, candidate.merged.required.contains_key(name))?;
        Some((*name, constant)).filter(|(_, value)| !value.is_empty())
    });
    constants.collect()
}

fn constant(schemas: &[Cursor<'_>], is_required: bool) -> Option<String> {
    if is_required {
        let views: Vec<_> = schemas.iter().map(SchemaView::whole).collect();
        return property::constant(&views)?.as_str().map(str::to_owned);
    }
    match values(schemas).as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}

/// The texts that a property lists, without merging its schemas, which takes time.
fn values<'d>(schemas: &[Cursor<'d>]) -> Vec<&'d str> {
    let listed = schemas.iter().filter_map(|schema| {
        let innermost = innermost(schema)?;
        let constant = innermost.str("const").map(|constant| vec![constant]);
        let listed = || innermost.get("enum")?.items().map(|item| item.as_str()).collect::<Option<Vec<_>>>();
        constant.or_else(listed).filter(|values| !values.is_empty())
    });
    listed.min_by_key(Vec::len).unwrap_or_default()
}

/// The values of a property that lists a few in each object, other ones in each: `queued or in_progress` beside
/// `completed`.
fn few_values(candidates: &[Candidate<'_>]) -> Proposals {
    let mut listing: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let each: Vec<Vec<(&str, Vec<&str>)>> = candidates
        .iter()
        .map(|candidate| {
            let properties = candidate.merged.properties.iter();
            properties.map(|(name, schemas)| (*name, values(schemas))).collect()
        })
        .collect();
    for (name, values) in each.iter().flatten().filter(|(_, values)| !values.is_empty()) {
        *listing.entry(name).or_default() += 1;
        for value in values {
            *counts.entry((name, value)).or_default() += 1;
        }
    }
    let objects = objects(candidates).len();
    if objects < 2 {
        return vec![Vec::new(); candidates.len()];
    }
    let discriminates = |(name, values): &&(&str, Vec<&str>)| {
        (1..=FEW).contains(&values.len())
            && listing[name] == objects
            && values.iter().all(|value| counts[&(*name, *value)] == 1)
    };
    let proposals = |one: &Vec<(&str, Vec<&str>)>| {
        one.iter().filter(discriminates).map(|(_, values)| values.join(" or ")).collect()
    };
    each.iter().map(proposals).collect()
}
