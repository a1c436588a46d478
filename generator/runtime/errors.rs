//! Stands in for the error bodies that a generator writes from a document.

use serde::Deserialize;

/// The decoded body of an error response.
///
/// A generated SDK has one variant more for each error schema of its document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorBody {
    /// As a document would declare it for 422.
    Validation(Validation),
    /// JSON that has no schema, or does not fit the one it has.
    Json(serde_json::Value),
    /// Anything that is not JSON.
    Text(String),
    /// No body at all.
    Empty,
}

/// An error body with a schema.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Validation {
    /// What is wrong, item by item.
    pub detail: Vec<String>,
}

impl ErrorBody {
    /// Reads the body of a 422.
    pub fn validation(json: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(json).map(Self::Validation)
    }
}
