//! The values that the document gives for models, be it in the example of something larger.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::Value;

use super::{Context, ModelId};
use crate::ir::{Api, Shape, TypeId};

/// The values that the document gives for models. Nothing says that they fit.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// The first one of each model, which may be a part of the example of something else.
    pub first: BTreeMap<ModelId, Value>,
    /// Those of schemas, requests and responses, each once.
    pub all: BTreeMap<ModelId, Vec<Value>>,
}

/// Collects the examples of the document.
pub(super) fn collect(context: &Context<'_>) -> Examples {
    let first = first(context.api).into_iter();
    let mut all: BTreeMap<ModelId, Vec<Value>> = BTreeMap::new();
    for (TypeId(index), example) in context.api.examples() {
        let known = all.entry(ModelId(index)).or_default();
        if !known.contains(example) {
            known.push(example.clone());
        }
    }
    Examples { first: first.map(|(TypeId(index), value)| (ModelId(index), value.clone())).collect(), all }
}

fn first(api: &Api) -> BTreeMap<TypeId, &Value> {
    let mut first = BTreeMap::new();
    let mut level = api.examples();
    while !level.is_empty() {
        // What stands by itself comes before what is a part of something.
        let mut parts = Vec::new();
        for (id, value) in level {
            if let Entry::Vacant(entry) = first.entry(id) {
                entry.insert(value);
                parts.extend(parts_of(id, value, api));
            }
        }
        level = parts;
    }
    first
}

/// The values of named types in the properties of a value of the type `id`.
fn parts_of<'a>(id: TypeId, value: &'a Value, api: &Api) -> Vec<(TypeId, &'a Value)> {
    match &api.type_def(id).shape {
        Shape::Alias(alias) | Shape::Recursive(alias) => alias.target.named_values(value),
        Shape::Struct(object) => {
            let values = object.properties.iter();
            let values = values.filter_map(|property| Some((&property.ty, value.get(&property.name)?)));
            values.flat_map(|(ty, value)| ty.named_values(value)).collect()
        }
        Shape::Enum(_) | Shape::Union(_) => Vec::new(),
    }
}
