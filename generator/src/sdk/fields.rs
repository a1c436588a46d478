//! Structs: how the properties of an object are kept in fields, and how a value is made.
//!
//! Absent and null are distinguished only where a request can say either. So a property that may be
//! both is an `Option<Nullable<T>>` in types that are sent, and an `Option<T>` in those that are
//! only received.

use serde_json::Value;

use super::{Argument, Context, DocText, ModelRef, Scalar, Type, value_text};
use crate::ir::{self, EnumValues, Property, Resolved, TypeId};
use crate::names::{FieldNames, Ident, MOST_ARGUMENTS};

/// An object with known properties.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields in the order of the document.
    pub fields: Vec<Field>,
    /// The field that keeps the properties that are not listed, when those are kept.
    pub additional_properties: Option<AdditionalProperties>,
    /// How a value is made.
    pub constructor: Constructor,
    /// Whether the fields that the constructor leaves unset have setters. Not so where values are only
    /// received, or where the properties are set on one request builder.
    pub has_setters: bool,
}

/// How a value of a struct is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constructor {
    /// It is not: values are only received.
    None,
    /// `new()` is `default()`, which is derived: no field has a value.
    Empty,
    /// `new()` fills in the constants.
    Constants,
    /// `new(…)` takes the fields that are [`Initial::Argument`], in their order.
    Arguments,
    /// `new(…)` takes those as a struct of this name, because they are many.
    Required(Ident),
}

/// A property of an object as a field.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name of the field.
    pub name: Ident,
    /// The name of its setter.
    pub setter: Ident,
    /// Its name on the wire.
    pub property: String,
    /// Whether it can be left out or be null.
    pub presence: Presence,
    /// The type of its values, without `Option` and `Nullable`.
    pub value: Type,
    /// The parameter of the constructor or the setter.
    pub argument: Argument,
    /// What the constructor sets it to. There is a setter when it leaves the field unset.
    pub initial: Initial,
    /// Whether the document requires it.
    pub is_required: bool,
    /// Whether only the server sets it.
    pub is_read_only: bool,
    /// Whether callers can read and set it. Constants of what they send are filled in for them.
    pub is_public: bool,
    /// The values that the document gives for it, its default last.
    pub examples: Vec<Value>,
    /// Its documentation.
    pub docs: DocText,
}

/// Whether a field can be without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// `T`
    Required,
    /// `Option<T>`: `None` is written as null, and null has to be there to be read.
    RequiredNullable,
    /// `Option<T>`: `None` is left out.
    Optional,
    /// `Option<Nullable<T>>`: `None` is left out, `Some(Null)` is null.
    OptionalNullable,
}

/// What the constructor sets a field to.
#[derive(Clone, Debug, PartialEq)]
pub enum Initial {
    /// What the caller passes.
    Argument,
    /// The only value that it may have.
    Constant(Constant),
    /// Nothing.
    Unset,
}

/// The only value that a field may have, as code writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A `String`.
    String(String),
    /// A `bool` or an integer.
    Literal(Value),
    /// A floating-point number.
    Float(f64),
    /// What the `From` of an enum makes of a text or an integer.
    Known(ModelRef, Value),
}

/// The field that keeps the properties that are not listed.
#[derive(Clone, Debug)]
pub struct AdditionalProperties {
    /// The name of the field.
    pub name: Ident,
    /// The name of its setter.
    pub setter: Ident,
    /// Its type, which is a map.
    pub ty: Type,
    /// The type of the values in it.
    pub value: Type,
    /// The parameter of the setter.
    pub argument: Argument,
}

impl Field {
    /// The text of its type.
    #[must_use]
    pub fn ty(&self) -> String {
        let value = &self.value;
        match self.presence {
            Presence::Required => value.to_string(),
            Presence::RequiredNullable | Presence::Optional => format!("Option<{value}>"),
            Presence::OptionalNullable => format!("Option<Nullable<{value}>>"),
        }
    }

    /// Whether null is kept apart from an absent property.
    #[must_use]
    pub fn keeps_null(&self) -> bool {
        match self.presence {
            Presence::OptionalNullable | Presence::RequiredNullable => true,
            Presence::Optional => self.value == Type::Any,
            Presence::Required => false,
        }
    }

    /// Whether every value has it, be it as null.
    #[must_use]
    pub fn is_always_present(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::RequiredNullable)
    }
}

impl Struct {
    /// The fields that the constructor takes.
    pub fn arguments(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.initial == Initial::Argument)
    }

    /// The fields that have a setter.
    pub fn settable(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| self.has_setters && field.initial == Initial::Unset)
    }
}

/// The struct `id`.
pub(super) fn plan(id: TypeId, object: &ir::Struct, context: &Context<'_>) -> Struct {
    let names = context.names.ty(id);
    let properties = object.properties.iter().zip(&names.fields);
    let fields: Vec<Field> =
        properties.map(|(property, names)| field(id, property, names, context)).collect();
    let additional = object.additional_properties.as_ref().zip(names.additional_properties.as_ref());
    Struct {
        constructor: constructor(id, &fields, context),
        has_setters: has_setters(id, context),
        additional_properties: additional.map(|(value, names)| additional_properties(value, names, context)),
        fields,
    }
}

