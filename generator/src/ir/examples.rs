//! The examples of a document as values of named types.

use serde_json::Value;

use super::{Api, BodyContent, Operation, ResponseContent, Type, TypeId};

impl Api {
    /// The examples of schemas, requests and responses, taken apart into values of named types.
    /// Nothing says that they fit.
    #[must_use]
    pub fn examples(&self) -> Vec<(TypeId, &Value)> {
        let types = self.types.iter().enumerate();
        let of_types =
            types.flat_map(|(index, ty)| ty.examples.iter().map(move |example| (TypeId(index), example)));
        of_types.chain(self.operations.iter().flat_map(of_operation)).collect()
    }
}

fn of_operation(operation: &Operation) -> Vec<(TypeId, &Value)> {
    let bodies = operation.bodies.iter().filter_map(|body| match &body.content {
        BodyContent::Json(ty) => Some((ty, &body.examples)),
        _ => None,
    });
    let responses = operation.responses.iter().filter_map(|response| match &response.content {
        ResponseContent::Json(ty) => Some((ty, &response.examples)),
        _ => None,
    });
    let errors = operation.errors.iter().filter_map(|error| Some((error.body.as_ref()?, &error.examples)));
    let all = bodies.chain(responses).chain(errors);
    all.flat_map(|(ty, examples)| examples.iter().flat_map(|example| ty.named_values(example))).collect()
}

impl Type {
    /// The values of named types that a value of this type is made of; it is one when the type is named.
    #[must_use]
    pub fn named_values<'v>(&self, value: &'v Value) -> Vec<(TypeId, &'v Value)> {
        match (self, value) {
            (Self::Named(id), _) => vec![(*id, value)],
            (Self::Nullable(inner), _) if !value.is_null() => inner.named_values(value),
            (Self::List(item), Value::Array(items)) => {
                items.iter().flat_map(|value| item.named_values(value)).collect()
            }
            (Self::Tuple(places), Value::Array(items)) => {
                places.iter().zip(items).flat_map(|(place, value)| place.named_values(value)).collect()
            }
            (Self::Map(inner), Value::Object(properties)) => {
                properties.values().flat_map(|value| inner.named_values(value)).collect()
            }
            _ => Vec::new(),
        }
    }
}
