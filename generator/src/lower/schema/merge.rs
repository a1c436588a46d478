//! Makes one of the variants of a union that have turned out to be the same type.
//!
//! That shows only when all types are there, and when those that are the same have been folded.

use std::collections::BTreeMap;

use super::union::Origins;
use crate::ir::{Alias, Shape, Type, TypeDef, TypeId};
use crate::lower::fold;

/// How often unions are looked at again: one that has become one of its variants may be in another.
const ROUNDS: usize = 8;

/// Folds types, and merges the variants that are the same after it.
pub(super) fn merge(types: &mut [TypeDef], unions: &mut BTreeMap<TypeId, Origins<'_>>) {
    for _ in 0..ROUNDS {
        fold::fold(types, |one, other| match (unions.get(&one), unions.get(&other)) {
            (Some(one), Some(other)) => one.tags() == other.tags(),
            _ => true,
        });
        let ids: Vec<TypeId> = unions.keys().copied().collect();
        let merged = ids.into_iter().filter(|id| merge_variants(types, unions, *id)).count();
        if merged == 0 {
            break;
        }
    }
}

/// Whether any variants of a union were merged.
fn merge_variants(types: &mut [TypeDef], unions: &mut BTreeMap<TypeId, Origins<'_>>, id: TypeId) -> bool {
    let Some(origins) = unions.get_mut(&id) else { return false };
    let Shape::Union(union) = &mut types[id.0].shape else { return false };
    let before = union.variants.len();
    let mut place = 0;
    while place < union.variants.len() {
        let ty = &union.variants[place].ty;
        match union.variants[..place].iter().position(|other| other.ty == *ty) {
            Some(first) => {
                union.variants.remove(place);
                let known_as = origins.variants.remove(place);
                origins.variants[first].extend(known_as);
            }
            None => place += 1,
        }
    }
    let is_any = union.variants.iter().any(|variant| variant.ty == Type::Any);
    let only = if union.variants.len() == 1 { union.variants.pop().map(|only| only.ty) } else { None };
    let target = if is_any { Some(Type::Any) } else { only };
    if let Some(target) = target {
        types[id.0].shape = Shape::Alias(Alias { target });
        unions.remove(&id);
        return true;
    }
    union.variants.len() < before
}
