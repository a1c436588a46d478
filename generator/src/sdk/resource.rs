//! The groups of operations: how each is reached, and which feature it belongs to.
//!
//! Documents list tags that nothing uses; a group without operations, its own or below it, is left out.

use std::collections::BTreeMap;

use super::{Context, DocText, OperationId};
use crate::diagnostic;
use crate::ir::{self, Api, Docs};
use crate::names::Ident;
use crate::prose::Prose;

/// The place of a resource in [`Sdk::resources`](super::Sdk::resources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// A group of operations.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The group that it is in.
    pub parent: Option<ResourceId>,
    /// The groups in it.
    pub children: Vec<ResourceId>,
    /// Its own operations, in the order of the document.
    pub operations: Vec<OperationId>,
    /// `Files`: the struct with its operations.
    pub name: Ident,
    /// `files`: the method of the client or of the parent that returns it.
    pub accessor: Ident,
    /// The methods that lead to it from the client, its own last.
    pub accessors: Vec<Ident>,
    /// `beta_libraries`: its module, and the folder of its page.
    pub module: Ident,
    /// The Cargo feature that it is compiled with: that of the group at the top.
    pub feature: String,
    /// What it is called in headings.
    pub title: String,
    /// What is said about it.
    pub docs: DocText,
    /// A few words about it; may be empty.
    pub summary: Prose,
    /// What the document says it is for; may be empty.
    pub description: Prose,
}

impl Resource {
    /// `beta().libraries()`: how it is reached from a client.
    #[must_use]
    pub fn accessor_path(&self) -> String {
        self.accessors.iter().map(|accessor| format!("{accessor}()")).collect::<Vec<_>>().join(".")
    }
}

/// The resources that lead to operations.
pub(super) fn plan(context: &Context<'_>) -> Vec<Resource> {
    context.resources.keys().map(|id| resource(*id, context)).collect()
}

/// Where the resources of the document that lead to operations stand among the planned ones.
pub(super) fn places(api: &Api) -> BTreeMap<ir::ResourceId, ResourceId> {
    let ids = (0..api.resources.len()).map(ir::ResourceId).filter(|id| api.has_operations(*id));
    ids.enumerate().map(|(place, id)| (id, ResourceId(place))).collect()
}

fn resource(id: ir::ResourceId, context: &Context<'_>) -> Resource {
    let Context { api, names, resources, .. } = context;
    let ir::Resource { summary, description, label, tag, parent } = api.resource(id);
    let path = path(id, api);
    let docs = Docs { summary: summary.clone(), description: description.clone(), ..Docs::default() };
    let fallback = if tag.is_empty() {
        "The operations that belong to no group.".into()
    } else {
        Prose::fill("The operations of {}.", &[&Prose::code(tag)])
    };
    let own = names.resource(id);
    Resource {
        parent: parent.and_then(|parent| resources.get(&parent).copied()),
        children: api.children_of(Some(id)).filter_map(|child| resources.get(&child).copied()).collect(),
        operations: api.operations_of(id).map(|operation| OperationId(operation.0)).collect(),
        name: own.ident.clone(),
        accessor: own.accessor.clone(),
        accessors: path.iter().map(|id| names.resource(*id).accessor.clone()).collect(),
        module: own.module.clone(),
        feature: names.resource(path[0]).feature.clone(),
        title: title(label).unwrap_or_else(|| own.ident.to_string()),
        docs: DocText::new(&docs, label).or(fallback),
        summary: summary.clone(),
        description: description.clone(),
    }
}

/// The resource and those around it, outermost first.
fn path(id: ir::ResourceId, api: &Api) -> Vec<ir::ResourceId> {
    let mut path = vec![id];
    while let Some(parent) = api.resource(path[path.len() - 1]).parent {
        path.push(parent);
    }
    path.reverse();
    path
}

/// The last part of its tag, with a capital letter; `None` when no letter of it can be printed.
fn title(label: &str) -> Option<String> {
    let title = diagnostic::clean(label);
    let mut letters = title.trim().chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}
