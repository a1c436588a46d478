//! Parameters: what goes into the path, the query, headers and cookies.
//!
//! Those of the path item come first, unless the operation declares one of the same name
//! in the same place. Path parameters are put in front, in the order of the path.

use crate::document::Cursor;
use crate::ir::{Docs, MediaType, Parameter, ParameterLocation, Property, Type};
use crate::lower::{Scope, docs};

use super::form;
use super::media::{self, ContentKind, SchemaKind};
use super::path::Template;
use super::serialization::Serialization;

/// Headers that say how a message is written: OpenAPI has other places for them.
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// The parameters of `operation`, which is on the path `template`.
pub(super) fn lower<'d>(
    scope: &mut Scope<'_, 'd>,
    item: &Cursor<'d>,
    operation: &Cursor<'d>,
    template: &Template<'_>,
    id: &str,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for declared in declared(scope, item, operation) {
        lower_declared(scope, &declared, id, &mut parameters);
    }
    let in_path = path_parameters(scope, item, operation, template, &mut parameters);
    parameters.retain(|parameter| is_free(scope, parameter, template));
    in_path.into_iter().chain(parameters).collect()
}

/// A parameter, where it is declared and the target of its `$ref`.
struct Declared<'d> {
    place: Cursor<'d>,
    target: Cursor<'d>,
    name: &'d str,
    location: &'d str,
}

impl<'d> Declared<'d> {
    fn of(scope: &mut Scope<'_, '_>, place: Cursor<'d>) -> Option<Self> {
        let target = place.follow();
        if is_reported_already(&target) {
            return None;
        }
        let (Some(name), Some(location)) = (target.str("name"), target.str("in")) else {
            scope.diagnostics.error(
                "parameter-malformed",
                &place,
                "the parameter has no `name` or no `in`",
                "add a `name` and an `in`",
            );
            return None;
        };
        Some(Self { place, target, name, location })
    }

    /// The names of headers are not case-sensitive.
    fn is(&self, other: &Self) -> bool {
        self.location == other.location
            && if self.location == "header" {
                self.name.eq_ignore_ascii_case(other.name)
            } else {
                self.name == other.name
            }
    }
}

/// Whether what is wrong with a parameter was reported before anything was lowered.
fn is_reported_already(target: &Cursor<'_>) -> bool {
    target.is_broken()
        || ["name", "in"].iter().any(|key| target.get(key).is_some_and(|value| value.as_str().is_none()))
}

/// Whether `owner` may declare parameters that could not be resolved.
fn declares_unknown(owner: &Cursor<'_>) -> bool {
    let Some(list) = owner.get("parameters").filter(|list| !list.value().is_null()) else { return false };
    let is_known = |place: Cursor<'_>| {
        let target = place.follow();
        !target.is_broken() && target.str("name").is_some() && target.str("in").is_some()
    };
    !list.value().is_array() || !list.items().all(is_known)
}

fn declared<'d>(scope: &mut Scope<'_, '_>, item: &Cursor<'d>, operation: &Cursor<'d>) -> Vec<Declared<'d>> {
    let mut all = list(scope, item);
    for own in list(scope, operation) {
        match all.iter_mut().find(|shared| shared.is(&own)) {
            Some(shared) => *shared = own,
            None => all.push(own),
        }
    }
    all
}

fn list<'d>(scope: &mut Scope<'_, '_>, owner: &Cursor<'d>) -> Vec<Declared<'d>> {
    let mut list: Vec<Declared<'d>> = Vec::new();
    let parameters = owner.get("parameters");
    for place in parameters.iter().flat_map(Cursor::items) {
        let Some(declared) = Declared::of(scope, place) else { continue };
        if list.iter().any(|other| other.is(&declared)) {
            scope.diagnostics.error(
                "parameter-duplicate",
                &declared.place,
                format!("the {} parameter `{}` is declared twice", declared.location, declared.name),
                "remove one of the two",
            );
        } else {
            list.push(declared);
        }
    }
    list
}

