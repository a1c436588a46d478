//! The names that a document itself gives to schemas, wherever it keeps them: in `components`, under
//! `definitions`, or in a file of their own.
//!
//! Cursors to schemas come in, words for names go out. Nothing here knows what a schema means.

use std::borrow::Cow;

use super::Schemas;
use super::view::address;
use crate::document::{Cursor, Pointer};

/// Maps of schemas by name, at the root of a file or of a schema.
const MAPS: [&str; 3] = ["$defs", "definitions", "schemas"];

/// Keywords with a schema or a list of schemas.
const KEYWORDS: [&str; 14] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords with schemas by name.
const KEYWORD_MAPS: [&str; 5] =
    ["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

impl<'d> Schemas<'d> {
    /// The name parts for a schema that stands in another schema with a name than the one that is being lowered:
    /// after that place, whoever uses it first.
    pub(super) fn place_elsewhere(&self, schema: &Cursor<'d>, name_parts: &[String]) -> Option<Vec<String>> {
        let Declared { place, name, below } = Declared::around(schema)?;
        // A component may have another name than what it refers to.
        let component = self.components.get(&address(&place));
        let name = component.and_then(|id| self.types[id.0].name_parts.first().cloned()).unwrap_or(name);
        let mut parts = vec![name];
        parts.extend(words(&below)?);
        Some(parts).filter(|parts| parts.first() != name_parts.first())
    }
}

/// The name of `schema`, when it has one of its own.
pub(in crate::lower) fn name(schema: &Cursor<'_>) -> Option<String> {
    let Declared { name, below, .. } = Declared::around(schema)?;
    below.is_empty().then_some(name)
}

/// A schema with a name, and the tokens from there to a schema in it.
struct Declared<'d> {
    place: Cursor<'d>,
    name: String,
    below: Vec<String>,
}

impl<'d> Declared<'d> {
    /// The schema with a name that `schema` is, or stands in.
    fn around(schema: &Cursor<'d>) -> Option<Self> {
        let pointer = schema.pointer();
        let tokens: Vec<String> = pointer.tokens().map(Cow::into_owned).collect();
        let file = schema.other_file();
        let is_map = |index: usize| tokens.get(index).is_some_and(|token| MAPS.contains(&token.as_str()));
        let starts_with =
            |keywords: &[&str]| tokens.first().is_some_and(|it| keywords.contains(&it.as_str()));
        let length = match file {
            _ if starts_with(&["components"]) => is_map(1).then_some(3)?,
            _ if is_map(0) => 2,
            None => return None,
            Some(_) if starts_with(&KEYWORDS) || starts_with(&KEYWORD_MAPS) => 0,
            Some(_) => tokens.len().min(1),
        };
        let below = tokens.get(length..)?.to_vec();
        let mut pointer = Pointer::default();
        tokens[..length].iter().for_each(|token| pointer = pointer.child(token));
        let name = tokens[..length].last().cloned().or_else(|| file.map(stem))?;
        Some(Self { place: schema.from_root(&pointer)?, name, below })
    }
}

/// The parts of a name for the way into a schema. `None` when it leads to something else, such as an operation.
fn words(tokens: &[String]) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "items" | "prefixItems" => words.push("item".to_owned()),
            "additionalProperties" => words.push("value".to_owned()),
            "patternProperties" => {
                tokens.next();
                words.push("value".to_owned());
            }
            keyword if KEYWORD_MAPS.contains(&keyword) => words.extend(tokens.next().cloned()),
            keyword if KEYWORDS.contains(&keyword) || is_index(keyword) => {}
            _ => return None,
        }
    }
    Some(words)
}

/// The name of a file without its folder and its extensions.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name).to_owned()
}

fn is_index(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_digit())
}
