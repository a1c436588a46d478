//! The resources of an API as a tree: those that operations are in, and those around them.

use std::collections::BTreeMap;

use super::naming::{Naming, tag_path};
use super::{ResourceId, case, words};
use crate::ir::{Api, OperationId, Tag};

/// A group of operations.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// The words of its path, the outermost part first; `beta`, `libraries`.
    pub(super) path: Vec<String>,
    /// The group it is in.
    pub(super) parent: Option<ResourceId>,
    /// Its own operations, in the order of the document.
    pub(super) operations: Vec<OperationId>,
    /// The tag that describes it, by its place in [`Api::tags`].
    pub(super) tag: Option<usize>,
}

/// The resources, parents before children, in the order of the document.
pub(super) fn build(api: &Api, naming: &Naming) -> Vec<Resource> {
    let mut by_path: BTreeMap<Vec<String>, ResourceId> = BTreeMap::new();
    let mut resources: Vec<Resource> = Vec::new();
    for (index, named) in naming.operations.iter().enumerate() {
        let mut parent = None;
        for end in 1..=named.resource.len() {
            let path = named.resource[..end].to_vec();
            let id = *by_path.entry(path.clone()).or_insert_with(|| {
                resources.push(Resource { path, parent, operations: Vec::new(), tag: None });
                ResourceId(resources.len() - 1)
            });
            parent = Some(id);
        }
        if let Some(ResourceId(own)) = parent {
            resources[own].operations.push(OperationId(index));
        }
    }
    for resource in &mut resources {
        resource.tag = tag_of(resource, api);
    }
    resources
}

/// The declared tag that is called like the resource, or has the same operations.
fn tag_of(resource: &Resource, api: &Api) -> Option<usize> {
    let is_same = |tag: &Tag| {
        let path: Vec<String> = tag_path(&tag.name, api).iter().flat_map(|part| case::words(part)).collect();
        let own: Vec<String> = resource.path.iter().flat_map(|part| case::words(part)).collect();
        path.len() == own.len()
            && path.iter().zip(&own).all(|(one, other)| words::singular(one) == words::singular(other))
    };
    let called = api.tags.iter().position(is_same);
    called.or_else(|| {
        let tagged = |id: &OperationId| api.operation(*id).labels.tag.as_deref();
        let tag = tagged(resource.operations.first()?)?;
        let place = api.tags.iter().position(|declared| declared.name == tag)?;
        let number =
            api.operations.iter().filter(|operation| operation.labels.tag.as_deref() == Some(tag)).count();
        let is_all = resource.operations.iter().all(|id| tagged(id) == Some(tag));
        (is_all && number == resource.operations.len()).then_some(place)
    })
}
