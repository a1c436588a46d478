//! Which operations of a document a crate has: `[include]` and `[exclude]`.

use serde::Deserialize;

/// Operations of a document, by what they have in common. One that any entry is for belongs to it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Selection {
    /// Those with one of these tags, or with a tag below one of them.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Those whose paths begin with one of these, segment by segment; what parameters are called does not matter.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Those with these operationIds.
    #[serde(default)]
    pub operations: Vec<String>,
    /// Those with `x-internal: true`, themselves or on their path.
    #[serde(default)]
    pub x_internal: bool,
}

impl Selection {
    /// Whether it has no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.operations.is_empty() && !self.x_internal
    }
}
