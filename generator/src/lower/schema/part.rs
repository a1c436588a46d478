//! What is lowered: schemas that a value has to satisfy together.

use super::kinds::Kinds;
use crate::document::Cursor;

/// A schema, or what is left of it when a choice has been made.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    pub(super) schema: Cursor<'d>,
    pub(super) lens: Lens,
}

/// How much of a schema counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lens {
    /// All of it.
    Whole,
    /// All but its `oneOf` and `anyOf`: one of those was chosen and stands beside it.
    Base,
    /// What it says of values of one kind.
    Kind(Kinds),
}

/// The identity of a list of parts. A value in a document stays where it is in memory.
pub(super) type Key = Vec<(usize, Lens)>;

impl<'d> Part<'d> {
    pub(super) fn whole(schema: &Cursor<'d>) -> Self {
        Self { schema: schema.clone(), lens: Lens::Whole }
    }

    /// The part without its choices.
    pub(super) fn base(&self) -> Self {
        let lens = if self.lens == Lens::Whole { Lens::Base } else { self.lens };
        Self { schema: self.schema.clone(), lens }
    }

    /// The part for values of one kind.
    pub(super) fn of_kind(&self, kind: Kinds) -> Self {
        Self { schema: self.schema.clone(), lens: Lens::Kind(kind) }
    }

    pub(super) fn key(&self) -> (usize, Lens) {
        (address(&self.schema), self.lens)
    }
}

/// The identity of the value at `cursor`.
pub(super) fn address(cursor: &Cursor<'_>) -> usize {
    cursor.address()
}
