//! Builds a tree of values out of what a parser of YAML or JSON reads.
//!
//! Values come in one by one, through serde; a [`Value`] in the order of the
//! text goes out. Counts what it builds, so that neither depth nor aliases
//! exhaust the machine, and reports what JSON has no room for. Does not know
//! which parser it serves.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use crate::diagnostic::{Diagnostics, Location, Pointer, Source};

/// How deep values may be nested. Both parsers give up at 128 by themselves, with less to say.
pub(super) const DEPTH_LIMIT: usize = 120;
/// How many values a document may have, keys counted too. One takes about 100 bytes.
pub(super) const VALUE_LIMIT: usize = 20_000_000;
/// How many values aliases may add to those in the text.
const ALIAS_VALUES: usize = 1 << 20;
/// How many bytes of text aliases may add to those in the text.
const ALIAS_BYTES: usize = 32 << 20;

/// What is left of the limits, and the diagnostics so far.
pub(super) struct Budget<'a> {
    source: &'a Source,
    has_merge_keys: bool,
    values: Cell<usize>,
    /// What to report when there are more values.
    too_many: Stop,
    bytes: Cell<usize>,
    problems: RefCell<&'a mut Diagnostics>,
    stop: Cell<Option<Stop>>,
}

/// Which limit was reached.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    pub(super) code: &'static str,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

pub(super) const TOO_DEEP: Stop = Stop {
    code: "document-too-deep",
    message: "values are nested more than 120 deep",
    help: "move inner schemas to `components` and refer to them; an alias in its own anchor has no end",
};
pub(super) const TOO_MANY_VALUES: Stop = Stop {
    code: "document-too-large",
    message: "there are more than 20 million values, keys counted too",
    help: "split the document",
};
pub(super) const TOO_MANY_ALIASES: Stop = Stop {
    code: "document-alias-expansion",
    message: "aliases multiply the document beyond what is read",
    help: "replace aliases of aliases by `$ref`s",
};

impl<'a> Budget<'a> {
    pub(super) fn for_json(source: &'a Source, problems: &'a mut Diagnostics) -> Self {
        Self::new(source, problems, false)
    }

    pub(super) fn for_yaml(source: &'a Source, problems: &'a mut Diagnostics) -> Self {
        Self::new(source, problems, true)
    }

    fn new(source: &'a Source, problems: &'a mut Diagnostics, has_merge_keys: bool) -> Self {
        // A text has fewer values than bytes, and an escape grows to twice its length at most.
        let values = source.text.len() + ALIAS_VALUES;
        Self {
            source,
            has_merge_keys,
            values: Cell::new(values.min(VALUE_LIMIT)),
            too_many: if values > VALUE_LIMIT { TOO_MANY_VALUES } else { TOO_MANY_ALIASES },
            bytes: Cell::new(2 * source.text.len() + ALIAS_BYTES),
            problems: RefCell::new(problems),
            stop: Cell::new(None),
        }
    }

    /// Which limit stopped the parser, if one did.
    pub(super) fn stop(&self) -> Option<Stop> {
        self.stop.get()
    }

    fn spend(&self, bytes: usize) -> Result<(), Stop> {
        let values = self.values.get().checked_sub(1).ok_or(self.too_many)?;
        let bytes = self.bytes.get().checked_sub(bytes).ok_or(TOO_MANY_ALIASES)?;
        self.values.set(values);
        self.bytes.set(bytes);
        Ok(())
    }

    fn stop_with<E: Error>(&self, stop: Stop) -> E {
        self.stop.set(Some(stop));
        E::custom(stop.message)
    }

    fn report(&self, code: &'static str, pointer: Pointer, message: String, help: &str) {
        let location = Location { file: self.source.name.clone(), pointer };
        self.problems.borrow_mut().error(code, location, message, help);
    }
}

/// A value about to be read, and the way to it.
#[derive(Clone, Copy)]
pub(super) struct Node<'b, 'a> {
    budget: &'b Budget<'a>,
    depth: usize,
    path: Path<'b>,
}

#[derive(Clone, Copy)]
enum Path<'b> {
    Root,
    Member(&'b Path<'b>, &'b str),
    Item(&'b Path<'b>, usize),
}

