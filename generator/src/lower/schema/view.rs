//! Views of schemas: what is lowered is a list of them, all of which a value has to satisfy.

use super::json_types::JsonTypes;
use crate::document::Cursor;

/// A schema, or one facet of it.
#[derive(Clone, Debug)]
pub(super) struct SchemaView<'d> {
    pub(super) schema: Cursor<'d>,
    pub(super) facet: Facet,
}

/// Which part of a schema counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Facet {
    /// All of it.
    Whole,
    /// All but its `oneOf` and `anyOf`: one of their variants is in the same list of views.
    Base,
    /// What it says about values of one JSON type.
    OfType(JsonTypes),
}

/// The identity of a list of views. A value in a document stays where it is in memory.
pub(super) type Key = Vec<(usize, Facet)>;

impl<'d> SchemaView<'d> {
    pub(super) fn whole(schema: &Cursor<'d>) -> Self {
        Self { schema: schema.clone(), facet: Facet::Whole }
    }

    /// The view without its `oneOf` and `anyOf`.
    pub(super) fn base(&self) -> Self {
        let facet = if self.facet == Facet::Whole { Facet::Base } else { self.facet };
        Self { schema: self.schema.clone(), facet }
    }

    /// The view for values of one JSON type.
    pub(super) fn of_type(&self, json_type: JsonTypes) -> Self {
        Self { schema: self.schema.clone(), facet: Facet::OfType(json_type) }
    }

    pub(super) fn key(&self) -> (usize, Facet) {
        (address(&self.schema), self.facet)
    }
}

/// The identity of the value at `cursor`.
pub(in crate::lower) fn address(cursor: &Cursor<'_>) -> usize {
    cursor.address()
}
