//! Forms: urlencoded bodies, and OpenAPI 3.2's parameters that are a whole query.
//!
//! Each member of the schema is written like a query parameter. A schema that is no plain
//! object (a union, a map) is one parameter whose members are written one by one; its name is
//! nowhere on the wire then.

use crate::document::Cursor;
use crate::ir::{Member, Parameter, ParameterLocation, Style};
use crate::lower::Scope;
use crate::lower::schema::glance::told;

use super::media::{Kind, MediaType, SchemaKind, content_types, schema_kind, types};
use super::parameter::from_member;
use super::style::Writing;

/// The fields of a form whose media type object is `media`.
pub(super) fn fields<'d>(scope: &mut Scope<'_, 'd>, media: &Cursor<'d>, hint: &[&str]) -> Vec<Parameter> {
    let Some(schema) = media.get("schema") else {
        return vec![free_form(media, super::open_member("form"))];
    };
    match scope.schemas.members(&schema, hint, scope.found) {
        None if is_empty(&schema) => Vec::new(),
        Some(members) if !members.is_empty() || is_empty(&schema) => members
            .into_iter()
            .filter(|(member, _)| !member.read_only)
            .map(|(member, schema)| field(scope, media, member, &schema))
            .collect(),
        _ => vec![free_form(&schema, scope.schemas.member("form", &schema, hint, scope.found))],
    }
}

/// Whether the only value of a schema is an object without members.
fn is_empty(schema: &Cursor<'_>) -> bool {
    let schema = schema.follow();
    let has_members = schema.get("properties").is_some_and(|members| members.members().next().is_some());
    !has_members && schema.bool("additionalProperties") == Some(false)
}

fn free_form(source: &Cursor<'_>, member: Member) -> Parameter {
    let writing = Writing { style: Style::Form, explode: true, allow_reserved: false };
    from_member(member, source, ParameterLocation::Query, writing)
}

fn field(scope: &mut Scope<'_, '_>, media: &Cursor<'_>, member: Member, schema: &Cursor<'_>) -> Parameter {
    let encoding = media.get("encoding").and_then(|encoding| encoding.get(&member.name));
    let writing = writing(scope, encoding.as_ref(), schema);
    from_member(member, schema, ParameterLocation::Query, writing)
}

/// How a field is written: as its encoding says; without one, objects and lists of objects as
/// JSON text, and all else as a query would have it (OpenAPI 3.1.1, section 4.8.15).
fn writing(scope: &mut Scope<'_, '_>, encoding: Option<&Cursor<'_>>, schema: &Cursor<'_>) -> Writing {
    let plain = Writing { style: Style::Form, explode: true, allow_reserved: false };
    if let Some(encoding) = encoding {
        if has_style(encoding) {
            return Writing::of(scope, encoding, ParameterLocation::Query);
        }
        let media_types = content_types(Some(encoding), scope.found);
        if let Some(media_type) = media_types.first().copied().and_then(MediaType::parse) {
            let is_json = media_type.kind(SchemaKind::Open) == Kind::Json;
            return if is_json { Writing::JSON } else { plain };
        }
    }
    if is_object(schema) || items(schema).is_some_and(|items| is_object(&items)) {
        Writing::JSON
    } else {
        plain
    }
}

/// Whether `encoding` says how lists and objects are taken apart.
pub(super) fn has_style(encoding: &Cursor<'_>) -> bool {
    ["style", "explode", "allowReserved"].iter().any(|key| encoding.get(key).is_some())
}

/// Whether all values of `schema` are objects.
pub(super) fn is_object(schema: &Cursor<'_>) -> bool {
    let told = told(schema, |schema| {
        let mut names = types(schema);
        match names.next() {
            Some(name) => Some(name == "object" && names.next().is_none()),
            None => schema.get("properties").map(|_| true),
        }
    });
    !told.is_empty() && told.iter().all(|is_object| *is_object == Some(true))
}

/// The schema of the items, when all values of `schema` are lists.
pub(super) fn items<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    let told = told(schema, |schema| types(schema).eq(["array"]).then(|| schema.get("items")));
    let [Some(items)] = told.as_slice() else { return None };
    items.clone()
}

/// Lowers a parameter that is the whole query (`in: querystring`): a form is as many parameters.
pub(super) fn querystring<'d>(
    scope: &mut Scope<'_, 'd>,
    target: &Cursor<'d>,
    id: &str,
    parameters: &mut Vec<Parameter>,
) {
    let content = target.get("content").and_then(|content| content.members().next());
    match content {
        Some((media_type, media))
            if MediaType::parse(media_type).map(|parsed| parsed.kind(schema_kind(None)))
                == Some(Kind::Form) =>
        {
            parameters.extend(fields(scope, &media.follow(), &[id, "query"]));
        }
        _ => scope.found.error(
            "parameter-querystring",
            target,
            "a query that is not a form cannot be carried",
            "describe it as `application/x-www-form-urlencoded`, or as query parameters",
        ),
    }
}