fn has_setters(id: TypeId, context: &Context<'_>) -> bool {
    context.api.type_def(id).in_request && !context.single_bodies.contains(&id)
}

fn constructor(id: TypeId, fields: &[Field], context: &Context<'_>) -> Constructor {
    let arguments = fields.iter().filter(|field| field.initial == Initial::Argument).count();
    let required = context.names.ty(id).required.as_ref().filter(|_| arguments > MOST_ARGUMENTS);
    if !context.api.type_def(id).in_request {
        Constructor::None
    } else if let Some(required) = required {
        Constructor::Required(required.clone())
    } else if fields.iter().any(|field| field.initial == Initial::Argument) {
        Constructor::Arguments
    } else if fields.iter().any(|field| field.initial != Initial::Unset) {
        Constructor::Constants
    } else {
        Constructor::Empty
    }
}

fn additional_properties(
    value: &ir::Type,
    names: &FieldNames,
    context: &Context<'_>,
) -> AdditionalProperties {
    let value = context.ty(value);
    let ty = Type::Map(Box::new(value.clone()));
    AdditionalProperties {
        name: names.field.clone(),
        setter: names.setter.clone(),
        argument: context.argument(&ty),
        ty,
        value,
    }
}

fn field(owner: TypeId, property: &Property, names: &FieldNames, context: &Context<'_>) -> Field {
    let in_request = context.api.type_def(owner).in_request;
    let is_always_present = is_always_present(property, in_request);
    let ty = context.held_ty(owner, &property.ty);
    let (presence, value) = match (context.inside_option(&ty), is_always_present) {
        (None, true) => (Presence::Required, ty),
        (None, false) => (Presence::Optional, ty),
        (Some(value), true) => (Presence::RequiredNullable, value),
        (Some(value), false) if in_request => (Presence::OptionalNullable, value),
        (Some(value), false) => (Presence::Optional, value),
    };
    let docs = DocText::new(&property.docs, &property.name).or(context.type_sentence(&value));
    let initial = initial(property, &value, is_always_present, context);
    Field {
        name: names.field.clone(),
        setter: names.setter.clone(),
        property: property.name.clone(),
        presence,
        argument: context.field_argument(presence, &value),
        is_public: !in_request || !matches!(initial, Initial::Constant(_)),
        initial,
        value,
        is_required: property.required,
        is_read_only: property.read_only,
        examples: property.examples.iter().chain(&property.default).cloned().collect(),
        docs: docs.with_facts(value_text::property(property)),
    }
}

/// Whether every value of the type has the property.
///
/// A type that is sent and received is one struct. What only the server sets is not there yet when
/// it is sent, and what only the caller sets is no longer there when it is received, so neither can
/// be relied on, whatever the document requires.
fn is_always_present(property: &Property, in_request: bool) -> bool {
    let only_received = property.read_only && in_request;
    property.required && !only_received && !property.write_only
}

/// What the constructor sets the field of a property to: it asks for what has to be sent where there
/// is something to choose, and fills in what has one value.
fn initial(property: &Property, ty: &Type, is_always_present: bool, context: &Context<'_>) -> Initial {
    if property.read_only && !is_always_present {
        return Initial::Unset;
    }
    match property.constant.as_ref().and_then(|value| constant(value, ty, context)) {
        Some(constant) if property.required || property.prefilled => Initial::Constant(constant),
        None if property.required => Initial::Argument,
        _ => Initial::Unset,
    }
}

/// The constant as code of its type, when it is a value of the type, and one that code can hold.
fn constant(value: &Value, ty: &Type, context: &Context<'_>) -> Option<Constant> {
    let model = match ty {
        Type::Scalar(scalar) => return scalar_constant(value, *scalar),
        Type::Model(model) => model,
        Type::Any
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Object
        | Type::Map(_)
        | Type::Option(_)
        | Type::Boxed(_) => return None,
    };
    match context.resolve(model) {
        Resolved::Scalar(scalar) => scalar_constant(value, scalar.into()),
        Resolved::Enum(id, known) => {
            let is_known = match &known.values {
                EnumValues::Strings(_) => value.is_string(),
                EnumValues::Integers(_) => value.is_i64(),
            };
            is_known.then(|| Constant::Known(context.model_ref(id), value.clone()))
        }
        _ => None,
    }
}

fn scalar_constant(value: &Value, scalar: Scalar) -> Option<Constant> {
    let literal = |is_one: bool| is_one.then(|| Constant::Literal(value.clone()));
    match scalar {
        Scalar::Bool => literal(value.is_boolean()),
        Scalar::Int32 => literal(value.as_i64().is_some_and(|number| i32::try_from(number).is_ok())),
        Scalar::Int64 => literal(value.is_i64()),
        Scalar::UInt64 => literal(value.is_u64()),
        Scalar::Float | Scalar::Double => value.as_f64().map(Constant::Float),
        Scalar::String => value.as_str().map(|text| Constant::String(text.to_owned())),
        Scalar::Date | Scalar::DateTime | Scalar::Base64 => None,
    }
}
