//! Merges inline types that are structurally equal: a document repeats them wherever they are used, and each
//! copy would be a Rust type of its own.
//!
//! Two types are duplicates when they have the same name where they stand, and the same shape and
//! documentation. Enums are compared without their documentation, which is about a use. The first type
//! stays; the others become aliases of it, and uses of inline aliases are then resolved.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Shape, Type, TypeDef, TypeId};

/// How often types are compared: once for every level of nesting, within reason.
const ROUNDS: usize = 16;

/// Merges the duplicates in `types`. `may_merge` is false for two unions with different discriminators.
pub(super) fn deduplicate(types: &mut [TypeDef], may_merge: impl Fn(TypeId, TypeId) -> bool) {
    for _ in 0..ROUNDS {
        resolve_all_aliases(types);
        if !deduplicate_once(types, &may_merge) {
            break;
        }
    }
    resolve_all_aliases(types);
}

/// Whether anything was merged.
fn deduplicate_once(types: &mut [TypeDef], may_merge: &impl Fn(TypeId, TypeId) -> bool) -> bool {
    let mut firsts: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let mut same: Vec<(TypeId, TypeId)> = Vec::new();
    for (index, ty) in types.iter().enumerate() {
        let id = TypeId(index);
        if matches!(ty.shape, Shape::Alias(_)) {
            continue;
        }
        let group = firsts.entry(last_word(ty)).or_default();
        let is_same = |first: &&TypeId| are_structurally_equal(&types[first.0], ty) && may_merge(**first, id);
        match group.iter().find(is_same) {
            Some(first) if !ty.is_component() => same.push((id, *first)),
            _ => group.push(id),
        }
    }
    for (id, first) in &same {
        let merged = &mut types[id.0];
        let mut owners = std::mem::take(&mut merged.other_names);
        owners.insert(0, merged.name_parts.clone());
        types[first.0].other_names.extend(owners);
        types[id.0].shape = Shape::Alias(crate::ir::Alias { target: Type::Named(*first) });
    }
    !same.is_empty()
}

/// Whether two types differ in nothing but where they stand.
pub(super) fn are_structurally_equal(one: &TypeDef, other: &TypeDef) -> bool {
    one.shape == other.shape && (one.docs == other.docs || matches!(one.shape, Shape::Enum(_)))
}

/// What a type is called where it stands, without the path to it: `visibility` for an inline type at a
/// property of that name, and for a component `FileVisibility`.
fn last_word(ty: &TypeDef) -> String {
    let last = ty.name_parts.last().map_or("", String::as_str);
    let is_start = |(index, character): (usize, char)| {
        let before = last[..index].chars().next_back();
        character.is_uppercase() && before.is_some_and(|before| !before.is_uppercase())
            || before.is_some_and(|before| !before.is_alphanumeric())
    };
    let start = if ty.is_component() { last.char_indices().rfind(|place| is_start(*place)) } else { None };
    let word = start.map_or(last, |(index, _)| &last[index..]);
    word.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn resolve_all_aliases(types: &mut [TypeDef]) {
    let inline = inline_aliases(types);
    for ty in types.iter_mut().flat_map(|ty| ty.shape.uses_mut()) {
        resolve_aliases(ty, &inline);
    }
}

/// The inline types that are aliases.
pub(super) fn inline_aliases(types: &[TypeDef]) -> BTreeMap<TypeId, Type> {
    let inline = types.iter().enumerate().filter_map(|(index, ty)| match &ty.shape {
        // One that contains itself stays: it needs a name.
        Shape::Alias(alias) if !ty.is_component() && !leads_to(types, &alias.target, TypeId(index)) => {
            Some((TypeId(index), alias.target.clone()))
        }
        _ => None,
    });
    inline.collect()
}

/// Whether a type is made of `id`, through aliases alone.
fn leads_to(types: &[TypeDef], ty: &Type, id: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut next: Vec<TypeId> = ty.named().collect();
    while let Some(other) = next.pop() {
        if let (true, Shape::Alias(alias)) = (seen.insert(other), &types[other.0].shape) {
            next.extend(alias.target.named());
        }
    }
    seen.contains(&id)
}

/// Replaces inline aliases by their targets.
pub(super) fn resolve_aliases(ty: &mut Type, aliases: &BTreeMap<TypeId, Type>) {
    // There are no more steps to take than there are aliases.
    for _ in 0..=aliases.len() {
        let Type::Named(id) = ty else { break };
        let Some(target) = aliases.get(id) else { break };
        *ty = target.clone();
    }
    match ty {
        Type::Nullable(inner) => {
            resolve_aliases(inner, aliases);
            // Any value may be null anyway.
            if matches!(**inner, Type::Any | Type::Nullable(_)) {
                *ty = std::mem::replace(inner, Type::Any);
            }
        }
        Type::List(inner) | Type::Map(inner) => resolve_aliases(inner, aliases),
        Type::Tuple(places) => places.iter_mut().for_each(|place| resolve_aliases(place, aliases)),
        Type::Any | Type::Scalar(_) | Type::Named(_) => {}
    }
}
