//! Drops the types that no operation reaches, and marks those that are used in requests.
//!
//! A finished API comes in and is changed in place. Types keep their order.

use std::collections::BTreeSet;

use super::{cycles, deduplicate};
use crate::ir::{
    Api, BodyContent, Operation, Parameter, PartContent, ResponseContent, Type, TypeDef, TypeId,
};

/// Keeps the types that an operation or one of `roots` reaches, renumbering those that stay.
/// Marks the ones that are part of a request body.
pub(in crate::lower) fn prune(api: &mut Api, roots: &[Type]) {
    let inline = deduplicate::inline_aliases(&api.types);
    for ty in api.operations.iter_mut().flat_map(used) {
        deduplicate::resolve_aliases(ty, &inline);
    }
    let used_in_requests =
        reachable(&api.types, api.operations.iter_mut().flat_map(used_in_requests).map(|ty| &*ty));
    let kept = reachable(&api.types, api.operations.iter_mut().flat_map(used).map(|ty| &*ty).chain(roots));
    for id in &used_in_requests {
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
    let of_types = api.types.iter_mut().flat_map(|ty| ty.shape.uses_mut());
    let of_operations = api.operations.iter_mut().flat_map(used);
    for ty in of_types.chain(of_operations) {
        renumber(ty, &places);
    }
}

fn renumber(ty: &mut Type, places: &[Option<TypeId>]) {
    match ty {
        Type::Named(id) | Type::Boxed(id) => {
            *id = places[id.0].expect("a type that is used is one that is kept");
        }
        Type::List(ty) | Type::Map(ty) | Type::Nullable(ty) => renumber(ty, places),
        Type::Any | Type::Scalar(_) => {}
    }
}

/// The types that are reachable from `roots`.
fn reachable<'a>(types: &[TypeDef], roots: impl Iterator<Item = &'a Type>) -> BTreeSet<TypeId> {
    let mut reachable = BTreeSet::new();
    let mut next: Vec<TypeId> = roots.flat_map(cycles::mentioned).collect();
    while let Some(id) = next.pop() {
        if reachable.insert(id) {
            next.extend(types[id.0].shape.uses().into_iter().flat_map(cycles::mentioned));
        }
    }
    reachable
}

/// The types that an operation uses.
fn used(operation: &mut Operation) -> Vec<&mut Type> {
    let parameters = operation.parameters.iter_mut().map(|parameter| &mut parameter.ty);
    let bodies = operation.bodies.iter_mut().flat_map(|body| in_body(&mut body.content));
    let responses = operation.responses.iter_mut().filter_map(|response| match &mut response.content {
        ResponseContent::Json(ty) | ResponseContent::Events(ty) | ResponseContent::JsonLines(ty) => Some(ty),
        ResponseContent::Empty | ResponseContent::Text | ResponseContent::Binary => None,
    });
    let errors = operation.errors.iter_mut().filter_map(|error| error.body.as_mut());
    parameters.chain(bodies).chain(responses).chain(errors).collect()
}

/// The types that an operation uses in its request, where absent and null are different.
fn used_in_requests(operation: &mut Operation) -> Vec<&mut Type> {
    let parameters = operation.parameters.iter_mut().map(|parameter| &mut parameter.ty);
    parameters.chain(operation.bodies.iter_mut().flat_map(|body| in_body(&mut body.content))).collect()
}

fn in_body(content: &mut BodyContent) -> Vec<&mut Type> {
    match content {
        BodyContent::Json(ty) | BodyContent::JsonLines(ty) => vec![ty],
        BodyContent::Form(fields) => fields.iter_mut().map(|Parameter { ty, .. }| ty).collect(),
        BodyContent::Multipart(parts) => parts
            .iter_mut()
            .filter_map(|part| match &mut part.content {
                PartContent::Text(ty) | PartContent::Json(ty) => Some(ty),
                PartContent::File | PartContent::Files => None,
            })
            .collect(),
        BodyContent::Text | BodyContent::Binary => Vec::new(),
    }
}
