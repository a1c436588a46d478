//! What a type is when aliases are followed and unions are replaced by their variants.

use std::collections::HashSet;

use crate::ir::{Resolved, Type, TypeDef, TypeId, resolve};

/// The types that a value of `ty` may have, none of them a union, in the order of the document. Each named
/// one comes once, however many unions it is a variant of, so that the work is at most that of the document.
pub(super) fn leaves<'t>(types: &'t [TypeDef], ty: &'t Type) -> Leaves<'t> {
    Leaves { types, next: vec![ty], seen: HashSet::new(), steps: 0 }
}

/// See [`leaves`].
pub(super) struct Leaves<'t> {
    types: &'t [TypeDef],
    next: Vec<&'t Type>,
    seen: HashSet<TypeId>,
    /// How many variants were looked at.
    pub(super) steps: usize,
}

impl<'t> Iterator for Leaves<'t> {
    type Item = Resolved<'t>;

    fn next(&mut self) -> Option<Resolved<'t>> {
        while let Some(ty) = self.next.pop() {
            self.steps += 1;
            match resolve(self.types, ty) {
                Resolved::Union(id, union) => {
                    if self.seen.insert(id) {
                        self.next.extend(union.variants.iter().rev().map(|variant| &variant.ty));
                    }
                }
                Resolved::Struct(id, _) | Resolved::Enum(id, _) if !self.seen.insert(id) => {}
                leaf => return Some(leaf),
            }
        }
        None
    }
}