fn lower_declared<'d>(
    scope: &mut Scope<'_, 'd>,
    declared: &Declared<'d>,
    id: &str,
    parameters: &mut Vec<Parameter>,
) {
    let location = match declared.location {
        "path" => ParameterLocation::Path,
        "query" => ParameterLocation::Query,
        "header" if is_not_parameter(declared.name) => return note_ignored(scope, declared),
        "header" if !is_token(declared.name) => return report_header_name(scope, declared),
        "header" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "querystring" => return form::querystring(scope, &declared.target, id, parameters),
        other => {
            scope.diagnostics.error(
                "parameter-location",
                &declared.place,
                format!("the parameter `{}` is in `{other}`", declared.name),
                "use `path`, `query`, `header` or `cookie`",
            );
            return;
        }
    };
    parameters.push(lower_one(scope, declared, location, id));
}

fn is_not_parameter(name: &str) -> bool {
    NOT_PARAMETERS.iter().any(|header| header.eq_ignore_ascii_case(name))
}

/// Whether `name` can be the name of a header (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&letter);
    !name.is_empty() && name.bytes().all(is_letter)
}

fn report_header_name(scope: &mut Scope<'_, '_>, declared: &Declared<'_>) {
    scope.diagnostics.error(
        "parameter-header-name",
        declared.target.get("name").as_ref().unwrap_or(&declared.target),
        format!("no header can have the name `{}`", declared.name),
        "use letters, digits and `-`",
    );
}

fn note_ignored(scope: &mut Scope<'_, '_>, declared: &Declared<'_>) {
    scope.diagnostics.warning(
        "parameter-header-ignored",
        &declared.target,
        format!(
            "the header `{}` is ignored, because OpenAPI does not allow it as a parameter",
            declared.name
        ),
        "describe media types as `content` and credentials as `security`",
    );
}

fn lower_one<'d>(
    scope: &mut Scope<'_, 'd>,
    declared: &Declared<'d>,
    location: ParameterLocation,
    id: &str,
) -> Parameter {
    let Declared { place, target, name, .. } = declared;
    let content = target.get("content").and_then(|content| content.members().next());
    let (serialization, schema, mut examples) = match &content {
        Some((media_type, media)) => {
            let media = media.follow();
            let serialization = content_serialization(scope, media_type, &media, target, location);
            (serialization, media.get("schema"), docs::examples(&media))
        }
        None => (Serialization::of(scope, target, location), target.get("schema"), Vec::new()),
    };
    examples.extend(docs::examples(target));
    let property = property(scope, target, name, schema.as_ref(), id);
    let is_required = target.bool("required").unwrap_or(false);
    if location == ParameterLocation::Path && !is_required {
        scope.diagnostics.warning(
            "path-parameter-optional",
            target,
            format!("the path parameter `{name}` is not `required`, but the path cannot be built without it"),
            "set `required: true`",
        );
    }
    Parameter {
        required: is_required || location == ParameterLocation::Path,
        docs: merged_docs(docs::docs(place), &property.docs),
        examples: if examples.is_empty() { property.examples.clone() } else { examples },
        ..from_property(property, target, location, serialization)
    }
}

/// The schema of a parameter as a property; its inline types are named after the operation, or
/// after the component that the parameter is.
fn property<'d>(
    scope: &mut Scope<'_, 'd>,
    target: &Cursor<'d>,
    name: &str,
    schema: Option<&Cursor<'d>>,
    id: &str,
) -> Property {
    let shared = super::component(target, "parameters");
    let name_parts = shared.as_deref().map_or_else(|| vec![id, name], |shared| vec![shared]);
    let Some(schema) = schema else {
        if target.get("content").is_some_and(|content| !content.value().is_object()) {
            return super::text_property(name);
        }
        scope.diagnostics.warning(
            "parameter-untyped",
            target,
            format!("the parameter `{name}` has no schema, so it is treated as a string"),
            "add a `schema`",
        );
        return super::text_property(name);
    };
    scope.schemas.property(name, schema, &name_parts, scope.diagnostics)
}

