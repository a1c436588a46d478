//! Which file each model stands in.
//!
//! In go the lowered types and operations with the resources of the latter; out comes a tree of files
//! that nest as the resources do. A model stands in the file of the resource that uses it, or of the
//! innermost resource around all that do, so it is compiled with the feature of that resource. The models
//! that resources of several features use, the bodies of errors, and those of webhooks are always compiled.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, ModelId, ResourceId, resource};
use crate::ir::{Operation, Type, TypeId};
use crate::names::ResourceNames;

/// A file with models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFile {
    /// The resource that its models belong to; `None` for those of the whole crate.
    pub resource: Option<ResourceId>,
    /// Its models, in the order of the document.
    pub models: Vec<ModelId>,
    /// The resources directly below it that have files of their own.
    pub children: Vec<ResourceId>,
}

/// The resource that a model belongs to; `None` for the whole crate.
type Home = Option<ResourceId>;

/// The files, each before those below it. The first is that of the whole crate.
pub(super) fn plan(context: &Context<'_>) -> Vec<ModelFile> {
    let resources = context.names.resources();
    let mut models = BTreeMap::<Home, Vec<ModelId>>::new();
    for (index, home) in homes(context).into_iter().enumerate() {
        models.entry(home).or_default().push(ModelId(index));
    }
    let mut children = BTreeMap::<Home, Vec<ResourceId>>::new();
    let used: BTreeSet<ResourceId> = models.keys().flat_map(|home| around(*home, resources)).collect();
    for id in &used {
        children.entry(parent(*id, resources)).or_default().push(*id);
    }
    let all = [None].into_iter().chain(used.into_iter().map(Some));
    all.map(|resource| ModelFile {
        resource,
        models: models.remove(&resource).unwrap_or_default(),
        children: children.remove(&resource).unwrap_or_default(),
    })
    .collect()
}

/// Where each type belongs. Each one moves outward at most as often as resources are nested, so this takes
/// time in proportion to the uses of types.
fn homes(context: &Context<'_>) -> Vec<Home> {
    let resources = context.names.resources();
    let types = &context.api.types;
    let mut homes: Vec<Option<Home>> = vec![None; types.len()];
    let of_crate =
        context.api.error_types().into_iter().chain(context.api.webhooks.uses().flat_map(Type::named));
    let mut next: Vec<(TypeId, Home)> = of_crate.map(|id| (id, None)).collect();
    for (index, resource) in resources.iter().enumerate() {
        let operations = resource.operations.iter().map(|id| &context.api.operations[id.0]);
        let uses = operations.flat_map(Operation::uses).flat_map(Type::named);
        next.extend(uses.map(|id| (id, Some(ResourceId(index)))));
    }
    while let Some((id, user)) = next.pop() {
        let home = homes[id.0].map_or(user, |home| innermost_around(home, user, resources));
        if homes[id.0] != Some(home) {
            homes[id.0] = Some(home);
            next.extend(types[id.0].shape.uses().into_iter().flat_map(Type::named).map(|id| (id, home)));
        }
    }
    homes.into_iter().map(Option::flatten).collect()
}

/// The innermost resource around both.
fn innermost_around(one: Home, other: Home, resources: &[ResourceNames]) -> Home {
    let (one, other) = (around(one, resources), around(other, resources));
    one.iter().zip(&other).take_while(|(one, other)| one == other).last().map(|(shared, _)| *shared)
}

/// The resource and those around it, outermost first.
fn around(home: Home, resources: &[ResourceNames]) -> Vec<ResourceId> {
    home.map(|id| resource::path(id, resources)).unwrap_or_default()
}

fn parent(id: ResourceId, resources: &[ResourceNames]) -> Home {
    resources[id.0].parent.map(|parent| ResourceId(parent.0))
}
