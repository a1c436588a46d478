//! An example for each type that the document has one for, be it in the example of something larger.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::Value;

use crate::ir::{Api, Shape, TypeId};

/// The first example of each type.
#[derive(Debug, Default)]
pub(super) struct Examples<'a>(BTreeMap<TypeId, &'a Value>);

impl<'a> Examples<'a> {
    /// Looks through `api` once.
    pub(super) fn of(api: &'a Api) -> Self {
        let mut examples = Self::default();
        let mut found = api.examples();
        while !found.is_empty() {
            // What stands by itself comes before what is a part of something.
            let mut parts = Vec::new();
            for (id, value) in found {
                if let Entry::Vacant(entry) = examples.0.entry(id) {
                    entry.insert(value);
                    parts.extend(parts_of(id, value, api));
                }
            }
            found = parts;
        }
        examples
    }

    pub(super) fn get(&self, id: TypeId) -> Option<&'a Value> {
        self.0.get(&id).copied()
    }
}

/// The values of named types in the members of a value of the type `id`.
fn parts_of<'a>(id: TypeId, value: &'a Value, api: &Api) -> Vec<(TypeId, &'a Value)> {
    match &api.type_def(id).shape {
        Shape::Alias(alias) => alias.target.named_values(value),
        Shape::Struct(object) => {
            let members =
                object.properties.iter().filter_map(|member| Some((&member.ty, value.get(&member.name)?)));
            members.flat_map(|(ty, value)| ty.named_values(value)).collect()
        }
        Shape::Enum(_) | Shape::Union(_) => Vec::new(),
    }
}
