//! Types without aliases.

use super::{Api, Body, BodyContent, Enum, Operation, Scalar, Shape, Struct, Type, TypeDef, TypeId, Union};

/// What a type is when aliases are followed.
#[derive(Clone, Copy, Debug)]
pub enum Resolved<'a> {
    /// Any JSON value.
    Any,
    /// A scalar.
    Scalar(Scalar),
    /// A list of such items.
    List(&'a Type),
    /// A list with such an item in each place.
    Tuple(&'a [Type]),
    /// An object with arbitrary keys and such values.
    Map(&'a Type),
    /// Such a value, or null.
    Nullable(&'a Type),
    /// An object with known properties.
    Struct(TypeId, &'a Struct),
    /// A list of known scalars.
    Enum(TypeId, &'a Enum),
    /// One of several types.
    Union(TypeId, &'a Union),
}

impl Api {
    /// What `ty` is when aliases are followed.
    #[must_use]
    pub fn resolve<'a>(&'a self, ty: &'a Type) -> Resolved<'a> {
        resolve(&self.types, ty)
    }

    /// What the named type is when aliases are followed.
    #[must_use]
    pub fn resolve_named(&self, id: TypeId) -> Resolved<'_> {
        match &self.type_def(id).shape {
            Shape::Struct(object) => Resolved::Struct(id, object),
            Shape::Enum(values) => Resolved::Enum(id, values),
            Shape::Union(union) => Resolved::Union(id, union),
            Shape::Alias(alias) | Shape::Recursive(alias) => self.resolve(&alias.target),
        }
    }

    /// The object that is the only body of `operation`, when it is JSON.
    #[must_use]
    pub fn object_body<'a>(&'a self, operation: &'a Operation) -> Option<(TypeId, &'a Struct)> {
        let [Body { content: BodyContent::Json(ty), .. }] = operation.bodies.as_slice() else { return None };
        match self.resolve(ty) {
            Resolved::Struct(id, object) => Some((id, object)),
            _ => None,
        }
    }

    /// What `ty` is when aliases are followed and null is not a value.
    #[must_use]
    pub fn resolve_non_null<'a>(&'a self, ty: &'a Type) -> Resolved<'a> {
        let mut resolved = self.resolve(ty);
        while let Resolved::Nullable(inner) = resolved {
            resolved = self.resolve(inner);
        }
        resolved
    }
}

/// What `ty` is when aliases are followed. An alias of nothing but itself is any value.
pub(crate) fn resolve<'a>(types: &'a [TypeDef], ty: &'a Type) -> Resolved<'a> {
    let mut ty = ty;
    // There are no more steps to take than there are types.
    for _ in 0..=types.len() {
        let id = match ty {
            Type::Any => break,
            Type::Scalar(scalar) => return Resolved::Scalar(*scalar),
            Type::List(item) => return Resolved::List(item),
            Type::Tuple(places) => return Resolved::Tuple(places),
            Type::Map(value) => return Resolved::Map(value),
            Type::Nullable(inner) => return Resolved::Nullable(inner),
            Type::Named(id) => *id,
        };
        match &types[id.0].shape {
            Shape::Struct(object) => return Resolved::Struct(id, object),
            Shape::Enum(values) => return Resolved::Enum(id, values),
            Shape::Union(union) => return Resolved::Union(id, union),
            Shape::Alias(alias) | Shape::Recursive(alias) => ty = &alias.target,
        }
    }
    Resolved::Any
}
