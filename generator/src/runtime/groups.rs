//! The groups that a crate has: in all of it, or with some of its features.
//!
//! In come the groups that each part of a crate uses, with the feature that the part is compiled with; out
//! comes when each group is there. A group that only a few features use has a Cargo feature of its own, which
//! they turn on, so that a crate with other features alone is without it, and without its dependencies.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Group;
use super::needs;

/// The groups that a crate has.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    always: BTreeSet<Group>,
    /// The others, each with the features that use it.
    of_features: BTreeMap<Group, BTreeSet<String>>,
}

impl Groups {
    /// The groups of these parts of a crate, each with the feature that the part is compiled with, and those
    /// that the groups need. A crate with `features` features has a group that most of them use in any case.
    pub(crate) fn of(parts: impl IntoIterator<Item = (Group, Option<String>)>, features: usize) -> Self {
        let mut groups = Self::default();
        for (group, feature) in parts {
            groups.add(group, feature.as_deref());
        }
        let (few, many) = std::mem::take(&mut groups.of_features)
            .into_iter()
            .partition(|(_, users): &(Group, BTreeSet<String>)| users.len() * 2 <= features);
        groups.of_features = few;
        groups.always.extend(BTreeMap::into_keys(many));
        groups
    }

    /// All of these groups, in all of a crate.
    #[cfg(test)]
    pub(crate) fn always(groups: impl IntoIterator<Item = Group>) -> Self {
        Self::of(groups.into_iter().map(|group| (group, None)), 0)
    }

    /// Adds a group that is used with this feature, and what it needs.
    fn add(&mut self, group: Group, feature: Option<&str>) {
        let is_new = match feature {
            None => self.of_features.remove(&group).is_some() | self.always.insert(group),
            Some(_) if self.always.contains(&group) => false,
            Some(feature) => self.of_features.entry(group).or_default().insert(feature.to_owned()),
        };
        if is_new {
            needs(group).filter_map(Group::named).for_each(|need| self.add(need, feature));
        }
    }

    /// Whether the crate has this group, if only with some of its features.
    #[must_use]
    pub fn contains(&self, group: Group) -> bool {
        self.always.contains(&group) || self.of_features.contains_key(&group)
    }

    /// All of them, in the order of the manifest.
    pub fn iter(&self) -> impl Iterator<Item = Group> {
        Group::ALL.iter().copied().filter(|group| self.contains(*group))
    }

    /// Those that have a Cargo feature of their own, with its name.
    pub(crate) fn with_feature(&self) -> impl Iterator<Item = (Group, String)> {
        self.iter().filter_map(|group| Some((group, self.feature(group)?)))
    }

    /// The Cargo feature of a group that the crate has with some of its features alone. Such names are not part
    /// of the crate's interface, as Cargo has no other way to say so.
    #[must_use]
    pub fn feature(&self, group: Group) -> Option<String> {
        self.of_features.contains_key(&group).then(|| format!("_{}", group.name()))
    }

    /// The Cargo features that one of the crate's own turns on: those of the groups that it uses, without what
    /// these turn on themselves.
    pub(crate) fn features_of(&self, feature: &str) -> Vec<String> {
        let used = self.of_features.iter().filter(|(_, users)| users.contains(feature));
        let used: BTreeSet<Group> = used.map(|(group, _)| *group).collect();
        let needed: BTreeSet<Group> =
            used.iter().flat_map(|group| needs(*group).filter_map(Group::named)).collect();
        used.difference(&needed).filter_map(|group| self.feature(*group)).collect()
    }

    /// What the Cargo feature of a group turns on: the features of other groups, optional dependencies, and
    /// features of dependencies.
    pub(crate) fn turned_on_by(&self, group: Group) -> Vec<String> {
        needs(group)
            .filter_map(|need| match Group::named(need) {
                Some(group) => self.feature(group),
                None => Some(need.to_owned()),
            })
            .collect()
    }

    /// What the groups need that are in all of the crate.
    pub(super) fn needed_always(&self) -> BTreeSet<&'static str> {
        self.always.iter().flat_map(|group| needs(*group)).collect()
    }

    /// What all of the groups need.
    pub(super) fn needed(&self) -> BTreeSet<&'static str> {
        self.iter().flat_map(needs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Groups};

    fn of(parts: &[(Group, Option<&str>)]) -> Groups {
        Groups::of(parts.iter().map(|(group, feature)| (*group, feature.map(str::to_owned))), 4)
    }

    #[test]
    fn a_group_that_few_features_use_has_a_feature() {
        let groups = of(&[(Group::Forms, Some("files")), (Group::Forms, Some("audio"))]);
        assert_eq!(groups.feature(Group::Forms).as_deref(), Some("_forms"));
        assert_eq!(groups.features_of("files"), ["_forms"]);
        assert_eq!(groups.features_of("chat"), [""; 0]);
        assert_eq!(groups.turned_on_by(Group::Forms), ["_sources"]);
        assert!(groups.contains(Group::Bodies), "`sources` needs it");
    }

    #[test]
    fn a_group_is_always_there_when_most_features_or_all_of_the_crate_use_it() {
        let groups = of(&["a", "b", "c"].map(|feature| (Group::Events, Some(feature))));
        assert_eq!((groups.contains(Group::Events), groups.feature(Group::Events)), (true, None));
        for order in [[None, Some("a")], [Some("a"), None]] {
            let groups = of(&order.map(|feature| (Group::Downloads, feature)));
            assert_eq!((groups.contains(Group::Files), groups.feature(Group::Files)), (true, None));
        }
    }
}
