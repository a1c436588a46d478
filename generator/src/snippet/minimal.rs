//! How deep the minimal value of each model is.
//!
//! A model that contains itself can still have a value: through a list that is empty, or a variant that
//! ends. Going from a model only to less deep ones always ends. A model without a depth has no value
//! that a constructor could make.

use crate::sdk::{Field, ModelId, ModelKind, Presence, Sdk, Type, Union};

/// The depths of the minimal values of the models.
#[derive(Debug)]
pub(super) struct Depths(Vec<Option<usize>>);

impl Depths {
    /// Finds the depths: each round adds the models that are one deeper than those before.
    pub(super) fn of(sdk: &Sdk) -> Self {
        let mut depths = Self(vec![None; sdk.models.len()]);
        loop {
            let open = (0..sdk.models.len()).filter(|index| depths.0[*index].is_none());
            let next: Vec<(usize, usize)> =
                open.filter_map(|index| Some((index, depths.of_model(ModelId(index), sdk)?))).collect();
            if next.is_empty() {
                return depths;
            }
            for (index, depth) in next {
                depths.0[index] = Some(depth);
            }
        }
    }

    /// The depth of the minimal value of `ty`; `None` when it has no value.
    pub(super) fn get(&self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Option(_) => Some(0),
            Type::Model(model) | Type::Boxed(model) => self.0[model.id.0],
        }
    }

    /// The depth of the minimal value of a model.
    pub(super) fn of_id(&self, id: ModelId) -> Option<usize> {
        self.0[id.0]
    }

    /// The variant of `union` with the least deep value, by its place.
    pub(super) fn minimal_variant(&self, union: &Union) -> Option<usize> {
        let variants = union.variants.iter().enumerate();
        let depths = variants.filter_map(|(index, variant)| Some((self.get(&variant.ty)?, index)));
        depths.min().map(|(_, index)| index)
    }

    fn of_model(&self, id: ModelId, sdk: &Sdk) -> Option<usize> {
        match &sdk.model(id).kind {
            ModelKind::Enum(_) => Some(0),
            ModelKind::Alias(target) => Some(1 + self.get(target)?),
            ModelKind::Union(union) => {
                let variant = &union.variants[self.minimal_variant(union)?];
                Some(1 + self.get(&variant.ty)?)
            }
            ModelKind::Struct(object) => {
                let depths: Option<Vec<usize>> =
                    object.arguments().map(|field| self.of_field(field)).collect();
                Some(1 + depths?.into_iter().max().unwrap_or(0))
            }
        }
    }

    fn of_field(&self, field: &Field) -> Option<usize> {
        match field.presence {
            Presence::Required | Presence::Optional => self.get(&field.value),
            Presence::RequiredNullable | Presence::OptionalNullable => Some(0),
        }
    }
}
