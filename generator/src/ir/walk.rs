//! The walk over the types of an API: every use of a type, which passes and emitters share.

use super::{
    Api, BodyContent, Operation, Parameter, Part, PartContent, ResponseContent, Shape, Type, TypeId,
};

impl Api {
    /// Whether any use of a type, at any depth, is one that `is_it` holds for.
    pub fn uses(&self, is_it: impl Fn(&Type) -> bool) -> bool {
        let in_types = self.types.iter().flat_map(|ty| ty.shape.uses());
        let in_operations = self.operations.iter().flat_map(Operation::uses);
        in_types.chain(in_operations).chain(self.webhooks.uses()).any(|ty| ty.layers().any(&is_it))
    }

    /// Every use of a type, to change it.
    pub(crate) fn uses_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let in_types = self.types.iter_mut().flat_map(|ty| ty.shape.uses_mut());
        let in_operations = self.operations.iter_mut().flat_map(Operation::uses_mut);
        in_types.chain(in_operations).chain(self.webhooks.uses_mut())
    }
}

impl Operation {
    /// The types of its request and its responses.
    pub(crate) fn uses(&self) -> Vec<&Type> {
        let responses = self.responses.iter().filter_map(|response| response.content.ty());
        let errors = self.errors.iter().filter_map(|error| error.body.as_ref());
        self.request_uses().into_iter().chain(responses).chain(errors).collect()
    }

    /// The types of its request.
    pub(crate) fn request_uses(&self) -> Vec<&Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(self.bodies.iter().flat_map(|body| body.content.uses())).collect()
    }

    /// The types of its request and its responses, to change them.
    pub(crate) fn uses_mut(&mut self) -> Vec<&mut Type> {
        let parameters = self.parameters.iter_mut().map(|parameter| &mut parameter.ty);
        let bodies = self.bodies.iter_mut().flat_map(|body| body.content.uses_mut());
        let responses = self.responses.iter_mut().filter_map(|response| response.content.ty_mut());
        let errors = self.errors.iter_mut().filter_map(|error| error.body.as_mut());
        parameters.chain(bodies).chain(responses).chain(errors).collect()
    }
}

impl BodyContent {
    fn uses(&self) -> Vec<&Type> {
        match self {
            Self::Json(ty) | Self::JsonLines(ty) => vec![ty],
            Self::Form(fields) => fields.iter().map(|Parameter { ty, .. }| ty).collect(),
            Self::Multipart(parts) => parts.iter().filter_map(|Part { content, .. }| content.ty()).collect(),
            Self::Text | Self::Binary => Vec::new(),
        }
    }

    fn uses_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Json(ty) | Self::JsonLines(ty) => vec![ty],
            Self::Form(fields) => fields.iter_mut().map(|Parameter { ty, .. }| ty).collect(),
            Self::Multipart(parts) => {
                parts.iter_mut().filter_map(|Part { content, .. }| content.ty_mut()).collect()
            }
            Self::Text | Self::Binary => Vec::new(),
        }
    }
}

impl PartContent {
    fn ty(&self) -> Option<&Type> {
        match self {
            Self::Text(ty) | Self::Json(ty) | Self::Styled { ty, .. } => Some(ty),
            Self::File | Self::Files => None,
        }
    }

    fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Text(ty) | Self::Json(ty) | Self::Styled { ty, .. } => Some(ty),
            Self::File | Self::Files => None,
        }
    }
}

impl ResponseContent {
    fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Events(ty) | Self::JsonLines(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Binary => None,
        }
    }

    fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Self::Json(ty) | Self::Events(ty) | Self::JsonLines(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Binary => None,
        }
    }
}

impl Shape {
    /// The types that it is made of.
    pub(crate) fn uses(&self) -> Vec<&Type> {
        match self {
            Self::Struct(object) => {
                let properties = object.properties.iter().map(|property| &property.ty);
                properties.chain(&object.additional_properties).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(alias) | Self::Recursive(alias) => vec![&alias.target],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The types that it is made of, to change them.
    pub(crate) fn uses_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(object) => {
                let properties = object.properties.iter_mut().map(|property| &mut property.ty);
                properties.chain(&mut object.additional_properties).collect()
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Alias(alias) | Self::Recursive(alias) => vec![&mut alias.target],
            Self::Enum(_) => Vec::new(),
        }
    }
}

impl Type {
    /// The type, the types inside of it (an item, say), and so on down to the innermost ones.
    pub(crate) fn layers(&self) -> impl Iterator<Item = &Self> {
        let mut next = vec![self];
        std::iter::from_fn(move || {
            let ty = next.pop()?;
            match ty {
                Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => next.push(inner),
                Self::Tuple(places) => next.extend(places.iter().rev()),
                Self::Any | Self::Scalar(_) | Self::Named(_) => {}
            }
            Some(ty)
        })
    }

    /// The named types that it is or contains.
    pub(crate) fn named(&self) -> impl Iterator<Item = TypeId> {
        self.layers().filter_map(|ty| match ty {
            Self::Named(id) => Some(*id),
            _ => None,
        })
    }

    /// The named types that each value of it is or contains, without those in lists and maps.
    pub(crate) fn held_by_value(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) => vec![*id],
            Self::Nullable(inner) => inner.held_by_value(),
            Self::Tuple(places) => places.iter().flat_map(Self::held_by_value).collect(),
            Self::Any | Self::Scalar(_) | Self::List(_) | Self::Map(_) => Vec::new(),
        }
    }

    /// Calls `change` with every named type that it is or contains, to change it.
    pub(crate) fn for_each_named_mut(&mut self, change: &mut impl FnMut(&mut Self)) {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.for_each_named_mut(change),
            Self::Tuple(places) => places.iter_mut().for_each(|place| place.for_each_named_mut(change)),
            Self::Named(_) => change(self),
            Self::Any | Self::Scalar(_) => {}
        }
    }
}
