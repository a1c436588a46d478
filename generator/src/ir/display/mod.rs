//! The lowered document as text: short enough to read in a snapshot and on a screen.
//!
//! Every fact of the tree but documentation is in it, one line each. It is for people; nothing
//! reads it back.

mod api;
mod operation;
mod types;

use std::fmt;

use super::{Api, OperationId, TypeId};

impl Api {
    /// One operation as text.
    #[must_use]
    pub fn display_operation(&self, id: OperationId) -> impl fmt::Display {
        struct One<'a>(&'a Api, OperationId);
        impl fmt::Display for One<'_> {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                operation::operation(self.0, self.1, out)
            }
        }
        One(self, id)
    }
}

impl fmt::Display for Api {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        api::head(self, out)?;
        for index in 0..self.operations.len() {
            writeln!(out)?;
            operation::operation(self, OperationId(index), out)?;
        }
        api::webhooks(self, out)?;
        for index in 0..self.types.len() {
            writeln!(out)?;
            types::definition(self, TypeId(index), out)?;
        }
        Ok(())
    }
}