impl Path<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Path::Root => Pointer::default(),
            Path::Member(parent, key) => parent.pointer().child(key),
            Path::Item(parent, index) => parent.pointer().child(&index.to_string()),
        }
    }
}

impl<'b, 'a> Node<'b, 'a> {
    pub(super) fn root(budget: &'b Budget<'a>) -> Self {
        Self { budget, depth: 0, path: Path::Root }
    }

    fn below<E: Error>(&self, path: Path<'b>) -> Result<Self, E> {
        if self.depth == DEPTH_LIMIT {
            return Err(self.budget.stop_with(TOO_DEEP));
        }
        Ok(Self { budget: self.budget, depth: self.depth + 1, path })
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        self.budget.spend(bytes).map_err(|stop| self.budget.stop_with(stop))
    }

    fn float(&self, float: f64) -> Value {
        Number::from_f64(float).map_or_else(|| self.not_a_number(float), Value::Number)
    }

    fn not_a_number(&self, float: f64) -> Value {
        let message = format!("`{float}` is not a number in JSON");
        let help = "write a finite number, or leave it out";
        self.budget.report("number-not-finite", self.path.pointer(), message, help);
        Value::Null
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::from(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers past 64 bits are floats to serde_json too")]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers past 64 bits are floats to serde_json too")]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(self.float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.spend(value.len())?;
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut items = Vec::new();
        loop {
            let path = Path::Item(&self.path, items.len());
            let Some(item) = access.next_element_seed(self.below(path)?)? else { break };
            items.push(item);
        }
        // Most lists are short, and have room for several items more if they keep what they grew to.
        items.shrink_to_fit();
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let (mut entries, mut merged) = (Vec::new(), Vec::new());
        while let Some(key) = access.next_key_seed(Key)? {
            self.spend(key.len())?;
            let path = Path::Member(&self.path, &key);
            let value = access.next_value_seed(self.below(path)?)?;
            if self.budget.has_merge_keys && key == "<<" {
                merged.push(value);
            } else {
                entries.push((key, value));
            }
        }
        // A map that grows has room for several members more, and most have few.
        let mut members = Map::with_capacity(entries.len());
        for (key, value) in entries {
            if members.contains_key(&key) {
                let message = format!("the key `{key}` stands here a second time");
                let help = "remove or rename one of the two";
                let path = Path::Member(&self.path, &key);
                self.budget.report("duplicate-key", path.pointer(), message, help);
            }
            members.insert(key, value);
        }
        for value in merged {
            merge(&mut members, value);
        }
        Ok(Value::Object(members))
    }

    /// A tag of the author's own (`!env VALUE`) means nothing to OpenAPI; its value does.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_tag, value) = access.variant_seed(Key)?;
        value.newtype_variant_seed(self)
    }
}

/// A key as it is written: `200`, `1.0` and `true` name members like any text.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is a string")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }
}

/// Adds the members under a merge key (`<<`); the object's own members win.
fn merge(members: &mut Map<String, Value>, merged: Value) {
    match merged {
        Value::Object(more) => more.into_iter().for_each(|(key, value)| {
            members.entry(key).or_insert(value);
        }),
        Value::Array(list) => list.into_iter().for_each(|value| merge(members, value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::scan::scan;

    /// What stops a reader of `text` that may have `limit` values.
    fn stop(text: &str, limit: usize) -> Option<&'static str> {
        let mut problems = Diagnostics::default();
        let source = Source::decode("api.json", text.as_bytes(), scan, &mut problems).expect("it is UTF-8");
        let budget = Budget { values: Cell::new(limit), ..Budget::for_json(&source, &mut problems) };
        let result = Node::root(&budget).deserialize(&mut serde_json::Deserializer::from_str(text));
        assert_eq!(result.is_err(), budget.stop().is_some());
        budget.stop().map(|stop| stop.code)
    }

    #[test]
    fn values_and_keys_are_counted() {
        let text = r#"{"a": [1, "b"], "c": {"d": null}}"#;
        assert_eq!(stop(text, 9), None, "three keys, three containers and three others");
        assert_eq!(stop(text, 8), Some("document-alias-expansion"));
    }
}
