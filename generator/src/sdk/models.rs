//! The models: the named types of the crate.

use serde_json::Value;

use super::{Context, DocText, Struct, Type, Union, fields, unions};
use crate::ir::{self, Shape, TypeId};
use crate::names::Ident;

/// The index of a model in [`Sdk::models`](super::Sdk::models).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelId(pub usize);

/// A named type of the crate.
#[derive(Clone, Debug)]
pub struct Model {
    /// `FileKind`
    pub name: Ident,
    /// `file_kind`: its module, and the stem of its page.
    pub module: Ident,
    /// Where the document describes it, as a JSON pointer.
    pub origin: String,
    /// Its documentation.
    pub docs: DocText,
    /// What it is.
    pub kind: ModelKind,
    /// The variant of `ErrorBody` that holds it, when it is the body of an error response.
    pub error_variant: Option<Ident>,
    /// The values that the document gives beside its schema.
    pub examples: Vec<Value>,
}

/// The kinds of models.
#[derive(Clone, Debug)]
pub enum ModelKind {
    /// An object with known properties.
    Struct(Struct),
    /// A list of known values, and a variant for others.
    Enum(Enum),
    /// One of several types, and a variant for others.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// A struct around a list or a map that leads back to it.
    Newtype(Type),
}

/// A list of known values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The known values.
    pub values: EnumValues,
}

/// The known values of an enum, in the order of the document.
#[derive(Clone, Debug)]
pub enum EnumValues {
    /// Texts.
    Strings(Vec<EnumValue<String>>),
    /// Integers.
    Integers(Vec<EnumValue<i64>>),
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue<T> {
    /// Its variant.
    pub name: Ident,
    /// The value on the wire.
    pub value: T,
    /// Its documentation.
    pub docs: DocText,
}

/// The models of the document.
pub(super) fn plan(context: &Context<'_>) -> Vec<Model> {
    let mut models: Vec<Model> =
        (0..context.api.types.len()).map(|index| model(TypeId(index), context)).collect();
    unions::add_constructors(&mut models, context);
    models
}

fn model(id: TypeId, context: &Context<'_>) -> Model {
    let ty = context.api.type_def(id);
    let names = context.names.ty(id);
    let kind = match &ty.shape {
        Shape::Struct(object) => ModelKind::Struct(fields::plan(id, object, context)),
        Shape::Enum(values) => ModelKind::Enum(enumeration(values, &names.variants)),
        Shape::Union(union) => ModelKind::Union(unions::plan(id, union, context)),
        Shape::Alias(alias) => ModelKind::Alias(context.ty(&alias.target)),
        Shape::Recursive(alias) => ModelKind::Newtype(context.held_ty(id, &alias.target)),
    };
    Model {
        name: names.ident.clone(),
        module: names.module.clone(),
        origin: ty.location.pointer.to_string(),
        docs: context.type_docs(id),
        kind,
        error_variant: context.names.error(id).map(|names| names.variant.clone()),
        examples: ty.examples.clone(),
    }
}

fn enumeration(values: &ir::Enum, names: &[Ident]) -> Enum {
    let values = match &values.values {
        ir::EnumValues::Strings(values) => EnumValues::Strings(known(values, names)),
        ir::EnumValues::Integers(values) => EnumValues::Integers(known(values, names)),
    };
    Enum { values }
}

fn known<T: Clone>(values: &[ir::EnumValue<T>], names: &[Ident]) -> Vec<EnumValue<T>> {
    let values = values.iter().zip(names);
    values
        .map(|(known, name)| EnumValue {
            name: name.clone(),
            value: known.value.clone(),
            docs: DocText::new(&known.docs, ""),
        })
        .collect()
}

impl Enum {
    /// The name of the variant for `value`, when it is known.
    #[must_use]
    pub fn variant_of(&self, value: &Value) -> Option<&Ident> {
        match &self.values {
            EnumValues::Strings(values) => {
                let known = values.iter().find(|known| value.as_str() == Some(known.value.as_str()));
                known.map(|known| &known.name)
            }
            EnumValues::Integers(values) => {
                let known = values.iter().find(|known| value.as_i64() == Some(known.value));
                known.map(|known| &known.name)
            }
        }
    }

    /// The first variant.
    #[must_use]
    pub fn first_variant(&self) -> Option<&Ident> {
        match &self.values {
            EnumValues::Strings(values) => values.first().map(|known| &known.name),
            EnumValues::Integers(values) => values.first().map(|known| &known.name),
        }
    }

    /// The variants with their values, and what is said about them.
    #[must_use]
    pub fn rows(&self) -> Vec<(&Ident, Value, &DocText)> {
        match &self.values {
            EnumValues::Strings(values) => rows(values, |value| value.as_str().into()),
            EnumValues::Integers(values) => rows(values, |value| (*value).into()),
        }
    }
}

fn rows<T>(values: &[EnumValue<T>], json: impl Fn(&T) -> Value) -> Vec<(&Ident, Value, &DocText)> {
    values.iter().map(|known| (&known.name, json(&known.value), &known.docs)).collect()
}
