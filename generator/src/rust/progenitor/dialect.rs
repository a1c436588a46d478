//! Types in progenitor's dialect of OpenAPI.
//!
//! In go types, out come schemas, and the names of what stands in for the types that
//! progenitor cannot express. Nothing here knows how progenitor is asked.

use std::collections::BTreeMap;

use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, IntegerFormat, IntegerType, NumberFormat, NumberType,
    ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type as SchemaType,
    VariantOrUnknownOrEmpty,
};

use super::Name;
use crate::sdk::{ModelId, Scalar, Type};

/// The types that progenitor cannot express, as they are met.
pub(super) struct Replacements<'a> {
    /// The structs, which it can refer to.
    pub(super) names: &'a BTreeMap<ModelId, Name>,
    /// What it calls each of the types that it cannot express.
    pub(super) by_text: BTreeMap<String, String>,
}

pub(super) type Property = ReferenceOr<Box<Schema>>;

impl Replacements<'_> {
    /// `ty` in progenitor's dialect.
    pub(super) fn schema(&mut self, ty: &Type, nullable: bool) -> Property {
        let inner = match ty {
            Type::Scalar(scalar) => scalar_schema(*scalar),
            Type::List(item) => Some(list(self.schema(item, false))),
            Type::Map(value) => Some(map(self.schema(value, false))),
            Type::Option(inner) => return self.optional(inner, true),
            Type::Model(model) if !nullable && self.names.contains_key(&model.id) => {
                return reference(&self.names[&model.id].requested);
            }
            Type::Any | Type::Object | Type::Tuple(_) | Type::Model(_) | Type::Boxed(_) => None,
        };
        match inner {
            Some(inner) => ReferenceOr::boxed_item(schema(inner, nullable)),
            None if nullable => self.replaced(format!("Option<{ty}>")),
            None => self.replaced(ty.to_string()),
        }
    }

    /// `Option<ty>`; progenitor adds the `Option` to references itself when they are not required.
    pub(super) fn optional(&mut self, ty: &Type, required: bool) -> Property {
        let is_inline = match ty {
            Type::Scalar(scalar) => scalar_schema(*scalar).is_some(),
            Type::List(_) | Type::Map(_) => true,
            Type::Any | Type::Object | Type::Tuple(_) | Type::Option(_) | Type::Model(_) | Type::Boxed(_) => {
                false
            }
        };
        self.schema(ty, is_inline || required)
    }

    pub(super) fn replaced(&mut self, text: String) -> Property {
        let number = self.by_text.len();
        reference(self.by_text.entry(text).or_insert_with(|| format!("Replaced{number}")))
    }
}

fn scalar_schema(scalar: Scalar) -> Option<SchemaType> {
    let integer = |format| SchemaType::Integer(IntegerType { format, ..IntegerType::default() });
    let number = |format| {
        let format = VariantOrUnknownOrEmpty::Item(format);
        SchemaType::Number(NumberType { format, ..NumberType::default() })
    };
    match scalar {
        Scalar::Bool => Some(SchemaType::Boolean(BooleanType::default())),
        Scalar::Int32 => Some(integer(VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32))),
        Scalar::Int64 => Some(integer(VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64))),
        Scalar::UInt64 => Some(integer(VariantOrUnknownOrEmpty::Unknown("uint64".to_owned()))),
        Scalar::Float => Some(number(NumberFormat::Float)),
        Scalar::Double => Some(number(NumberFormat::Double)),
        Scalar::String => Some(SchemaType::String(StringType::default())),
        Scalar::Date | Scalar::DateTime | Scalar::Base64 => None,
    }
}

fn list(items: Property) -> SchemaType {
    SchemaType::Array(ArrayType { items: Some(items), min_items: None, max_items: None, unique_items: false })
}

fn map(values: Property) -> SchemaType {
    let values = AdditionalProperties::Schema(Box::new(values.unbox()));
    SchemaType::Object(ObjectType { additional_properties: Some(values), ..ObjectType::default() })
}

/// A schema of this type.
pub(super) fn schema(ty: SchemaType, nullable: bool) -> Schema {
    let schema_data = SchemaData { nullable, ..SchemaData::default() };
    Schema { schema_data, schema_kind: SchemaKind::Type(ty) }
}

/// A reference to the schema of this name.
pub(super) fn reference(name: &str) -> Property {
    ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") }
}
