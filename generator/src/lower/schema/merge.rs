//! Makes one of the variants of a union that have turned out to be the same type.
//!
//! That shows only when all types are there, and when those that are the same have been folded.

use std::collections::BTreeMap;

use super::union::Origins;
use crate::ir::{Alias, Enum, EnumValues, Scalar, Shape, Type, TypeDef, TypeId, Union, Variant};
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
    let Shape::Union(union) = &types[id.0].shape else { return false };
    let mut union = union.clone();
    let before = union.variants.len();
    let mut place = 0;
    while place < union.variants.len() {
        let ty = &union.variants[place].ty;
        match union.variants[..place].iter().position(|other| are_same(types, &other.ty, ty)) {
            Some(first) => {
                union.variants.remove(place);
                let known_as = origins.variants.remove(place);
                origins.variants[first].extend(known_as);
            }
            None => place += 1,
        }
    }
    if let Some(place) = text_beside_values(types, &union) {
        origins.variants.remove(place);
        union.variants.remove(place);
    }
    let is_any = union.variants.iter().any(|variant| variant.ty == Type::Any);
    let is_merged = is_any || union.variants.len() < before;
    let target = match union.variants.as_slice() {
        _ if is_any => Some(Type::Any),
        [only] => Some(only.ty.clone()),
        _ => None,
    };
    if target.is_some() {
        unions.remove(&id);
    }
    types[id.0].shape = target.map_or(Shape::Union(union), |target| Shape::Alias(Alias { target }));
    is_merged
}

/// Whether two types are the same, or are written out inline as if they were.
fn are_same(types: &[TypeDef], one: &Type, other: &Type) -> bool {
    let inline = |ty: &Type| match ty {
        Type::Named(id) => Some(&types[id.0]).filter(|ty| !ty.is_component()),
        _ => None,
    };
    one == other || inline(one).zip(inline(other)).is_some_and(|(one, other)| fold::are_same(one, other))
}

/// The variant for any text in a union with one list of texts, which is open anyway.
fn text_beside_values(types: &[TypeDef], union: &Union) -> Option<usize> {
    let is_list = |ty: &Type| {
        let (Type::Named(id) | Type::Boxed(id)) = ty else { return false };
        matches!(&types[id.0].shape, Shape::Enum(Enum { values: EnumValues::Strings(_) }))
    };
    let lists = union.variants.iter().filter(|variant| is_list(&variant.ty)).count();
    let is_text = |variant: &Variant| variant.ty == Type::Scalar(Scalar::String);
    union.variants.iter().position(is_text).filter(|_| lists == 1)
}
