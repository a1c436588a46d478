//! Merges variants of a union that have turned out to be the same type.
//!
//! That shows only when all types are there and duplicates have been merged.

use std::collections::BTreeMap;

use super::deduplicate;
use crate::ir::{Alias, Enum, EnumValues, Scalar, Shape, Type, TypeDef, TypeId, Union, Variant};
use crate::lower::schema::UnionSource;

/// How often unions are checked again: one that was reduced to a single variant may be in another.
const ROUNDS: usize = 8;

/// Merges duplicate types, and the variants that are the same afterwards.
pub(in crate::lower) fn merge(types: &mut [TypeDef], unions: &mut BTreeMap<TypeId, UnionSource<'_>>) {
    for _ in 0..ROUNDS {
        deduplicate::deduplicate(types, |one, other| match (unions.get(&one), unions.get(&other)) {
            (Some(one), Some(other)) => one.discriminator_value() == other.discriminator_value(),
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
fn merge_variants(types: &mut [TypeDef], unions: &mut BTreeMap<TypeId, UnionSource<'_>>, id: TypeId) -> bool {
    let Some(source) = unions.get_mut(&id) else { return false };
    let Shape::Union(union) = &types[id.0].shape else { return false };
    let mut union = union.clone();
    let before = union.variants.len();
    let mut place = 0;
    while place < union.variants.len() {
        let ty = &union.variants[place].ty;
        match union.variants[..place].iter().position(|other| are_structurally_equal(types, &other.ty, ty)) {
            Some(first) => {
                union.variants.remove(place);
                let known_as = source.variants.remove(place);
                source.variants[first].extend(known_as);
            }
            None => place += 1,
        }
    }
    if let Some(place) = text_beside_values(types, &union) {
        source.variants.remove(place);
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

/// Whether two types are the same, or inline and structurally equal.
fn are_structurally_equal(types: &[TypeDef], one: &Type, other: &Type) -> bool {
    let inline = |ty: &Type| match ty {
        Type::Named(id) => Some(&types[id.0]).filter(|ty| !ty.is_component()),
        _ => None,
    };
    one == other
        || inline(one)
            .zip(inline(other))
            .is_some_and(|(one, other)| deduplicate::are_structurally_equal(one, other))
}

/// The variant for any text in a union with one list of texts, which is open anyway.
fn text_beside_values(types: &[TypeDef], union: &Union) -> Option<usize> {
    let is_list = |ty: &Type| {
        let Type::Named(id) = ty else { return false };
        matches!(&types[id.0].shape, Shape::Enum(Enum { values: EnumValues::Strings(_) }))
    };
    let lists = union.variants.iter().filter(|variant| is_list(&variant.ty)).count();
    let is_text = |variant: &Variant| variant.ty == Type::Scalar(Scalar::String);
    union.variants.iter().position(is_text).filter(|_| lists == 1)
}
