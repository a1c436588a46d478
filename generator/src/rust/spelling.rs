//! How types are written in Rust.
//!
//! In goes a use of a type, out comes its text: the same for code, rustdoc and
//! pages. Names of types are never those of the prelude or of anything that is
//! imported here ([`crate::names`] sees to that), so the short forms are safe.
//! Knows nothing of tokens, so that pages can use it.

use std::collections::BTreeSet;

use crate::Plan;
use crate::ir::{Scalar, Shape, Type};

/// The text of `ty`, as in a file with its [`Imports`].
pub(crate) fn spell(ty: &Type, plan: &Plan) -> String {
    match ty {
        Type::Any => "serde_json::Value".to_owned(),
        Type::Scalar(scalar) => spell_scalar(*scalar).to_owned(),
        Type::List(item) => format!("Vec<{}>", spell(item, plan)),
        Type::Map(value) => format!("BTreeMap<String, {}>", spell(value, plan)),
        Type::Nullable(inner) => format!("Option<{}>", spell(inner, plan)),
        Type::Named(id) => plan.names.ty(*id).ident.to_string(),
        Type::Boxed(id) => format!("Box<{}>", plan.names.ty(*id).ident),
    }
}

fn spell_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Int32 => "i32",
        Scalar::Int64 => "i64",
        Scalar::UInt64 => "u64",
        Scalar::Float => "f32",
        Scalar::Double => "f64",
        Scalar::String => "String",
        Scalar::Date => "NaiveDate",
        Scalar::DateTime => "DateTime<Utc>",
        Scalar::Base64 => "Base64",
    }
}

/// The text of the parameter that takes a `ty`, and how it becomes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    /// `impl Into<String>`, or the type itself where nothing else turns into it.
    pub(crate) text: String,
    /// What has to be done with it.
    pub(crate) conversion: Conversion,
}

/// What turns an argument into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    /// Nothing: it is one.
    None,
    /// `.into()`
    Into,
    /// `Box::new`
    Box,
    /// `.into()`, then `Box::new`
    IntoBox,
}

/// The parameter that takes a `ty`.
///
/// Text, lists, maps, enums and unions are made of other types, so they are taken as `impl Into`;
/// numbers, dates and structs are taken as they are.
pub(crate) fn argument(ty: &Type, plan: &Plan) -> Argument {
    let (inner, boxed) = match ty {
        Type::Boxed(id) => (Type::Named(*id), true),
        other => (other.clone(), false),
    };
    let text = spell(&inner, plan);
    let converts = takes_others(&inner, plan);
    Argument {
        text: if converts { format!("impl Into<{text}>") } else { text },
        conversion: match (converts, boxed) {
            (false, false) => Conversion::None,
            (true, false) => Conversion::Into,
            (false, true) => Conversion::Box,
            (true, true) => Conversion::IntoBox,
        },
    }
}

fn takes_others(ty: &Type, plan: &Plan) -> bool {
    match ty {
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) => true,
        Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Base64),
        Type::Named(id) | Type::Boxed(id) => match &plan.api.type_def(*id).shape {
            Shape::Struct(_) => false,
            Shape::Enum(_) | Shape::Union(_) => true,
            Shape::Alias(alias) => takes_others(&alias.target, plan),
        },
    }
}

/// What a file has to import for the types that it spells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imports {
    /// Paths outside of the models: `std::collections::BTreeMap`.
    pub(crate) paths: BTreeSet<&'static str>,
    /// Names of models.
    pub(crate) models: BTreeSet<String>,
}

impl Imports {
    /// Adds what `ty` needs.
    pub(crate) fn add(&mut self, ty: &Type, plan: &Plan) {
        match ty {
            Type::Scalar(Scalar::Date) => self.add_path("chrono::NaiveDate"),
            Type::Scalar(Scalar::DateTime) => {
                self.add_path("chrono::DateTime");
                self.add_path("chrono::Utc");
            }
            Type::Scalar(Scalar::Base64) => self.add_path("crate::runtime::Base64"),
            Type::Any | Type::Scalar(_) => {}
            Type::Map(value) => {
                self.add_path("std::collections::BTreeMap");
                self.add(value, plan);
            }
            Type::List(inner) | Type::Nullable(inner) => self.add(inner, plan),
            Type::Named(id) | Type::Boxed(id) => {
                self.models.insert(plan.names.ty(*id).ident.to_string());
            }
        }
    }

    /// Adds one path.
    pub(crate) fn add_path(&mut self, path: &'static str) {
        self.paths.insert(path);
    }
}
