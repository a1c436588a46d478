//! Breaks the cycles between types that would make a value endless in memory.
//!
//! Lists and maps keep their content elsewhere, so only structs and unions that contain each other
//! directly need a [`Type::Boxed`]: at the use that closes the cycle, in the order of the document.

use crate::diagnostic::Diagnostics;
use crate::ir::{Shape, Type, TypeDef, TypeId};

/// Breaks the cycles in `types`.
pub(in crate::lower) fn break_all(types: &mut [TypeDef], diagnostics: &mut Diagnostics) {
    break_alias_cycles(types, held_by_value, |alias| {
        diagnostics.error(
            "schema-cycle",
            &alias.location,
            "the schema is made of nothing but itself, so it describes no value",
            "describe its values, or remove the schema",
        );
    });
    break_alias_cycles(types, mentioned, |alias| {
        diagnostics.warning(
            "alias-cycle",
            &alias.location,
            "the schema is a list or map of nothing but itself, which no Rust type can express",
            "make it an object or a `oneOf`; until then its content is any JSON value",
        );
    });
    let closing =
        closing_edges(types, |shape| contained(shape).into_iter().map(|id| innermost(types, id)).collect());
    for (from, to) in closing {
        let mut shape =
            std::mem::replace(&mut types[from.0].shape, Shape::Alias(crate::ir::Alias { target: Type::Any }));
        let boxed = |id: TypeId| (innermost(types, id) == to).then_some(Type::Boxed(id));
        match &mut shape {
            Shape::Struct(strukt) => {
                strukt.properties.iter_mut().for_each(|property| replace_held(&mut property.ty, &boxed));
            }
            Shape::Union(union) => {
                union.variants.iter_mut().for_each(|variant| replace_held(&mut variant.ty, &boxed));
            }
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
        types[from.0].shape = shape;
    }
}

/// Breaks the cycles between names for other types. `next` gives the types that one refers to.
fn break_alias_cycles<I: IntoIterator<Item = TypeId>>(
    types: &mut [TypeDef],
    next: impl Fn(&Type) -> I,
    mut report: impl FnMut(&TypeDef),
) {
    let closing = closing_edges(types, |shape| match shape {
        Shape::Alias(alias) => next(&alias.target).into_iter().collect(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => Vec::new(),
    });
    for (from, to) in closing {
        report(&types[from.0]);
        let Shape::Alias(alias) = &mut types[from.0].shape else { continue };
        replace(&mut alias.target, &mut |id| (id == to).then_some(Type::Any));
    }
}

/// The edges that lead back to a type on the path from the first type of each cycle.
fn closing_edges(types: &[TypeDef], next: impl Fn(&Shape) -> Vec<TypeId>) -> Vec<(TypeId, TypeId)> {
    let mut states = vec![State::New; types.len()];
    let mut closing = Vec::new();
    for start in 0..types.len() {
        // A stack of its own: a document may string together any number of types.
        let mut stack = vec![(TypeId(start), None)];
        while let Some((id, edges)) = stack.pop() {
            let mut edges: std::vec::IntoIter<TypeId> = match edges {
                Some(edges) => edges,
                None if states[id.0] == State::New => {
                    states[id.0] = State::Open;
                    next(&types[id.0].shape).into_iter()
                }
                None => continue,
            };
            let Some(to) = edges.next() else {
                states[id.0] = State::Done;
                continue;
            };
            stack.push((id, Some(edges)));
            match states[to.0] {
                State::New => stack.push((to, None)),
                State::Open if !closing.contains(&(id, to)) => closing.push((id, to)),
                State::Open | State::Done => {}
            }
        }
    }
    closing
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// The types that a value of `shape` contains directly.
fn contained(shape: &Shape) -> Vec<TypeId> {
    let held: Vec<&Type> = match shape {
        Shape::Struct(strukt) => strukt.properties.iter().map(|property| &property.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Enum(_) | Shape::Alias(_) => Vec::new(),
    };
    held.into_iter().filter_map(held_by_value).collect()
}

fn held_by_value(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(ty) => held_by_value(ty),
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Boxed(_) => None,
    }
}

/// The type behind the aliases of `id`, as far as it is held by value.
fn innermost(types: &[TypeDef], id: TypeId) -> TypeId {
    let mut innermost = id;
    // Aliases have no cycles any more.
    while let Shape::Alias(alias) = &types[innermost.0].shape {
        let Some(target) = held_by_value(&alias.target) else { break };
        innermost = target;
    }
    innermost
}

/// Replaces the type that `ty` holds directly.
fn replace_held(ty: &mut Type, replacement: &impl Fn(TypeId) -> Option<Type>) {
    match ty {
        Type::Named(id) => {
            if let Some(new) = replacement(*id) {
                *ty = new;
            }
        }
        Type::Nullable(ty) => replace_held(ty, replacement),
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Boxed(_) => {}
    }
}

/// The types that `ty` mentions, at any depth.
pub(super) fn mentioned(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) | Type::Boxed(id) => vec![*id],
        Type::List(ty) | Type::Map(ty) | Type::Nullable(ty) => mentioned(ty),
        Type::Any | Type::Scalar(_) => Vec::new(),
    }
}

/// Replaces the types that `ty` mentions, at any depth.
fn replace(ty: &mut Type, replacement: &mut impl FnMut(TypeId) -> Option<Type>) {
    match ty {
        Type::Named(id) | Type::Boxed(id) => {
            if let Some(new) = replacement(*id) {
                *ty = new;
            }
        }
        Type::List(ty) | Type::Map(ty) | Type::Nullable(ty) => replace(ty, replacement),
        Type::Any | Type::Scalar(_) => {}
    }
}
