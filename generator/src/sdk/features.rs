//! The Cargo features of the crate: one for each group at the top, and those of the runtime.

use super::{Resource, ResourceId};
use crate::runtime;

/// A Cargo feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Whether it is on unless it is turned off.
    pub is_default: bool,
    /// The group that it compiles; `None` for a feature of the runtime.
    pub resource: Option<ResourceId>,
    /// What it is for, in a sentence.
    pub description: &'static str,
}

/// The features of a crate with these resources: those of groups first.
pub(super) fn plan(resources: &[Resource]) -> Vec<Feature> {
    let top = resources.iter().enumerate().filter(|(_, resource)| resource.parent.is_none());
    let groups = top.map(|(index, resource)| Feature {
        name: resource.feature.clone(),
        is_default: true,
        resource: Some(ResourceId(index)),
        description: "The operations of this group.",
    });
    let of_runtime = runtime::features().map(|feature| Feature {
        name: feature.name.to_owned(),
        is_default: feature.is_default,
        resource: None,
        description: feature.description,
    });
    groups.chain(of_runtime).collect()
}
