//! Makes one of inline types that are the same: written out again wherever they are used, they would be
//! as many Rust types.
//!
//! Types are the same when they are called the same where they stand and nothing in them differs, what is
//! said about them included. A list of values is the same whatever is said about its use. The first of
//! them stays; the others become names for it, which are then seen through.

use std::collections::{BTreeMap, BTreeSet};

use super::cycles;

use crate::ir::{Shape, Type, TypeDef, TypeId};

/// How often types are compared: once for every level of nesting, within reason.
const ROUNDS: usize = 16;

/// Folds what is the same in `types`. `may_fold` says whether two unions are told apart alike.
pub(in crate::lower) fn fold(types: &mut [TypeDef], may_fold: impl Fn(TypeId, TypeId) -> bool) {
    for _ in 0..ROUNDS {
        see_through_all(types);
        if !fold_once(types, &may_fold) {
            break;
        }
    }
    see_through_all(types);
}

/// Whether anything was folded.
fn fold_once(types: &mut [TypeDef], may_fold: &impl Fn(TypeId, TypeId) -> bool) -> bool {
    let mut firsts: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let mut same: Vec<(TypeId, TypeId)> = Vec::new();
    for (index, ty) in types.iter().enumerate() {
        let id = TypeId(index);
        if matches!(ty.shape, Shape::Alias(_)) {
            continue;
        }
        let group = firsts.entry(last_word(ty)).or_default();
        let is_same = |first: &&TypeId| are_same(&types[first.0], ty) && may_fold(**first, id);
        match group.iter().find(is_same) {
            Some(first) if !ty.is_component() => same.push((id, *first)),
            _ => group.push(id),
        }
    }
    for (id, first) in &same {
        types[id.0].shape = Shape::Alias(crate::ir::Alias { target: Type::Named(*first) });
    }
    !same.is_empty()
}

/// Whether two types differ in nothing but their place.
pub(in crate::lower) fn are_same(one: &TypeDef, other: &TypeDef) -> bool {
    one.shape == other.shape && (one.docs == other.docs || matches!(one.shape, Shape::Enum(_)))
}

/// What a type is called where it stands, without the path to it: `visibility` for an inline type at a
/// member of that name, and for a component `FileVisibility`.
fn last_word(ty: &TypeDef) -> String {
    let last = ty.hint.last().map_or("", String::as_str);
    let is_start = |(index, character): (usize, char)| {
        let before = last[..index].chars().next_back();
        character.is_uppercase() && before.is_some_and(|before| !before.is_uppercase())
            || before.is_some_and(|before| !before.is_alphanumeric())
    };
    let start = if ty.is_component() { last.char_indices().rfind(|place| is_start(*place)) } else { None };
    let word = start.map_or(last, |(index, _)| &last[index..]);
    word.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn see_through_all(types: &mut [TypeDef]) {
    let inline = inline_aliases(types);
    for ty in types.iter_mut().flat_map(|ty| ty.shape.uses_mut()) {
        see_through(ty, &inline);
    }
}

/// The inline types that are only names for others.
pub(in crate::lower) fn inline_aliases(types: &[TypeDef]) -> BTreeMap<TypeId, Type> {
    let inline = types.iter().enumerate().filter_map(|(index, ty)| match &ty.shape {
        // One that contains itself stays, to be reported as what no Rust type can be.
        Shape::Alias(alias) if !ty.is_component() && !leads_to(types, &alias.target, TypeId(index)) => {
            Some((TypeId(index), alias.target.clone()))
        }
        _ => None,
    });
    inline.collect()
}

/// Whether a type is made of `id`, by way of nothing but names.
fn leads_to(types: &[TypeDef], ty: &Type, id: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = cycles::mentioned(ty);
    while let Some(other) = next.pop() {
        if let (true, Shape::Alias(alias)) = (seen.insert(other), &types[other.0].shape) {
            next.extend(cycles::mentioned(&alias.target));
        }
    }
    seen.contains(&id)
}

/// Replaces inline names for other types by those types.
pub(in crate::lower) fn see_through(ty: &mut Type, aliases: &BTreeMap<TypeId, Type>) {
    // An alias cannot be a name for itself in more steps than there are aliases.
    for _ in 0..=aliases.len() {
        let (Type::Named(id) | Type::Boxed(id)) = ty else { break };
        let Some(target) = aliases.get(id) else { break };
        *ty = match (&*ty, target) {
            (Type::Boxed(_), Type::Named(target)) => Type::Boxed(*target),
            _ => target.clone(),
        };
    }
    match ty {
        Type::Nullable(inner) => {
            see_through(inner, aliases);
            // Any value may be null anyway.
            if matches!(**inner, Type::Any | Type::Nullable(_)) {
                *ty = std::mem::replace(inner, Type::Any);
            }
        }
        Type::List(inner) | Type::Map(inner) => see_through(inner, aliases),
        Type::Any | Type::Scalar(_) | Type::Named(_) | Type::Boxed(_) => {}
    }
}
