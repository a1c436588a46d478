//! The Cargo features of the crate: one for each resource at the top, and those of the runtime.

use super::{Resource, ResourceId};
use crate::runtime;

/// A Cargo feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Whether it is on unless it is turned off.
    pub is_default: bool,
    /// The resource that it compiles; `None` for a feature of the runtime.
    pub resource: Option<ResourceId>,
    /// What it is for, in a sentence.
    pub description: &'static str,
}

/// The features of a crate with these resources: those of resources first.
pub(super) fn plan(resources: &[Resource]) -> Vec<Feature> {
    let top = resources.iter().enumerate().filter(|(_, resource)| resource.parent.is_none());
    let of_resources = top.map(|(index, resource)| Feature {
        name: resource.feature.clone(),
        is_default: true,
        resource: Some(ResourceId(index)),
        description: "The operations of this resource.",
    });
    let of_runtime = runtime::features().map(|feature| Feature {
        name: feature.name.to_owned(),
        is_default: feature.is_default,
        resource: None,
        description: feature.description,
    });
    of_resources.chain(of_runtime).collect()
}
