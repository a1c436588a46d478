//! How high the simplest value of each type is.
//!
//! A type that contains itself can still have a value: through a list that is empty, or a variant that
//! ends. Going from a type only to lower ones always ends. A type that has no height has no value that
//! a constructor could make.

use crate::Plan;
use crate::ir::{Shape, Type, TypeId, Union};
use crate::rust::field::{Field, fields};

/// The heights of the types of a plan.
#[derive(Debug)]
pub(super) struct Heights(Vec<Option<usize>>);

impl Heights {
    /// Finds the heights: each round settles the types that are one higher than those before.
    pub(super) fn of(plan: &Plan) -> Self {
        let count = plan.api.types.len();
        let mut heights = Self(vec![None; count]);
        loop {
            let open = (0..count).filter(|index| heights.0[*index].is_none());
            let settled: Vec<(usize, usize)> =
                open.filter_map(|index| Some((index, heights.above_parts(TypeId(index), plan)?))).collect();
            if settled.is_empty() {
                return heights;
            }
            for (index, height) in settled {
                heights.0[index] = Some(height);
            }
        }
    }

    /// The height of `ty`; `None` when it has no value.
    pub(super) fn get(&self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => Some(0),
            Type::Named(id) | Type::Boxed(id) => self.0[id.0],
        }
    }

    /// The variant of `union` that takes least.
    pub(super) fn lowest(&self, union: &Union) -> Option<usize> {
        let variants = union.variants.iter().enumerate();
        let heights = variants.filter_map(|(index, variant)| Some((self.get(&variant.ty)?, index)));
        heights.min().map(|(_, index)| index)
    }

    fn above_parts(&self, id: TypeId, plan: &Plan) -> Option<usize> {
        match &plan.api.type_def(id).shape {
            Shape::Enum(_) => Some(0),
            Shape::Alias(alias) => Some(1 + self.get(&alias.target)?),
            Shape::Union(union) => {
                let variant = &union.variants[self.lowest(union)?];
                Some(1 + self.get(&variant.ty)?)
            }
            Shape::Struct(_) => {
                let arguments = fields(id, plan).into_iter().filter(Field::is_argument);
                let heights = arguments.map(|field| self.get(&field.member.ty));
                let highest = heights.collect::<Option<Vec<_>>>()?.into_iter().max();
                Some(1 + highest.unwrap_or(0))
            }
        }
    }
}
