//! How the members of an object are kept in the fields of a struct.
//!
//! Absent and null are told apart only where a request can say either. So a
//! member that may be both is an `Option<Nullable<T>>` in types that are sent,
//! and an `Option<T>` in those that are only received. Knows nothing of tokens,
//! so that pages can use it.

use serde_json::Value;

use crate::Plan;
use crate::ir::{Enum, EnumValues, Property, Scalar, Shape, Type, TypeId};
use crate::names::MemberNames;
use crate::rust::spelling::{Imports, spell};

/// A member of an object as a field.
#[derive(Clone, Debug)]
pub(crate) struct Field<'a> {
    /// The member.
    pub(crate) member: &'a Property,
    /// Its names.
    pub(crate) names: &'a MemberNames,
    /// Whether it can be left out or be null.
    pub(crate) presence: Presence,
    /// The type of its values, without `Option` and `Nullable`.
    pub(crate) inner: Type,
    /// The only value that it may have, when that can be written in Rust.
    pub(crate) constant: Option<&'a Value>,
}

/// Whether a field can be without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`
    Required,
    /// `Option<T>`: `None` is written as null, and null has to be there to be read.
    RequiredNullable,
    /// `Option<T>`: `None` is left out.
    Optional,
    /// `Option<Nullable<T>>`: `None` is left out, `Some(Null)` is null.
    OptionalNullable,
}

/// The fields of the struct `id`, in the order of the document; empty for other types.
pub(crate) fn fields(id: TypeId, plan: &Plan) -> Vec<Field<'_>> {
    let ty = plan.api.type_def(id);
    let Shape::Struct(object) = &ty.shape else { return Vec::new() };
    let names = &plan.names.ty(id).members;
    let field = |(member, names)| field(member, names, ty.in_request, plan);
    object.properties.iter().zip(names).map(field).collect()
}

fn field<'a>(member: &'a Property, names: &'a MemberNames, in_request: bool, plan: &Plan) -> Field<'a> {
    let required = is_always_there(member, in_request);
    let (presence, inner) = match (nullable(&member.ty, plan), required) {
        (None, true) => (Presence::Required, member.ty.clone()),
        (None, false) => (Presence::Optional, member.ty.clone()),
        (Some(inner), true) => (Presence::RequiredNullable, inner),
        (Some(inner), false) if in_request => (Presence::OptionalNullable, inner),
        (Some(inner), false) => (Presence::Optional, inner),
    };
    let constant = member.constant.as_ref().filter(|value| can_be_written(value, &inner, plan));
    Field { member, names, presence, inner, constant }
}

/// Whether every value of the type has the member.
///
/// A type that is sent and received is one struct. What only the server sets is not there yet when
/// it is sent, and what only the caller sets is no longer there when it is received, so neither can
/// be relied on, whatever the document requires.
fn is_always_there(member: &Property, in_request: bool) -> bool {
    let only_received = member.read_only && in_request;
    member.required && !only_received && !member.write_only
}

/// What is inside of a type that allows null, by itself or by another name.
fn nullable(ty: &Type, plan: &Plan) -> Option<Type> {
    match ty {
        Type::Nullable(inner) => Some((**inner).clone()),
        Type::Named(id) | Type::Boxed(id) => match &plan.api.type_def(*id).shape {
            Shape::Alias(alias) => nullable(&alias.target, plan),
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => None,
        },
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) => None,
    }
}

impl Field<'_> {
    /// The text of its type.
    pub(crate) fn spell(&self, plan: &Plan) -> String {
        let inner = spell(&self.inner, plan);
        match self.presence {
            Presence::Required => inner,
            Presence::RequiredNullable | Presence::Optional => format!("Option<{inner}>"),
            Presence::OptionalNullable => format!("Option<Nullable<{inner}>>"),
        }
    }

    /// Adds what its type needs.
    pub(crate) fn import(&self, imports: &mut Imports, plan: &Plan) {
        imports.add(&self.inner, plan);
        if self.presence == Presence::OptionalNullable {
            imports.add_path("crate::runtime::Nullable");
        }
    }

    /// Whether `new` takes it: it has to be sent, and there is something to choose.
    pub(crate) fn is_argument(&self) -> bool {
        self.member.required && self.constant.is_none() && !self.is_set_by_the_server()
    }

    /// Whether `new` sets it without asking.
    pub(crate) fn is_filled_in(&self) -> bool {
        self.filled_in().is_some()
    }

    /// The value that `new` sets it to without asking.
    pub(crate) fn filled_in(&self) -> Option<&Value> {
        let is_sent = (self.member.required || self.member.prefilled) && !self.is_set_by_the_server();
        self.constant.filter(|_| is_sent)
    }

    fn is_set_by_the_server(&self) -> bool {
        let is_always_there = matches!(self.presence, Presence::Required | Presence::RequiredNullable);
        self.member.read_only && !is_always_there
    }
}

/// Whether the constant is a value of the type, and one that code can hold.
fn can_be_written(value: &Value, ty: &Type, plan: &Plan) -> bool {
    match ty {
        Type::Scalar(scalar) => is_scalar(value, *scalar),
        Type::Named(id) => match &plan.api.type_def(*id).shape {
            Shape::Alias(alias) => can_be_written(value, &alias.target, plan),
            Shape::Enum(Enum { values: EnumValues::Strings(_) }) => value.is_string(),
            Shape::Enum(Enum { values: EnumValues::Integers(_) }) => value.is_i64(),
            Shape::Struct(_) | Shape::Union(_) => false,
        },
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Boxed(_) => false,
    }
}

fn is_scalar(value: &Value, scalar: Scalar) -> bool {
    match scalar {
        Scalar::Bool => value.is_boolean(),
        Scalar::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Scalar::Int64 => value.is_i64(),
        Scalar::UInt64 => value.is_u64(),
        Scalar::Float | Scalar::Double => value.is_number(),
        Scalar::String => value.is_string(),
        Scalar::Date | Scalar::DateTime | Scalar::Base64 => false,
    }
}
