//! An operation as far as its name goes.

use super::{lists, tag_path};
use crate::ir::{Api, Labels, Method, Operation, ParameterLocation};

/// What the name of an operation is made of.
#[derive(Clone, Debug)]
pub(super) struct Endpoint<'a> {
    /// The id that settings know it by.
    pub(super) id: &'a str,
    /// What the document calls it.
    pub(super) labels: &'a Labels,
    /// The words of its tag and of those above it, the outermost first.
    pub(super) tag_path: Vec<String>,
    /// The HTTP method.
    pub(super) method: Method,
    /// The path without query and fragment.
    pub(super) path: &'a str,
    /// The query that is part of the path.
    pub(super) query: &'a [(String, String)],
    /// The names of the path parameters.
    pub(super) path_parameters: Vec<&'a str>,
    /// Whether it gives a list of things.
    pub(super) gives_list: bool,
    /// Whether it takes a body.
    pub(super) has_body: bool,
}

impl<'a> Endpoint<'a> {
    pub(super) fn of(operation: &'a Operation, api: &Api) -> Self {
        let parameters = operation.parameters.iter();
        let in_path = parameters.filter(|parameter| parameter.location == ParameterLocation::Path);
        Self {
            id: &operation.id,
            labels: &operation.labels,
            tag_path: operation.labels.tag.as_deref().map(|tag| tag_path(tag, api)).unwrap_or_default(),
            method: operation.method.clone(),
            path: &operation.path,
            query: &operation.fixed_query,
            path_parameters: in_path.map(|parameter| parameter.name.as_str()).collect(),
            gives_list: lists::gives_list(operation, api),
            has_body: !operation.bodies.is_empty(),
        }
    }
}
