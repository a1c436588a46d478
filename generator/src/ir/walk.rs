//! The walk over the types of an API: every use of a type, which passes and emitters share.

use super::{
    Api, BodyContent, Operation, Parameter, Part, PartContent, ResponseContent, Shape, Type, TypeId,
};

impl Api {
    /// Whether any use of a type, at any depth, is one that `is_it` holds for.
    pub fn uses(&self, is_it: impl Fn(&Type) -> bool) -> bool {
        let in_types = self.types.iter().flat_map(|ty| ty.shape.uses());
        let in_operations = self.operations.iter().flat_map(Operation::uses);
        in_types.chain(in_operations).any(|ty| ty.layers().any(&is_it))
    }

    /// Every use of a type, to change it.
    pub(crate) fn uses_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let in_types = self.types.iter_mut().flat_map(|ty| ty.shape.uses_mut());
        in_types.chain(self.operations.iter_mut().flat_map(Operation::uses_mut))
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
            Self::Alias(alias) => vec![&alias.target],
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
            Self::Alias(alias) => vec![&mut alias.target],
            Self::Enum(_) => Vec::new(),
        }
    }
}

impl Type {
    /// The type, the type inside of it (an item, say), and so on down to the innermost one.
    pub(crate) fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| match ty {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => Some(inner.as_ref()),
            Self::Any | Self::Scalar(_) | Self::Named(_) => None,
        })
    }

    /// The type inside of all lists, maps and nullable types, to change it.
    pub(crate) fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.innermost_mut(),
            Self::Any | Self::Scalar(_) | Self::Named(_) => self,
        }
    }

    /// The named type that it is or contains.
    pub(crate) fn named(&self) -> Option<TypeId> {
        self.layers().find_map(|ty| match ty {
            Self::Named(id) => Some(*id),
            Self::Any | Self::Scalar(_) | Self::List(_) | Self::Map(_) | Self::Nullable(_) => None,
        })
    }
}
