//! Forms: urlencoded bodies, and OpenAPI 3.2's parameters that are a whole query.
//!
//! Each property of the schema is written like a query parameter. A schema that is not a plain
//! object (a union, a map) is one parameter whose properties are written one by one; its name is
//! not sent then.

use crate::document::Cursor;
use crate::ir::{MediaType, Parameter, ParameterLocation, Property, Style};
use crate::lower::Scope;
use crate::lower::schema::shallow;

use super::media::{self, ContentKind, SchemaKind, content_types, types};
use super::parameter::from_property;
use super::serialization::Serialization;

/// The fields of a form whose media type object is `media`.
pub(super) fn fields<'d>(
    scope: &mut Scope<'_, 'd>,
    media: &Cursor<'d>,
    name_parts: &[&str],
) -> Vec<Parameter> {
    let Some(schema) = media.get("schema") else {
        return vec![free_form(media, super::open_property("form"))];
    };
    match scope.schemas.properties(&schema, name_parts, scope.diagnostics) {
        None if is_empty(&schema) => Vec::new(),
        Some(properties) if !properties.is_empty() || is_empty(&schema) => properties
            .into_iter()
            .filter(|(property, _)| !property.read_only)
            .map(|(property, schema)| field(scope, media, property, &schema))
            .collect(),
        _ => vec![free_form(&schema, scope.schemas.property("form", &schema, name_parts, scope.diagnostics))],
    }
}

/// Whether the only value of a schema is an object without properties.
fn is_empty(schema: &Cursor<'_>) -> bool {
    let schema = schema.follow();
    let has_members =
        schema.get("properties").is_some_and(|properties| properties.members().next().is_some());
    !has_members && schema.bool("additionalProperties") == Some(false)
}

fn free_form(source: &Cursor<'_>, property: Property) -> Parameter {
    let serialization = Serialization { style: Style::Form, explode: true, allow_reserved: false };
    from_property(property, source, ParameterLocation::Query, serialization)
}

fn field(
    scope: &mut Scope<'_, '_>,
    media: &Cursor<'_>,
    property: Property,
    schema: &Cursor<'_>,
) -> Parameter {
    let encoding = media.get("encoding").and_then(|encoding| encoding.get(&property.name));
    let serialization = serialization(scope, encoding.as_ref(), schema);
    // A required field that may be null has to be given, and a constant with itself as its default is sent.
    let (ty, required) = (property.ty.clone(), property.required || property.prefilled);
    let field = from_property(property, schema, ParameterLocation::Query, serialization);
    if required { Parameter { ty, required, ..field } } else { field }
}

/// How a field is written: as its encoding says; without one, objects and lists of objects as
/// JSON text, and all else as a query would have it (OpenAPI 3.1.1, section 4.8.15).
fn serialization(
    scope: &mut Scope<'_, '_>,
    encoding: Option<&Cursor<'_>>,
    schema: &Cursor<'_>,
) -> Serialization {
    let plain = Serialization { style: Style::Form, explode: true, allow_reserved: false };
    if let Some(encoding) = encoding {
        if has_style(encoding) {
            return Serialization::of(scope, encoding, ParameterLocation::Query);
        }
        let media_types = content_types(Some(encoding), scope.diagnostics);
        if let Some(media_type) = media_types.first() {
            let is_json = media::kind(media_type, SchemaKind::Open) == ContentKind::Json;
            return if is_json { Serialization::JSON } else { plain };
        }
    }
    if is_object(schema) || items(schema).is_some_and(|items| is_object(&items)) {
        Serialization::JSON
    } else {
        plain
    }
}

/// Whether `encoding` has a style for lists and objects.
pub(super) fn has_style(encoding: &Cursor<'_>) -> bool {
    ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(key).is_some())
}

/// Whether all values of `schema` are objects.
pub(super) fn is_object(schema: &Cursor<'_>) -> bool {
    let values = shallow::query(schema, |schema| {
        let mut names = types(schema);
        match names.next() {
            Some(name) => Some(name == "object" && names.next().is_none()),
            None => schema.get("properties").map(|_| true),
        }
    });
    !values.is_empty() && values.iter().all(|is_object| *is_object == Some(true))
}

/// The schema of the items, when all values of `schema` are lists whose items have one schema.
pub(super) fn items<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    let items = |schema: &Cursor<'d>| {
        let items = schema.get("items").filter(|items| items.value().is_object());
        items.filter(|_| schema.get("prefixItems").is_none())
    };
    let values = shallow::query(schema, |schema| types(schema).eq(["array"]).then(|| items(schema)));
    let [Some(items)] = values.as_slice() else { return None };
    items.clone()
}

/// Lowers a parameter that is the whole query string (`in: querystring`): each field of a form is a parameter.
pub(super) fn querystring<'d>(
    scope: &mut Scope<'_, 'd>,
    target: &Cursor<'d>,
    id: &str,
    parameters: &mut Vec<Parameter>,
) {
    let content = target.get("content").and_then(|content| content.members().next());
    match content {
        Some((name, media)) if MediaType::parse(name).is_some_and(|media_type| media_type.is_form()) => {
            parameters.extend(fields(scope, &media.follow(), &[id, "query"]));
        }
        _ => scope.diagnostics.error(
            "parameter-querystring",
            target,
            "query strings that are not forms are not supported",
            "describe it as `application/x-www-form-urlencoded`, or as query parameters",
        ),
    }
}
