//! How large the smallest value of each model is.
//!
//! A model that contains itself can still have a value: through a list that is empty, or a variant that
//! ends. A model without a size has no value that a constructor could make, or none that is small enough.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::sdk::{Field, ModelId, ModelKind, Presence, Sdk, Type, Union, Variant};

/// The sizes of the smallest values of the models: how many values there are in one, itself included.
#[derive(Debug)]
pub(super) struct Sizes(Vec<Option<usize>>);

impl Sizes {
    /// Finds the sizes up to `limit`, from the smallest on, as Knuth generalized Dijkstra's algorithm:
    /// a model is settled once, and nothing larger can make a smaller value of it. So the time is that of
    /// going through the models once, and a value that has the same part twice costs nothing.
    pub(super) fn of(sdk: &Sdk, limit: usize) -> Self {
        let mut search = Search::new(sdk);
        let mut sizes = Self(vec![None; sdk.models.len()]);
        while let Some(Reverse((size, index))) = search.found.pop() {
            if size > limit {
                break;
            }
            if sizes.0[index].is_none() {
                sizes.0[index] = Some(size);
                search.settle(index, size);
            }
        }
        sizes
    }

    /// The size of the smallest value of `ty`; `None` when it has none.
    pub(super) fn get(&self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Object | Type::Map(_) | Type::Option(_) => {
                Some(1)
            }
            Type::Tuple(places) => {
                places.iter().try_fold(1, |size: usize, place| Some(size.saturating_add(self.get(place)?)))
            }
            Type::Model(model) | Type::Boxed(model) => self.of_id(model.id),
        }
    }

    /// The size of the smallest value of a model.
    pub(super) fn of_id(&self, id: ModelId) -> Option<usize> {
        self.0[id.0]
    }

    /// The size of the smallest value that the constructor or setter of a field takes.
    pub(super) fn of_field(&self, field: &Field) -> Option<usize> {
        held_type(field).map_or(Some(1), |ty| self.get(ty))
    }

    /// The variant of `union` with the smallest value, by its place; of several, one without a model.
    pub(super) fn smallest_variant(&self, union: &Union) -> Option<usize> {
        let variants = union.variants.iter().enumerate();
        let sizes = variants.filter_map(|(index, Variant { ty, .. })| {
            Some((self.get(ty)?, !ty.models_by_value().is_empty(), index))
        });
        sizes.min().map(|(.., index)| index)
    }
}

/// The type that a value of the field must be of, when null does not do.
fn held_type(field: &Field) -> Option<&Type> {
    match field.presence {
        Presence::Required | Presence::Optional => Some(&field.value),
        Presence::RequiredNullable | Presence::OptionalNullable => None,
    }
}

/// What is known while sizes are looked for.
struct Search {
    models: Vec<State>,
    /// For each model, those with a part of it, once for each part.
    users: Vec<Vec<usize>>,
    /// Values that were found, the smallest first.
    found: BinaryHeap<Reverse<(usize, usize)>>,
}

/// What is known of a model.
#[derive(Clone, Copy)]
struct State {
    /// How many parts have no size yet. Of a union, one is enough.
    open: usize,
    /// The size without those.
    size: usize,
}

impl Search {
    fn new(sdk: &Sdk) -> Self {
        let count = sdk.models.len();
        let state = State { open: 0, size: 1 };
        let mut search =
            Self { models: vec![state; count], users: vec![Vec::new(); count], found: BinaryHeap::new() };
        for (ModelId(index), model) in sdk.models_by_id() {
            match &model.kind {
                ModelKind::Enum(_) => search.found.push(Reverse((1, index))),
                ModelKind::Alias(target) | ModelKind::Newtype(target) => search.add_parts(index, [target]),
                ModelKind::Union(union) => {
                    search.add_alternatives(index, union.variants.iter().map(|variant| &variant.ty));
                }
                ModelKind::Struct(object) => {
                    let held = object.arguments().map(|field| held_type(field).unwrap_or(&Type::Any));
                    search.add_parts(index, held);
                }
            }
        }
        search
    }

    /// A model that is one of several types.
    fn add_alternatives<'t>(&mut self, index: usize, types: impl IntoIterator<Item = &'t Type>) {
        self.models[index].open = 1;
        for ty in types {
            // The other models in a tuple are looked at when it is written.
            match ty.models_by_value().first() {
                Some(model) => self.users[model.id.0].push(index),
                None => self.found.push(Reverse((2, index))),
            }
        }
    }

    /// A model that is made of values of several types.
    fn add_parts<'t>(&mut self, index: usize, types: impl IntoIterator<Item = &'t Type>) {
        for ty in types {
            let models = ty.models_by_value();
            self.models[index].size += usize::from(models.is_empty());
            self.models[index].open += models.len();
            for model in models {
                self.users[model.id.0].push(index);
            }
        }
        if self.models[index].open == 0 {
            self.found.push(Reverse((self.models[index].size, index)));
        }
    }

    /// Tells the users of a model the size of its smallest value.
    fn settle(&mut self, index: usize, size: usize) {
        for user in std::mem::take(&mut self.users[index]) {
            let state = &mut self.models[user];
            state.size = state.size.saturating_add(size);
            state.open = state.open.saturating_sub(1);
            if state.open == 0 {
                self.found.push(Reverse((state.size, user)));
            }
        }
    }
}
