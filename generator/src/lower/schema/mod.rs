//! Lowers schemas to [`Type`]s, and gives a name to those that need one.
//!
//! Cursors to schemas come in, [`TypeDef`]s come out. Nothing here knows of
//! operations, of media types, or of what a type is called in Rust.

use std::marker::PhantomData;

use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Member, Type, TypeDef};

/// The types that the schemas of a document have come to so far.
pub(in crate::lower) struct Schemas<'d> {
    types: Vec<TypeDef>,
    document: PhantomData<&'d ()>,
}

impl<'d> Schemas<'d> {
    /// Starts with the schemas in `components` of the document at `root`, in their order.
    pub(in crate::lower) fn new(root: &Cursor<'d>, found: &mut Diagnostics) -> Self {
        let _ = (root, found);
        Self { types: Vec::new(), document: PhantomData }
    }

    /// Lowers `schema`, naming what is inline in it after `hint`, the outermost word first.
    pub(in crate::lower) fn lower(
        &mut self,
        schema: &Cursor<'d>,
        hint: &[&str],
        found: &mut Diagnostics,
    ) -> Type {
        let _ = (schema, hint, found);
        Type::Any
    }

    /// Lowers `schema` as what an object holds under `name`: with default, constant, documentation and
    /// examples. A parameter with a schema is one, too.
    pub(in crate::lower) fn member(
        &mut self,
        name: &str,
        schema: &Cursor<'d>,
        hint: &[&str],
        found: &mut Diagnostics,
    ) -> Member {
        Member {
            name: name.to_owned(),
            ty: self.lower(schema, hint, found),
            required: false,
            constant: None,
            implied: false,
            default: None,
            read_only: false,
            write_only: false,
            docs: crate::ir::Docs::default(),
            examples: Vec::new(),
        }
    }

    /// The members of an object schema, each with the place of its schema, `$ref` and `allOf` merged,
    /// without a type for the object itself: for forms and multipart bodies. `None` when it is no
    /// object with known members.
    pub(in crate::lower) fn members(
        &mut self,
        schema: &Cursor<'d>,
        hint: &[&str],
        found: &mut Diagnostics,
    ) -> Option<Vec<(Member, Cursor<'d>)>> {
        let _ = (schema, hint, found);
        None
    }

    /// Whether `schema` is for bytes as they are: `format: binary`, or a binary `contentMediaType`
    /// without `contentEncoding`. A list of such is not one itself.
    pub(in crate::lower) fn is_binary(schema: &Cursor<'d>) -> bool {
        let _ = schema;
        false
    }

    /// The types, with every cycle broken by a [`Type::Boxed`] and every union told apart.
    pub(in crate::lower) fn finish(self, found: &mut Diagnostics) -> Vec<TypeDef> {
        let _ = found;
        self.types
    }
}
