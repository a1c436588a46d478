//! Which models have to be boxed where they are used, because a value would contain itself.
//!
//! Lists and maps keep their content elsewhere, so only structs and unions that contain each other
//! directly need a `Box`: at the use that closes the cycle, in the order of the document.

use std::collections::BTreeSet;

use super::{Context, Type};
use crate::ir::{self, Api, Shape, TypeDef, TypeId};

/// The uses that close a cycle: the type that contains, and the type that is contained.
pub(super) struct Boxes(BTreeSet<(TypeId, TypeId)>);

impl Boxes {
    /// Finds the cycles among the types of `api`.
    pub(super) fn of(api: &Api) -> Self {
        let mut boxes = Self(BTreeSet::new());
        let mut states = vec![State::New; api.types.len()];
        for start in 0..api.types.len() {
            boxes.visit(TypeId(start), api, &mut states);
        }
        boxes
    }

    /// Goes through what `start` contains, and what that contains, depth first.
    fn visit(&mut self, start: TypeId, api: &Api, states: &mut [State]) {
        // A stack of its own: a document may string together any number of types.
        let mut stack = vec![(start, None)];
        while let Some((id, contained)) = stack.pop() {
            let mut contained: std::vec::IntoIter<TypeId> = match contained {
                Some(contained) => contained,
                None if states[id.0] == State::New => {
                    states[id.0] = State::Open;
                    self::contained(api.type_def(id), api).into_iter()
                }
                None => continue,
            };
            let Some(next) = contained.next() else {
                states[id.0] = State::Done;
                continue;
            };
            stack.push((id, Some(contained)));
            match states[next.0] {
                State::New => stack.push((next, None)),
                State::Open => {
                    self.0.insert((id, next));
                }
                State::Done => {}
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// The types that a value of the type contains directly, but for aliases.
fn contained(ty: &TypeDef, api: &Api) -> Vec<TypeId> {
    let parts: Vec<&ir::Type> = match &ty.shape {
        Shape::Struct(object) => object.properties.iter().map(|property| &property.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Recursive(alias) => vec![&alias.target],
        Shape::Enum(_) | Shape::Alias(_) => Vec::new(),
    };
    parts.into_iter().flat_map(ir::Type::held_by_value).flat_map(|id| without_aliases(id, api)).collect()
}

/// The types behind the aliases of `id`, as far as they are held by value. Aliases have no cycles.
fn without_aliases(id: TypeId, api: &Api) -> Vec<TypeId> {
    let mut innermost = Vec::new();
    let (mut next, mut seen) = (vec![id], BTreeSet::new());
    while let Some(id) = next.pop() {
        match &api.type_def(id).shape {
            Shape::Alias(alias) => {
                let held = alias.target.held_by_value();
                next.extend(held.into_iter().rev().filter(|id| seen.insert(*id)));
            }
            _ => innermost.push(id),
        }
    }
    innermost
}

impl Context<'_> {
    /// How `ty` is written where a value of the type `owner` holds one.
    pub(super) fn held_ty(&self, owner: TypeId, ty: &ir::Type) -> Type {
        match ty {
            ir::Type::Nullable(inner) => Type::Option(Box::new(self.held_ty(owner, inner))),
            ir::Type::Tuple(places) => {
                Type::Tuple(places.iter().map(|place| self.held_ty(owner, place)).collect())
            }
            ir::Type::Named(id) if self.closes_cycle(owner, *id) => Type::Boxed(self.model_ref(*id)),
            other => self.ty(other),
        }
    }

    fn closes_cycle(&self, owner: TypeId, id: TypeId) -> bool {
        without_aliases(id, self.api).into_iter().any(|id| self.boxes.0.contains(&(owner, id)))
    }
}