/// The parameter that `property` describes.
pub(super) fn from_property(
    property: Property,
    source: &Cursor<'_>,
    location: ParameterLocation,
    serialization: Serialization,
) -> Parameter {
    Parameter {
        name: property.name,
        source: source.location(),
        location,
        style: serialization.style,
        explode: serialization.explode,
        allow_reserved: serialization.allow_reserved,
        required: property.required && !matches!(property.ty, Type::Nullable(_)),
        ty: super::without_null(property.ty),
        default: property.default.filter(|default| !default.is_null()),
        constant: property.constant.filter(|constant| !constant.is_null()),
        docs: property.docs,
        examples: property.examples,
    }
}

/// What the parameter says of itself, completed by what its schema says.
fn merged_docs(own: Docs, schema: &Docs) -> Docs {
    Docs {
        summary: if own.summary.is_empty() { schema.summary.clone() } else { own.summary },
        description: if own.description.is_empty() { schema.description.clone() } else { own.description },
        deprecated: own.deprecated || schema.deprecated,
        constraints: schema.constraints.clone(),
    }
}

/// How a parameter with `content` is serialized: as JSON, or as text like one with a schema.
fn content_serialization(
    scope: &mut Scope<'_, '_>,
    name: &str,
    media: &Cursor<'_>,
    target: &Cursor<'_>,
    location: ParameterLocation,
) -> Serialization {
    match MediaType::parse(name).map(|media_type| media::kind(&media_type, SchemaKind::Open)) {
        Some(ContentKind::Json) => Serialization::JSON,
        Some(ContentKind::Text) => Serialization::of(scope, target, location),
        _ => {
            scope.diagnostics.error(
                "parameter-content",
                media,
                format!("parameters serialized as `{name}` are not supported"),
                "describe it with a `schema`, or as `application/json`",
            );
            Serialization::JSON
        }
    }
}

/// Takes the path parameters out of `parameters`, in the order of the path. What the path names
/// and nothing declares is reported, and so is the reverse.
fn path_parameters(
    scope: &mut Scope<'_, '_>,
    item: &Cursor<'_>,
    operation: &Cursor<'_>,
    template: &Template<'_>,
    parameters: &mut Vec<Parameter>,
) -> Vec<Parameter> {
    let mut in_path = Vec::new();
    for name in template.parameters() {
        let declared = parameters
            .iter()
            .position(|parameter| parameter.location == ParameterLocation::Path && parameter.name == name);
        if let Some(index) = declared {
            in_path.push(parameters.remove(index));
            continue;
        }
        if ![item, operation].into_iter().any(declares_unknown) {
            report_undeclared(scope, operation, template, name);
        }
        in_path.push(undeclared(operation, name));
    }
    parameters.retain(|parameter| {
        let is_misplaced = parameter.location == ParameterLocation::Path;
        if is_misplaced {
            scope.diagnostics.warning(
                "path-parameter-unused",
                &parameter.source,
                format!("the path parameter `{}` is not in the path `{}`", parameter.name, template.path),
                "put it in the path in braces, or remove it; it is not sent",
            );
        }
        !is_misplaced
    });
    in_path
}

fn report_undeclared(scope: &mut Scope<'_, '_>, operation: &Cursor<'_>, template: &Template<'_>, name: &str) {
    scope.diagnostics.error(
        "path-parameter-undeclared",
        operation,
        format!("the path `{}` has the parameter `{name}`, which is not declared", template.path),
        "declare it with `in: path`",
    );
}

fn undeclared(operation: &Cursor<'_>, name: &str) -> Parameter {
    let serialization =
        Serialization { style: crate::ir::Style::Simple, explode: false, allow_reserved: false };
    let property = Property { required: true, ..super::text_property(name) };
    from_property(property, operation, ParameterLocation::Path, serialization)
}

/// Whether the path itself does not settle the value already.
fn is_free(scope: &mut Scope<'_, '_>, parameter: &Parameter, template: &Template<'_>) -> bool {
    let is_fixed = parameter.location == ParameterLocation::Query
        && template.query.iter().any(|(name, _)| *name == parameter.name);
    if is_fixed {
        scope.diagnostics.warning(
            "parameter-fixed",
            &parameter.source,
            format!("the query parameter `{}` has a fixed value in the path already", parameter.name),
            "remove it from the parameters, or from the path",
        );
    }
    !is_fixed
}
