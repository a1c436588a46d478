//! One name for each parameter of paths: documents waver between `id` and `file_id` for the same one.

use std::collections::BTreeMap;

use super::case;
use crate::ir::{Operation, ParameterLocation, PathSegment};

/// The name that most operations have for each parameter, by the path before it.
pub(super) struct PathNames {
    names: BTreeMap<String, String>,
}

impl PathNames {
    /// Looks at the paths of all operations.
    pub(super) fn of(operations: &[Operation]) -> Self {
        let mut counts: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for operation in operations {
            for (before, parameter) in places(operation) {
                let Some(name) = case::snake(&operation.parameters[parameter].name) else { continue };
                let counts = counts.entry(before).or_default();
                match counts.iter_mut().find(|(other, _)| *other == name) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((name, 1)),
                }
            }
        }
        // Of names that are as frequent, the first one stays.
        let most = |counts: Vec<(String, usize)>| {
            counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(name, _)| name)
        };
        Self {
            names: counts.into_iter().filter_map(|(before, counts)| Some((before, most(counts)?))).collect(),
        }
    }

    /// The name of the parameter at `index`, or nothing when it has no letter or digit.
    pub(super) fn name(&self, operation: &Operation, index: usize) -> Option<String> {
        let own = case::snake(&operation.parameters[index].name);
        if operation.parameters[index].location != ParameterLocation::Path {
            return own;
        }
        let usual: Vec<(&String, usize)> = places(operation)
            .into_iter()
            .filter_map(|(before, parameter)| Some((self.names.get(&before)?, parameter)))
            .collect();
        let name = usual.iter().find(|(_, parameter)| *parameter == index).map(|(name, _)| (*name).clone());
        let is_clear = usual.iter().filter(|(other, _)| Some(*other) == name.as_ref()).count() == 1;
        name.filter(|_| is_clear).or(own)
    }
}

/// The parameters in the path, each with the path before it.
fn places(operation: &Operation) -> Vec<(String, usize)> {
    let mut before = String::new();
    let mut places = Vec::new();
    for segment in &operation.segments {
        match segment {
            PathSegment::Literal(text) => before.push_str(text),
            PathSegment::Parameter(parameter) => {
                places.push((before.clone(), *parameter));
                before.push_str("{}");
            }
        }
    }
    places
}
