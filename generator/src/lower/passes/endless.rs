//! Finds schemas whose values would have no end, because each needs another one inside of it.
//!
//! Nothing is changed: the type can be written, and a server may know better. But no value of it can be made.

use crate::diagnostic::Diagnostics;
use crate::ir::{Shape, Type, TypeDef, TypeId};

/// Warns of such schemas among `types`, once for each circle of them.
pub(in crate::lower) fn report(types: &[TypeDef], diagnostics: &mut Diagnostics) {
    let mut search = Search::new(types);
    for start in 0..types.len() {
        for TypeId(index) in search.circles(start) {
            diagnostics.warning(
                "schema-endless",
                &types[index].location,
                "every value of the schema must contain another one, so no finite value exists",
                "make one of the required properties in the cycle optional or nullable",
            );
        }
    }
}

/// What a value of a type needs to have an end.
struct Search {
    /// The types that a value is made of: all of them, or one.
    parts: Vec<Vec<TypeId>>,
    /// How many of them are still to be found to end.
    open: Vec<usize>,
    /// Which types each one is a part of.
    users: Vec<Vec<TypeId>>,
    is_on_path: Vec<bool>,
}

impl Search {
    fn new(types: &[TypeDef]) -> Self {
        let mut search = Self {
            parts: vec![Vec::new(); types.len()],
            open: vec![0; types.len()],
            users: vec![Vec::new(); types.len()],
            is_on_path: vec![false; types.len()],
        };
        for (index, ty) in types.iter().enumerate() {
            let (parts, open) = parts(&ty.shape);
            for part in &parts {
                search.users[part.0].push(TypeId(index));
            }
            (search.parts[index], search.open[index]) = (parts, open);
        }
        let is_settled: Vec<bool> = search.open.iter().map(|open| *open == 0).collect();
        for (index, _) in is_settled.into_iter().enumerate().filter(|(_, is_settled)| *is_settled) {
            search.settle(TypeId(index));
        }
        search
    }

    /// Notes that values of a type end, and so do those of types that needed nothing else.
    fn settle(&mut self, id: TypeId) {
        let mut next = vec![id];
        while let Some(TypeId(index)) = next.pop() {
            for user in std::mem::take(&mut self.users[index]) {
                if self.open[user.0] > 0 {
                    self.open[user.0] -= 1;
                    next.extend((self.open[user.0] == 0).then_some(user));
                }
            }
        }
    }

    /// The types that close a circle among those that `start` needs. Each is taken to end afterwards.
    fn circles(&mut self, start: usize) -> Vec<TypeId> {
        let mut circles = Vec::new();
        let mut path = vec![start];
        while let Some(&index) = path.last() {
            if self.open[index] == 0 {
                self.is_on_path[index] = false;
                path.pop();
                continue;
            }
            self.is_on_path[index] = true;
            let parts = &mut self.parts[index];
            while parts.last().is_some_and(|part| self.open[part.0] == 0) {
                parts.pop();
            }
            match parts.last() {
                Some(TypeId(part)) if !self.is_on_path[*part] => path.push(*part),
                _ => {
                    circles.push(TypeId(index));
                    self.open[index] = 0;
                    self.settle(TypeId(index));
                }
            }
        }
        circles
    }
}

/// The types that a value is made of, and how many of them it needs.
fn parts(shape: &Shape) -> (Vec<TypeId>, usize) {
    let all = |parts: Vec<TypeId>| (parts.clone(), parts.len());
    match shape {
        Shape::Enum(_) => all(Vec::new()),
        Shape::Alias(alias) | Shape::Recursive(alias) => all(needed_by(&alias.target)),
        Shape::Struct(object) => {
            let required = object.properties.iter().filter(|property| property.required);
            all(required.flat_map(|property| needed_by(&property.ty)).collect())
        }
        Shape::Union(union) => {
            let parts: Option<Vec<TypeId>> = union.variants.iter().map(|variant| only(&variant.ty)).collect();
            parts.map_or((Vec::new(), 0), |parts| (parts, 1))
        }
    }
}

/// The named types that every value of `ty` contains.
fn needed_by(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Tuple(places) => places.iter().flat_map(needed_by).collect(),
        Type::Nullable(_) | Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) => Vec::new(),
    }
}

/// The named type that a variant is. One with several is taken to end.
fn only(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        _ => None,
    }
}
