//! How types are written in Rust.
//!
//! In goes a use of a type in the document, out comes a [`Type`], whose text is the same for code,
//! rustdoc and pages. Names of models are never those of the prelude or of anything that is
//! imported beside them ([`crate::names`] sees to that), so the short forms are safe.

use std::fmt;

use super::{Context, ModelId};
use crate::ir::{self, Resolved};
use crate::names::Ident;

/// A type of the crate. Its text is what `Display` writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `serde_json::Value`: any JSON value, kept as it is.
    Any,
    /// A type without parts.
    Scalar(Scalar),
    /// `Vec<T>`
    List(Box<Type>),
    /// `(A, B)`
    Tuple(Vec<Type>),
    /// `JsonObject`: an object whose properties are not described.
    Object,
    /// `BTreeMap<String, T>`
    Map(Box<Type>),
    /// `Option<T>`
    Option(Box<Type>),
    /// A model.
    Model(ModelRef),
    /// `Box<T>` of a model that contains itself.
    Boxed(ModelRef),
}

/// The types without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `bool`
    Bool,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `u64`
    UInt64,
    /// `f32`
    Float,
    /// `f64`
    Double,
    /// `String`
    String,
    /// `NaiveDate`
    Date,
    /// `DateTime<Utc>`
    DateTime,
    /// `Base64`: bytes, written as base64 text in JSON.
    Base64,
}

/// A model where it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelRef {
    /// Which one it is.
    pub id: ModelId,
    /// Its name.
    pub name: Ident,
}

impl Type {
    /// The models in it, at any depth.
    #[must_use]
    pub fn models(&self) -> Vec<&ModelRef> {
        match self {
            Self::Any | Self::Scalar(_) | Self::Object => Vec::new(),
            Self::List(inner) | Self::Map(inner) | Self::Option(inner) => inner.models(),
            Self::Tuple(places) => places.iter().flat_map(Self::models).collect(),
            Self::Model(model) | Self::Boxed(model) => vec![model],
        }
    }

    /// The model in it, at any depth; the first one of several in a tuple.
    #[must_use]
    pub fn model(&self) -> Option<&ModelRef> {
        self.models().first().copied()
    }

    /// The models that every value of it contains.
    #[must_use]
    pub fn models_by_value(&self) -> Vec<&ModelRef> {
        match self {
            Self::Tuple(places) => places.iter().flat_map(Self::models_by_value).collect(),
            Self::Model(model) | Self::Boxed(model) => vec![model],
            _ => Vec::new(),
        }
    }

    /// The type without its `Box`, which methods that take a value put around it.
    #[must_use]
    pub fn unboxed(&self) -> Self {
        match self {
            Self::Boxed(model) => Self::Model(model.clone()),
            other => other.clone(),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => formatter.write_str("serde_json::Value"),
            Self::Scalar(scalar) => formatter.write_str(scalar.as_str()),
            Self::List(item) => write!(formatter, "Vec<{item}>"),
            Self::Tuple(places) => match places.as_slice() {
                [only] => write!(formatter, "({only},)"),
                places => {
                    let places: Vec<String> = places.iter().map(Self::to_string).collect();
                    write!(formatter, "({})", places.join(", "))
                }
            },
            Self::Object => formatter.write_str("JsonObject"),
            Self::Map(value) => write!(formatter, "BTreeMap<String, {value}>"),
            Self::Option(inner) => write!(formatter, "Option<{inner}>"),
            Self::Model(model) => write!(formatter, "{}", model.name),
            Self::Boxed(model) => write!(formatter, "Box<{}>", model.name),
        }
    }
}

impl Scalar {
    /// The type as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int32 => "i32",
            Self::Int64 => "i64",
            Self::UInt64 => "u64",
            Self::Float => "f32",
            Self::Double => "f64",
            Self::String => "String",
            Self::Date => "NaiveDate",
            Self::DateTime => "DateTime<Utc>",
            Self::Base64 => "Base64",
        }
    }
}

impl From<ir::Scalar> for Scalar {
    fn from(scalar: ir::Scalar) -> Self {
        match scalar {
            ir::Scalar::Bool => Self::Bool,
            ir::Scalar::Int32 => Self::Int32,
            ir::Scalar::Int64 => Self::Int64,
            ir::Scalar::UInt64 => Self::UInt64,
            ir::Scalar::Float => Self::Float,
            ir::Scalar::Double => Self::Double,
            ir::Scalar::String => Self::String,
            ir::Scalar::Date => Self::Date,
            ir::Scalar::DateTime => Self::DateTime,
            ir::Scalar::Base64 => Self::Base64,
        }
    }
}

impl Context<'_> {
    /// How `ty` is written.
    pub(super) fn ty(&self, ty: &ir::Type) -> Type {
        match ty {
            ir::Type::Any => Type::Any,
            ir::Type::Scalar(scalar) => Type::Scalar((*scalar).into()),
            ir::Type::List(item) => Type::List(Box::new(self.ty(item))),
            ir::Type::Tuple(places) => Type::Tuple(places.iter().map(|place| self.ty(place)).collect()),
            ir::Type::Map(_) if is_free_object(ty) => Type::Object,
            ir::Type::Map(value) => Type::Map(Box::new(self.ty(value))),
            ir::Type::Nullable(inner) => Type::Option(Box::new(self.ty(inner))),
            ir::Type::Named(id) => Type::Model(self.model_ref(*id)),
        }
    }

    /// The model that a named type becomes.
    pub(super) fn model_ref(&self, id: ir::TypeId) -> ModelRef {
        ModelRef { id: ModelId(id.0), name: self.names.ty(id).ident.clone() }
    }

    /// What a model is when aliases are followed.
    pub(super) fn resolve(&self, model: &ModelRef) -> Resolved<'_> {
        self.api.resolve_named(model.ir_id())
    }

    /// Whether a model is a type of its own around a list or a map that leads back to it.
    pub(super) fn is_recursive(&self, model: &ModelRef) -> bool {
        matches!(self.api.type_def(model.ir_id()).shape, ir::Shape::Recursive(_))
    }

    /// What is inside of a type that allows null, by itself or by another name.
    pub(super) fn inside_option(&self, ty: &Type) -> Option<Type> {
        match ty {
            Type::Option(inner) => Some((**inner).clone()),
            Type::Model(model) if !self.is_recursive(model) => match self.resolve(model) {
                Resolved::Nullable(inner) => Some(self.ty(inner)),
                _ => None,
            },
            Type::Boxed(model) => match self.inside_option(&Type::Model(model.clone()))? {
                Type::Model(inner) => Some(Type::Boxed(inner)),
                other => Some(other),
            },
            Type::Any
            | Type::Scalar(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Object
            | Type::Map(_)
            | Type::Model(_) => None,
        }
    }
}

impl ModelRef {
    /// The type of the document that it was made from.
    pub(super) fn ir_id(&self) -> ir::TypeId {
        ir::TypeId(self.id.0)
    }
}

/// Whether `ty` is one of the types that come from the crate `chrono`.
pub(super) fn is_time(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Scalar(ir::Scalar::Date | ir::Scalar::DateTime))
}

/// Whether `ty` is bytes as text.
pub(super) fn is_base64(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Scalar(ir::Scalar::Base64))
}

/// Whether `ty` is a list of a fixed length.
pub(super) fn is_tuple(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Tuple(_))
}

/// Whether `ty` is an object that may have any properties with any values.
pub(super) fn is_free_object(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Map(value) if is_any(value))
}

/// Whether `ty` is JSON without a schema.
pub(super) fn is_any(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Any)
}
