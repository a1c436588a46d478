//! Every use of a type in an API.

use super::{Api, BodyContent, Operation, PartContent, ResponseContent, Type};

impl Api {
    /// Whether any use of a type, at any depth, is one that `is_it` holds for.
    pub fn uses(&self, is_it: impl Fn(&Type) -> bool) -> bool {
        let in_types = self.types.iter().flat_map(|ty| ty.shape.uses());
        let in_operations = self.operations.iter().flat_map(uses_of_operation);
        in_types.chain(in_operations).any(|ty| ty.contains(&is_it))
    }
}

impl Type {
    fn contains(&self, is_it: &impl Fn(&Self) -> bool) -> bool {
        let is_inside = match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.contains(is_it),
            Self::Any | Self::Scalar(_) | Self::Named(_) | Self::Boxed(_) => false,
        };
        is_inside || is_it(self)
    }
}

fn uses_of_operation(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let bodies = operation.bodies.iter().flat_map(|body| match &body.content {
        BodyContent::Json(ty) | BodyContent::JsonLines(ty) => vec![ty],
        BodyContent::Form(fields) => fields.iter().map(|field| &field.ty).collect(),
        BodyContent::Multipart(parts) => parts
            .iter()
            .filter_map(|part| match &part.content {
                PartContent::Text(ty) | PartContent::Json(ty) => Some(ty),
                PartContent::File | PartContent::Files => None,
            })
            .collect(),
        BodyContent::Text | BodyContent::Binary => Vec::new(),
    });
    let responses = operation.responses.iter().filter_map(|response| match &response.content {
        ResponseContent::Json(ty) | ResponseContent::Events(ty) | ResponseContent::JsonLines(ty) => Some(ty),
        ResponseContent::Empty | ResponseContent::Text | ResponseContent::Binary => None,
    });
    let errors = operation.errors.iter().filter_map(|error| error.body.as_ref());
    parameters.chain(bodies).chain(responses).chain(errors).collect()
}
