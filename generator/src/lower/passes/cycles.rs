//! Finds the cycles of aliases: those that describe no value are broken, and where lists and maps lead back to
//! themselves, one of them becomes a type of its own.
//!
//! Types that contain themselves otherwise are fine here: where a pointer is needed is for the model
//! of the SDK to decide.

use crate::diagnostic::Diagnostics;
use crate::ir::{Shape, Type, TypeDef, TypeId};

/// Leaves no cycle of aliases in `types`.
pub(in crate::lower) fn break_all(types: &mut [TypeDef], diagnostics: &mut Diagnostics) {
    for Edge { from, to } in cycles(types, same_value) {
        diagnostics.error(
            "schema-cycle",
            &types[from.0].location,
            "the schema is made of nothing but itself, so it describes no value",
            "describe its values, or remove the schema",
        );
        remove(types, from, to);
    }
    for Edge { from, to } in cycles(types, Type::held_by_value) {
        diagnostics.error(
            "schema-cycle",
            &types[from.0].location,
            "the schema is a list of a fixed length that contains itself, which no type can express",
            "make it an object, or a list of any length",
        );
        remove(types, from, to);
    }
    for Edge { to, .. } in cycles(types, |ty| ty.named().collect()) {
        if let Shape::Alias(alias) = types[to.0].shape.clone() {
            types[to.0].shape = Shape::Recursive(alias);
        }
    }
}

/// What closes a cycle: an alias, and one before it that it leads back to.
struct Edge {
    from: TypeId,
    to: TypeId,
}

/// Makes any value of the part of an alias that leads back.
fn remove(types: &mut [TypeDef], from: TypeId, to: TypeId) {
    if let Shape::Alias(alias) = &mut types[from.0].shape {
        alias.target.for_each_named_mut(&mut |named| {
            if *named == Type::Named(to) {
                *named = Type::Any;
            }
        });
    }
}

/// The edges that close the cycles of aliases, depth first in the order of the document. `next` gives the types
/// that one refers to.
fn cycles(types: &[TypeDef], next: impl Fn(&Type) -> Vec<TypeId>) -> Vec<Edge> {
    let targets = |id: TypeId| match &types[id.0].shape {
        Shape::Alias(alias) => next(&alias.target),
        _ => Vec::new(),
    };
    let mut edges = Vec::new();
    let mut states = vec![State::New; types.len()];
    for start in (0..types.len()).map(TypeId) {
        // A stack of its own: a document may string together any number of aliases.
        let mut path: Vec<(TypeId, std::vec::IntoIter<TypeId>)> = Vec::new();
        let mut entered = Some(start).filter(|start| states[start.0] == State::New);
        loop {
            if let Some(id) = entered.take() {
                states[id.0] = State::Open;
                path.push((id, targets(id).into_iter()));
            }
            let Some((from, rest)) = path.last_mut() else { break };
            match rest.next() {
                None => {
                    states[from.0] = State::Done;
                    path.pop();
                }
                Some(to) if states[to.0] == State::Open => edges.push(Edge { from: *from, to }),
                Some(to) => entered = Some(to).filter(|to| states[to.0] == State::New),
            }
        }
    }
    edges
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// The named type that a value of `ty` is.
fn same_value(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Nullable(ty) => same_value(ty),
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) => Vec::new(),
    }
}
