//! Finds the schema inside of wrappers: `$ref`s, and `allOf`, `anyOf` or `oneOf` around a single schema.
//!
//! Those are written to say a few words more about the use of a type, or that null is allowed. They make
//! no type of their own.

use serde_json::Value;

use super::kinds::Kinds;
use super::null;
use crate::document::Cursor;

/// How many wrappers may be around a schema.
const LIMIT: usize = 100;

/// How deep choices are looked into.
const NESTING_LIMIT: usize = 8;

/// The keywords that a type depends on. All others restrict values, or describe them.
const STRUCTURAL: [&str; 22] = [
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

/// The way from `schema` to the schema that it is a wrapper of, both included.
pub(super) fn way<'d>(schema: &Cursor<'d>, is_end: impl Fn(&Cursor<'d>) -> bool) -> Vec<Cursor<'d>> {
    let mut way = vec![schema.clone()];
    for _ in 0..LIMIT {
        let here = &way[way.len() - 1];
        if is_end(here) {
            break;
        }
        let Some(next) = step(here) else { break };
        way.push(next);
    }
    way
}

/// Whether a type depends on `keyword` with this value.
pub(super) fn is_structural(keyword: &str, value: &Value) -> bool {
    let says_nothing = match keyword {
        // Members that are not listed are not kept anyway.
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
    let mut members = schema.members();
    schema.value().is_object()
        && !members.any(|(keyword, value)| keyword != "type" && is_structural(keyword, value.value()))
}

/// Whether the keyword `types` names none of the types of `schema`.
fn contradicts(types: &Cursor<'_>, schema: &Cursor<'_>) -> bool {
    let inner = end(schema).value().get("type").map(kinds);
    inner.is_some_and(|inner| kinds(types.value()).and(inner).is_empty())
}

fn end<'d>(schema: &Cursor<'d>) -> Cursor<'d> {
    way(schema, |_| false).pop().unwrap_or_else(|| schema.clone())
}

/// Whether the keyword `types` says of `schema` nothing that it does not say itself.
fn agrees(types: &Cursor<'_>, schema: &Cursor<'_>) -> bool {
    is_within(schema, kinds(types.value()), 0)
}

/// Whether all values of `schema` are of `kinds`, as far as that shows without merging anything.
fn is_within(schema: &Cursor<'_>, kinds: Kinds, depth: usize) -> bool {
    let end = end(schema);
    if let Some(types) = end.value().get("type") {
        return self::kinds(types).is_within(kinds);
    }
    let mut variants = ["anyOf", "oneOf"].iter().filter_map(|keyword| end.get(keyword));
    if let Some(variants) = variants.next() {
        let mut variants = variants.items().filter(|variant| !null::is_only(variant));
        return depth < NESTING_LIMIT && variants.all(|variant| is_within(&variant, kinds, depth + 1));
    }
    let is_object = ["properties", "allOf", "additionalProperties"];
    Kinds::OBJECT.is_within(kinds) && is_object.iter().any(|keyword| end.get(keyword).is_some())
}

/// The kinds that the keyword `type` lists.
pub(super) fn kinds(types: &Value) -> Kinds {
    let names = types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice);
    let known = names.iter().filter_map(|name| Kinds::of_name(name.as_str()?));
    known.fold(Kinds::NONE, Kinds::or)
}
