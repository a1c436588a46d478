//! Whether a schema allows null, however it says so.

use std::collections::HashMap;

use serde_json::Value;

use super::unwrap;
use super::view::{Facet, SchemaView, address};
use crate::document::Cursor;

/// How deep `allOf`, `anyOf`, `oneOf` and `$ref` may be nested.
const LIMIT: usize = 100;

/// What a schema says about null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Allowed,
    Forbidden,
    /// It says nothing, and leaves it to the schemas beside it.
    Open,
}

/// What the schemas seen so far say about null.
#[derive(Default)]
pub(super) struct Nulls {
    known: HashMap<usize, Verdict>,
}

impl Nulls {
    /// Whether null satisfies all of `views`.
    pub(super) fn allow(&mut self, views: &[SchemaView<'_>]) -> bool {
        let whole = views.iter().filter(|view| view.facet == Facet::Whole);
        together(whole.map(|view| self.verdict(&view.schema, 0))) == Verdict::Allowed
    }

    fn verdict(&mut self, schema: &Cursor<'_>, depth: usize) -> Verdict {
        let address = address(schema);
        if let Some(known) = self.known.get(&address) {
            return *known;
        }
        if depth > LIMIT {
            return Verdict::Open;
        }
        // A schema that contains itself learns nothing new from itself.
        self.known.insert(address, Verdict::Open);
        let verdict = self.decide(schema, depth + 1);
        self.known.insert(address, verdict);
        verdict
    }

    fn decide(&mut self, schema: &Cursor<'_>, depth: usize) -> Verdict {
        // What it says itself has precedence: `nullable` beside a `$ref` or an `allOf` takes precedence,
        // though OpenAPI 3.0 does not say so.
        let own = own(schema.value());
        let one_ofs = ["anyOf", "oneOf"].into_iter().filter_map(|keyword| schema.get(keyword));
        let one_ofs: Vec<_> = one_ofs.map(|variants| self.any_of(&variants, depth)).collect();
        if own == Verdict::Allowed || one_ofs.contains(&Verdict::Allowed) {
            return Verdict::Allowed;
        }
        let referred = schema.reference().map(|target| self.verdict(&target, depth));
        let all_of: Vec<_> = schema.get("allOf").into_iter().flat_map(|all| all.items()).collect();
        // `allOf: [A, {nullable: true}]` is another way to write it beside a reference.
        if all_of.iter().any(is_only_nullable) {
            return Verdict::Allowed;
        }
        let all_of = all_of.iter().map(|item| self.verdict(item, depth));
        together([own].into_iter().chain(one_ofs).chain(referred).chain(all_of))
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
        Value::Array(names) => names.iter().any(is_null_type),
        name => is_null_type(name),
    }
}

/// Whether `name` is the type `'null'`; without quotes, YAML has null itself there.
pub(super) fn is_null_type(name: &Value) -> bool {
    name.is_null() || name == "null"
}

/// Whether null is the only value of `schema`.
pub(super) fn is_only(schema: &Cursor<'_>) -> bool {
    let schema = schema.follow();
    let value = schema.value();
    let only_type = match value.get("type") {
        Some(Value::Array(names)) => !names.is_empty() && names.iter().all(is_null_type),
        Some(name) => is_null_type(name),
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
    schema.bool("nullable") == Some(true) && unwrap::is_empty(schema)
}
