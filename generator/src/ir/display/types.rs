//! Types as text.

use std::fmt;

use serde_json::Value;

use crate::ir::{Api, Docs, Enum, EnumValues, Property, Scalar, Shape, Type, TypeId, Union, VariantMatcher};

/// A named type.
pub(super) fn definition(api: &Api, id: TypeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let definition = api.type_def(id);
    let deprecated = if definition.docs.deprecated { ", deprecated" } else { "" };
    let sent = if definition.in_request { ", sent" } else { "" };
    let name = format!("{}{sent}", name(api, id));
    match &definition.shape {
        Shape::Struct(object) => {
            writeln!(out, "struct {name}{deprecated}")?;
            for property in &object.properties {
                writeln!(out, "  {}", self::property(api, property))?;
            }
            if let Some(rest) = &object.additional_properties {
                writeln!(out, "  *: {}", ty(api, rest))?;
            }
            Ok(())
        }
        Shape::Enum(values) => {
            writeln!(out, "enum {name}{deprecated}")?;
            enum_values(values, out)
        }
        Shape::Union(union) => {
            let by = union.discriminator.as_ref().map(|tag| format!(" by {tag}")).unwrap_or_default();
            writeln!(out, "union {name}{by}{deprecated}")?;
            variants(api, union, out)
        }
        Shape::Alias(alias) => writeln!(out, "alias {name} = {}{deprecated}", ty(api, &alias.target)),
        Shape::Recursive(alias) => {
            writeln!(out, "recursive {name} = {}{deprecated}", ty(api, &alias.target))
        }
    }
}

/// The parts that the name of a type is made of.
fn name(api: &Api, id: TypeId) -> String {
    api.type_def(id).name_parts.join(".")
}

/// A use of a type.
pub(super) fn ty(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Any => "any".to_owned(),
        Type::Scalar(scalar) => scalar_text(*scalar).to_owned(),
        Type::List(item) => format!("[{}]", self::ty(api, item)),
        Type::Tuple(places) => {
            let places: Vec<String> = places.iter().map(|place| self::ty(api, place)).collect();
            format!("({})", places.join(", "))
        }
        Type::Map(value) => format!("{{{}}}", self::ty(api, value)),
        Type::Nullable(inner) => format!("{} or null", self::ty(api, inner)),
        Type::Named(id) => name(api, *id),
    }
}

fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Int32 => "int32",
        Scalar::Int64 => "int64",
        Scalar::UInt64 => "uint64",
        Scalar::Float => "float",
        Scalar::Double => "double",
        Scalar::String => "string",
        Scalar::Date => "date",
        Scalar::DateTime => "date-time",
        Scalar::Base64 => "base64",
    }
}

/// Default, constant and deprecation, where there are any.
pub(super) fn constraints(default: Option<&Value>, constant: Option<&Value>, docs: &Docs) -> String {
    let default = default.map(|value| format!(" default {value}")).unwrap_or_default();
    let constant = constant.map(|value| format!(" always {value}")).unwrap_or_default();
    let deprecated = if docs.deprecated { " deprecated" } else { "" };
    format!("{default}{constant}{deprecated}")
}

fn property(api: &Api, property: &Property) -> String {
    let required = if property.required { "" } else { "?" };
    let direction = match (property.read_only, property.write_only) {
        (false, false) => "",
        (true, false) => " read-only",
        (false, true) => " write-only",
        (true, true) => " read-only write-only",
    };
    let prefilled = if property.prefilled { " prefilled" } else { "" };
    let rest = constraints(property.default.as_ref(), property.constant.as_ref(), &property.docs);
    format!("{}{required}: {}{rest}{prefilled}{direction}", property.name, ty(api, &property.ty))
}

fn enum_values(values: &Enum, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &values.values {
        EnumValues::Strings(values) => {
            for value in values {
                let label = value.label.as_ref().map(|label| format!(" {label:?}")).unwrap_or_default();
                writeln!(out, "  {:?}{label}", value.value)?;
            }
        }
        EnumValues::Integers(values) => {
            for value in values {
                let label = value.label.as_ref().map(|label| format!(" {label:?}")).unwrap_or_default();
                writeln!(out, "  {}{label}", value.value)?;
            }
        }
    }
    Ok(())
}

fn variants(api: &Api, union: &Union, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for variant in &union.variants {
        let tags = if variant.tags.is_empty() { String::new() } else { format!(" tags {:?}", variant.tags) };
        let outside = if variant.tag_outside { " outside" } else { "" };
        let test = if union.discriminator.is_some() { String::new() } else { test(&variant.matcher) };
        let default = if variant.is_default { " default" } else { "" };
        writeln!(out, "  {:?}: {}{tags}{default}{outside}{test}", variant.label, ty(api, &variant.ty))?;
    }
    Ok(())
}

fn test(test: &VariantMatcher) -> String {
    let kind = test.json_type.map(|kind| format!(" {kind:?}")).unwrap_or_default();
    let required = list(" required", &test.required);
    let known = list(" known", &test.known);
    let constants: Vec<String> = test
        .constants
        .iter()
        .map(|(name, values)| {
            let values: Vec<String> = values.iter().map(Value::to_string).collect();
            format!("{name}={}", values.join("|"))
        })
        .collect();
    let values: Vec<String> = test.values.iter().map(Value::to_string).collect();
    let item = test.item.as_ref().map(|item| format!(" items{}", self::test(item))).unwrap_or_default();
    format!(" if{kind}{required}{known}{}{}{item}", list(" where", &constants), list(" among", &values))
}

fn list(label: &str, words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!("{label} {}", words.join(" ")) }
}
