//! Drops the types that no operation and no webhook reaches, and marks those that are used in requests.
//!
//! A finished API comes in and is changed in place. Types keep their order.

use std::collections::BTreeSet;

use super::deduplicate;
use crate::ir::{Api, Operation, Type, TypeDef, TypeId};

/// Keeps the types that an operation or a webhook reaches, renumbering those that stay. Marks the ones that are
/// part of a request.
pub(in crate::lower) fn prune(api: &mut Api) {
    let inline = deduplicate::inline_aliases(&api.types);
    let in_operations = api.operations.iter_mut().flat_map(Operation::uses_mut);
    for ty in in_operations.chain(api.webhooks.uses_mut()) {
        deduplicate::resolve_aliases(ty, &inline);
    }
    let in_requests = reachable(&api.types, api.operations.iter().flat_map(Operation::request_uses));
    let uses = api.operations.iter().flat_map(Operation::uses).chain(api.webhooks.uses());
    let kept = reachable(&api.types, uses);
    for id in &in_requests {
        api.types[id.0].in_request = true;
    }
    let mut places = vec![None; api.types.len()];
    for (place, id) in kept.iter().enumerate() {
        places[id.0] = Some(TypeId(place));
    }
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        places[index - 1].is_some()
    });
    api.uses_mut().for_each(|ty| renumber(ty, &places));
}

fn renumber(ty: &mut Type, places: &[Option<TypeId>]) {
    ty.for_each_named_mut(&mut |named| {
        if let Type::Named(id) = named {
            *id = places[id.0].expect("a type that is used is one that is kept");
        }
    });
}

/// The types that are reachable from `roots`.
fn reachable<'a>(types: &[TypeDef], roots: impl Iterator<Item = &'a Type>) -> BTreeSet<TypeId> {
    let mut reachable = BTreeSet::new();
    let mut next: Vec<TypeId> = roots.flat_map(Type::named).collect();
    while let Some(id) = next.pop() {
        if reachable.insert(id) {
            next.extend(types[id.0].shape.uses().into_iter().flat_map(Type::named));
        }
    }
    reachable
}
