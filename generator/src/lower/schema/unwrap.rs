//! Finds the schema inside of wrappers: `$ref`s, and `allOf`, `anyOf` or `oneOf` around a single schema.
//!
//! Those add documentation to the use of a type, or allow null. They make no type of their own.

use serde_json::Value;

use super::json_types::JsonTypes;
use super::null;
use super::shallow;
use super::view::address;
use crate::document::Cursor;

/// How many wrappers may be around a schema.
const LIMIT: usize = 100;

/// The keywords that a type depends on. All others restrict values, or describe them.
const STRUCTURAL: [&str; 23] = [
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "allOf",
    "anyOf",
    "oneOf",
    "discriminator",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "items",
    "prefixItems",
    "unevaluatedItems",
    "enum",
    "const",
    "format",
    "contentEncoding",
    "contentMediaType",
    "then",
    "else",
];

/// The schema that `schema` is only a wrapper of.
pub(super) fn step<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    let mut inner = Inner::default();
    for (keyword, value) in schema.members() {
        match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => inner.add(schema.reference()?)?,
            "allOf" => {
                for item in value.items() {
                    if adds_only_a_type(&item) {
                        inner.types.extend(item.get("type"));
                    } else {
                        inner.add(item)?;
                    }
                }
            }
            "anyOf" | "oneOf" => {
                let mut variants = value.items().filter(|variant| !null::is_only(variant));
                inner.add(variants.next()?)?;
                if variants.next().is_some() {
                    return None;
                }
            }
            "type" if schema.get("$ref").is_none() => inner.types.push(value),
            "type" => inner.beside = Some(value),
            _ if is_structural(keyword, value.value()) => return None,
            _ => {}
        }
    }
    let Inner { schema, types, beside } = inner;
    let schema = schema.filter(|schema| types.iter().all(|types| agrees(types, schema)))?;
    // In OpenAPI 3.0 nothing beside a `$ref` counts, so a `type` may stand there that is wrong.
    let narrows = |types: &Cursor<'_>| !agrees(types, &schema) && !contradicts(types, &schema);
    if beside.as_ref().is_some_and(narrows) { None } else { Some(schema) }
}

#[derive(Default)]
struct Inner<'d> {
    schema: Option<Cursor<'d>>,
    types: Vec<Cursor<'d>>,
    /// The types beside a `$ref`.
    beside: Option<Cursor<'d>>,
}

impl<'d> Inner<'d> {
    /// `None` when this is not the only schema.
    fn add(&mut self, schema: Cursor<'d>) -> Option<()> {
        let is_other = self
            .schema
            .as_ref()
            .is_some_and(|other| !std::ptr::eq(other.follow().value(), schema.follow().value()));
        self.schema = Some(schema);
        if is_other { None } else { Some(()) }
    }
}

/// The path from `schema` to the schema that it is a wrapper of, both included. It ends before it repeats.
pub(super) fn path<'d>(schema: &Cursor<'d>, is_innermost: impl Fn(&Cursor<'d>) -> bool) -> Vec<Cursor<'d>> {
    let mut path = vec![schema.clone()];
    for _ in 0..LIMIT {
        let here = &path[path.len() - 1];
        if is_innermost(here) {
            break;
        }
        let Some(next) = step(here) else { break };
        if path.iter().any(|place| address(place) == address(&next)) {
            break;
        }
        path.push(next);
    }
    path
}

/// Whether a type depends on `keyword` with this value.
pub(super) fn is_structural(keyword: &str, value: &Value) -> bool {
    let says_nothing = match keyword {
        // Properties that are not listed are not kept anyway.
        "additionalProperties" | "unevaluatedProperties" => value.is_boolean() && value != &Value::Bool(true),
        "required" | "allOf" => value.as_array().is_some_and(Vec::is_empty),
        "properties" => value.as_object().is_some_and(serde_json::Map::is_empty),
        _ => false,
    };
    !says_nothing && STRUCTURAL.contains(&keyword)
}

/// Whether `schema` says nothing that a type depends on.
pub(super) fn is_empty(schema: &Cursor<'_>) -> bool {
    match schema.value() {
        Value::Object(object) => !object.iter().any(|(keyword, value)| is_structural(keyword, value)),
        value => value == &Value::Bool(true),
    }
}

fn adds_only_a_type(schema: &Cursor<'_>) -> bool {
    let mut properties = schema.members();
    schema.value().is_object()
        && !properties.any(|(keyword, value)| keyword != "type" && is_structural(keyword, value.value()))
}

/// Whether the keyword `types` names none of the types of `schema`.
fn contradicts(types: &Cursor<'_>, schema: &Cursor<'_>) -> bool {
    shallow_types(schema).is_some_and(|shallow_types| json_types(types.value()).and(shallow_types).is_empty())
}

/// Whether the keyword `types` says nothing about `schema` that it does not say itself.
fn agrees(types: &Cursor<'_>, schema: &Cursor<'_>) -> bool {
    shallow_types(schema).is_some_and(|shallow_types| shallow_types.is_within(json_types(types.value())))
}

/// The JSON types of the values of `schema`, by a shallow query.
fn shallow_types(schema: &Cursor<'_>) -> Option<JsonTypes> {
    let types: Option<Vec<JsonTypes>> = shallow::query(schema, own_types).into_iter().collect();
    types
        .filter(|types| !types.is_empty())
        .map(|types| types.into_iter().fold(JsonTypes::NONE, JsonTypes::or))
}

fn own_types(schema: &Cursor<'_>) -> Option<JsonTypes> {
    if let Some(types) = schema.value().get("type") {
        return Some(json_types(types));
    }
    if null::is_only(schema) {
        return Some(JsonTypes::NONE);
    }
    let has = |keyword: &str| schema.get(keyword).is_some();
    let is_union = has("anyOf") || has("oneOf");
    // What is put together of several schemas is an object as a rule.
    let is_object = has("properties") || has("additionalProperties") || merges_several(schema);
    (is_object && !is_union).then_some(JsonTypes::OBJECT)
}

fn merges_several(schema: &Cursor<'_>) -> bool {
    let all = schema.get("allOf");
    let items = all.iter().flat_map(Cursor::items).filter(|item| !is_empty(item));
    items.count() > 1
}

/// The JSON types that the keyword `type` lists.
pub(super) fn json_types(types: &Value) -> JsonTypes {
    let names = types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice);
    let known = names.iter().filter_map(|name| JsonTypes::of_name(name.as_str()?));
    known.fold(JsonTypes::NONE, JsonTypes::or)
}
