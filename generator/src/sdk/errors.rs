//! Error responses and their bodies.

use super::{Context, ModelRef, StatusPattern};
use crate::ir::{self, Type};
use crate::names::Ident;

/// A model that is the body of an error response: a variant of `ErrorBody`.
#[derive(Clone, Debug)]
pub struct ErrorBody {
    /// The model.
    pub model: ModelRef,
    /// The variant that holds it.
    pub variant: Ident,
    /// The function that reads it.
    pub decoder: Ident,
}

/// An error response.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The statuses that it is for.
    pub status: StatusPattern,
    /// Its media type; `None` when it has no body.
    pub media_type: Option<String>,
    /// Its body, when that is a model.
    pub body: Option<ErrorBody>,
}

/// The bodies of error responses, each once.
pub(super) fn bodies(context: &Context<'_>) -> Vec<ErrorBody> {
    let ids = context.api.error_types().into_iter();
    ids.filter_map(|id| body(id, context)).collect()
}

fn body(id: ir::TypeId, context: &Context<'_>) -> Option<ErrorBody> {
    let names = context.names.error(id)?;
    Some(ErrorBody {
        model: context.model_ref(id),
        variant: names.variant.clone(),
        decoder: names.decoder.clone(),
    })
}

/// The error responses of an operation.
pub(super) fn plan(operation: &ir::Operation, context: &Context<'_>) -> Vec<ErrorResponse> {
    let errors = operation.errors.iter();
    errors
        .map(|error| ErrorResponse {
            status: error.status.into(),
            media_type: error.media_type.as_ref().map(ToString::to_string),
            body: match error.body {
                Some(Type::Named(id)) => body(id, context),
                _ => None,
            },
        })
        .collect()
}
