//! Whether null is a value of a schema, in any of the ways to say so.

use std::collections::HashMap;

use serde_json::Value;

use super::part::{Lens, Part, address};
use super::peel;
use crate::document::Cursor;

/// How deep `allOf`, `anyOf`, `oneOf` and `$ref` may be nested.
const LIMIT: usize = 100;

/// What a schema says about null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Allowed,
    Forbidden,
    /// It says nothing, and so leaves it to what stands beside it.
    Open,
}

/// What the schemas looked at so far say about null.
#[derive(Default)]
pub(super) struct Nulls {
    known: HashMap<usize, Verdict>,
}

impl Nulls {
    /// Whether null satisfies all of `parts`.
    pub(super) fn allow(&mut self, parts: &[Part<'_>]) -> bool {
        let whole = parts.iter().filter(|part| part.lens == Lens::Whole);
        together(whole.map(|part| self.verdict(&part.schema, 0))) == Verdict::Allowed
    }

    fn verdict(&mut self, schema: &Cursor<'_>, depth: usize) -> Verdict {
        let address = address(schema);
        if let Some(known) = self.known.get(&address) {
            return *known;
        }
        if depth > LIMIT {
            return Verdict::Open;
        }
        // Whoever gets here again on the way learns nothing new.
        self.known.insert(address, Verdict::Open);
        let verdict = self.decide(schema, depth + 1);
        self.known.insert(address, verdict);
        verdict
    }

    fn decide(&mut self, schema: &Cursor<'_>, depth: usize) -> Verdict {
        // What it says itself has precedence: `nullable` beside a `$ref` or an `allOf` is meant to count,
        // though OpenAPI 3.0 does not say so.
        let own = own(schema.value());
        let choices = ["anyOf", "oneOf"].into_iter().filter_map(|keyword| schema.get(keyword));
        let choices: Vec<_> = choices.map(|variants| self.any_of(&variants, depth)).collect();
        if own == Verdict::Allowed || choices.contains(&Verdict::Allowed) {
            return Verdict::Allowed;
        }
        let referred = schema.reference().map(|target| self.verdict(&target, depth));
        let merged: Vec<_> = schema.get("allOf").into_iter().flat_map(|all| all.items()).collect();
        // `allOf: [A, {nullable: true}]` is another way to write it beside a reference.
        if merged.iter().any(is_only_nullable) {
            return Verdict::Allowed;
        }
        let merged = merged.iter().map(|item| self.verdict(item, depth));
        together([own].into_iter().chain(choices).chain(referred).chain(merged))
    }

    fn any_of(&mut self, variants: &Cursor<'_>, depth: usize) -> Verdict {
        let verdicts: Vec<_> = variants.items().map(|variant| self.verdict(&variant, depth)).collect();
        if verdicts.contains(&Verdict::Allowed) {
            Verdict::Allowed
        } else if verdicts.contains(&Verdict::Open) {
            Verdict::Open
        } else {
            Verdict::Forbidden
        }
    }
}

fn together(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    let mut all = Verdict::Open;
    for verdict in verdicts {
        match verdict {
            Verdict::Forbidden => return Verdict::Forbidden,
            Verdict::Allowed => all = Verdict::Allowed,
            Verdict::Open => {}
        }
    }
    all
}

/// What the keywords of the schema itself say.
fn own(schema: &Value) -> Verdict {
    let types = schema.get("type");
    let values = schema.get("enum").and_then(Value::as_array);
    let allows = schema.get("nullable") == Some(&Value::Bool(true))
        || types.is_some_and(names_null)
        || values.is_some_and(|values| values.contains(&Value::Null))
        || schema.get("const") == Some(&Value::Null);
    if allows {
        Verdict::Allowed
    } else if types.is_some() || values.is_some() || schema.get("const").is_some() {
        Verdict::Forbidden
    } else {
        Verdict::Open
    }
}

fn names_null(types: &Value) -> bool {
    match types {
        Value::Array(names) => names.iter().any(|name| name == "null"),
        name => name == "null",
    }
}

/// Whether null is the only value of `schema`.
pub(super) fn is_only(schema: &Cursor<'_>) -> bool {
    let schema = schema.follow();
    let value = schema.value();
    let only_type = match value.get("type") {
        Some(Value::Array(names)) => !names.is_empty() && names.iter().all(|name| name == "null"),
        Some(name) => name == "null",
        None => false,
    };
    let only_value = value.get("const") == Some(&Value::Null)
        || value
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
    // OpenAPI 3.0 has no null type, so that documents write `oneOf: [A, {nullable: true}]`.
    only_type || only_value || is_only_nullable(&schema)
}

fn is_only_nullable(schema: &Cursor<'_>) -> bool {
    schema.bool("nullable") == Some(true) && peel::is_empty(schema)
}
