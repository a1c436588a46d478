//! What is converted into a value: the types of parameters, and `From` for unions.
//!
//! Text, maps, points in time, enums and unions are made of other types, so they are taken as `impl Into`, lists
//! as anything with items; numbers, dates and structs are taken as they are.

use super::{Context, ConversionSource, ModelRef, Presence, Scalar, Type};
use crate::ir::{EnumValues, Resolved, Shape};

/// The parameter of a function that takes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its type: `impl Into<String>`, or the type of the value where nothing else turns into it.
    pub ty: String,
    /// What makes a value of it.
    pub conversion: Conversion,
}

/// What makes a value of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// Nothing: it is one.
    None,
    /// `.into()`
    Into,
    /// `Box::new`
    Box,
    /// `.into()`, then `Box::new`
    IntoBox,
    /// `.into()`, then the value of the `Nullable`
    IntoOption,
    /// The same, then `Box::new` inside of the `Option`
    IntoOptionOfBox,
    /// `.into_iter().collect()`
    Collect,
    /// `.into_iter()`, then `.into()` for each item, then `.collect()`
    CollectInto,
}

impl Argument {
    /// An argument that anything which turns into a `ty` can be passed as.
    pub(super) fn into(ty: &str) -> Self {
        Self { ty: format!("impl Into<{ty}>"), conversion: Conversion::Into }
    }
}

impl Context<'_> {
    /// The parameter that takes a `ty`.
    pub(super) fn argument(&self, ty: &Type) -> Argument {
        if let Type::List(item) = ty {
            return self.items(item);
        }
        if let Type::Option(inner) = ty {
            return Argument::into(&format!("Nullable<{}>", inner.unboxed()));
        }
        let text = ty.unboxed().to_string();
        let (converts, is_boxed) = (self.takes_others(ty), matches!(ty, Type::Boxed(_)));
        Argument {
            ty: if converts { format!("impl Into<{text}>") } else { text },
            conversion: match (converts, is_boxed) {
                (false, false) => Conversion::None,
                (true, false) => Conversion::Into,
                (false, true) => Conversion::Box,
                (true, true) => Conversion::IntoBox,
            },
        }
    }

    /// The parameter that takes any number of items.
    fn items(&self, item: &Type) -> Argument {
        if self.takes_others(item) {
            let ty = format!("impl IntoIterator<Item = impl Into<{item}>>");
            return Argument { ty, conversion: Conversion::CollectInto };
        }
        Argument { ty: format!("impl IntoIterator<Item = {item}>"), conversion: Conversion::Collect }
    }

    /// The parameter that takes a value for a field whose values are of the type `value`.
    pub(super) fn field_argument(&self, presence: Presence, value: &Type) -> Argument {
        match presence {
            Presence::Required | Presence::Optional => self.argument(value),
            Presence::RequiredNullable => Argument {
                ty: format!("impl Into<Nullable<{}>>", value.unboxed()),
                conversion: match value {
                    Type::Boxed(_) => Conversion::IntoOptionOfBox,
                    _ => Conversion::IntoOption,
                },
            },
            Presence::OptionalNullable => Argument::into(&format!("Nullable<{value}>")),
        }
    }

    fn takes_others(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::List(_) | Type::Object | Type::Map(_) | Type::Option(_) => true,
            Type::Tuple(_) => false,
            Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::DateTime | Scalar::Base64),
            Type::Model(model) | Type::Boxed(model) => match self.resolve(model) {
                Resolved::Struct(..) | Resolved::Tuple(_) => false,
                Resolved::Scalar(scalar) => self.takes_others(&Type::Scalar(scalar.into())),
                _ => true,
            },
        }
    }

    /// For each variant of the union `own`, the types that are converted into it: those that no other
    /// variant holds.
    pub(super) fn variant_conversions(
        &self,
        own: &ModelRef,
        variants: &[Type],
    ) -> Vec<Vec<ConversionSource>> {
        let sources: Vec<Type> = variants.iter().map(Type::unboxed).collect();
        let resolved: Vec<Type> = sources.iter().map(|ty| self.resolved(ty)).collect();
        let is_own = |ty: &Type| matches!(ty, Type::Model(model) if model == own);
        let is_alone = |ty: &Type| resolved.iter().filter(|other| *other == ty).count() == 1;
        let has_one_text = resolved.iter().filter(|ty| self.is_text(ty)).count() == 1;
        let conversions = |(source, resolved): (&Type, &Type)| {
            if is_own(resolved) || *resolved == Type::Any || !is_alone(resolved) {
                return Vec::new();
            }
            let mut conversions = vec![ConversionSource::Value(source.clone())];
            match resolved {
                Type::Scalar(Scalar::String) => conversions.push(ConversionSource::Str),
                Type::Model(_) if has_one_text && self.is_text(resolved) => {
                    let string = Type::Scalar(Scalar::String);
                    conversions.extend([ConversionSource::Str, ConversionSource::Value(string)]);
                }
                _ => {}
            }
            conversions
        };
        sources.iter().zip(&resolved).map(conversions).collect()
    }

    /// Whether values of this type are JSON strings, as far as they are not a union.
    fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::Scalar(Scalar::String | Scalar::Date | Scalar::DateTime | Scalar::Base64) => true,
            Type::Model(model) => {
                matches!(self.resolve(model), Resolved::Enum(_, values) if matches!(values.values, EnumValues::Strings(_)))
            }
            _ => false,
        }
    }

    /// The type of items, arrays of which are converted into a union by way of a variant of the type `ty`.
    pub(super) fn array_item(&self, ty: &Type, conversions: &[ConversionSource]) -> Option<Type> {
        match self.resolved(&ty.unboxed()) {
            Type::List(item) if !conversions.is_empty() => Some(*item),
            _ => None,
        }
    }

    /// The type with the aliases in it resolved: what the compiler compares.
    fn resolved(&self, ty: &Type) -> Type {
        match ty {
            Type::Model(model) => match &self.api.type_def(model.ir_id()).shape {
                Shape::Alias(alias) => self.resolved(&self.ty(&alias.target)),
                _ => ty.clone(),
            },
            Type::List(inner) => Type::List(Box::new(self.resolved(inner))),
            Type::Tuple(places) => Type::Tuple(places.iter().map(|place| self.resolved(place)).collect()),
            Type::Map(inner) => Type::Map(Box::new(self.resolved(inner))),
            Type::Option(inner) => Type::Option(Box::new(self.resolved(inner))),
            Type::Any | Type::Scalar(_) | Type::Object | Type::Boxed(_) => ty.clone(),
        }
    }
}
