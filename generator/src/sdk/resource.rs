//! The resources: how each is reached, and which feature it belongs to.

use super::operation::Planned;
use super::{Context, DocText, OperationId};
use crate::diagnostic;
use crate::ir::Docs;
use crate::names::{Ident, ResourceNames};
use crate::prose::Prose;

/// The index of a resource in [`Sdk::resources`](super::Sdk::resources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(pub usize);

/// A resource: operations and further resources.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The resource that it is in.
    pub parent: Option<ResourceId>,
    /// The resources in it.
    pub children: Vec<ResourceId>,
    /// Its own operations, in the order of the document.
    pub operations: Vec<OperationId>,
    /// `Files`: the struct with its operations.
    pub name: Ident,
    /// `files`: the method of the client or of the parent that returns it.
    pub accessor: Ident,
    /// The methods that lead to it from the client, its own last.
    pub accessors: Vec<Ident>,
    /// `libraries`: its module.
    pub module: Ident,
    /// `beta/libraries`: its file below `src/resources` without the ending, and the folder of its page.
    pub module_path: String,
    /// The Cargo feature that it is compiled with: that of the resource at the top.
    pub feature: String,
    /// What it is called in headings.
    pub title: String,
    /// Its documentation.
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

/// The resources, parents before children.
pub(super) fn plan(planned: &Planned, context: &Context<'_>) -> Vec<Resource> {
    (0..context.names.resources().len()).map(|index| resource(ResourceId(index), planned, context)).collect()
}

fn resource(id: ResourceId, planned: &Planned, context: &Context<'_>) -> Resource {
    let all = context.names.resources();
    let path = path(id, all);
    let own = &all[id.0];
    let tag = own.tag.map(|tag| &context.api.tags[tag]);
    let (summary, description) =
        tag.map(|tag| (tag.summary.clone(), tag.description.clone())).unwrap_or_default();
    let label = tag.map_or_else(|| own.label.replace('_', " "), |tag| last_part(&tag.name).to_owned());
    let docs = Docs { summary: summary.clone(), description: description.clone(), ..Docs::default() };
    let named = path.iter().map(|id| all[id.0].label.as_str()).collect::<Vec<_>>().join(".");
    let children = (0..all.len()).filter(|child| all[*child].parent.is_some_and(|parent| parent.0 == id.0));
    Resource {
        parent: own.parent.map(|parent| ResourceId(parent.0)),
        children: children.map(ResourceId).collect(),
        operations: own.operations.iter().flat_map(|id| planned.ids(*id)).collect(),
        name: own.ident.clone(),
        accessor: own.accessor.clone(),
        accessors: path.iter().map(|id| all[id.0].accessor.clone()).collect(),
        module: own.module.clone(),
        module_path: path.iter().map(|id| all[id.0].module.as_str()).collect::<Vec<_>>().join("/"),
        feature: own.feature.clone(),
        title: title(&label).unwrap_or_else(|| own.ident.to_string()),
        docs: DocText::new(&docs, &label).or(Prose::fill("The operations of {}.", &[&Prose::code(&named)])),
        summary,
        description,
    }
}

/// The resource and those around it, outermost first.
pub(super) fn path(id: ResourceId, all: &[ResourceNames]) -> Vec<ResourceId> {
    let mut path = vec![id];
    while let Some(parent) = all[path[path.len() - 1].0].parent {
        path.push(ResourceId(parent.0));
    }
    path.reverse();
    path
}

/// `documents` of `beta.libraries.documents`.
fn last_part(tag: &str) -> &str {
    let last = tag.rsplit('>').next().unwrap_or(tag).trim();
    if last.contains(char::is_whitespace) { last } else { last.rsplit(['.', '/']).next().unwrap_or(last) }
}

/// `label` with a capital letter; `None` when no letter of it can be printed.
fn title(label: &str) -> Option<String> {
    let title = diagnostic::clean(label);
    let mut letters = title.trim().chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}
