//! Walks a document.

use std::marker::PhantomData;

/// A place in a document.
#[derive(Clone, Debug)]
pub struct Cursor<'d> {
    document: PhantomData<&'d ()>,
}
