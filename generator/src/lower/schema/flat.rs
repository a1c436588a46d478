//! Merges everything that a value has to satisfy: `allOf`, `$ref`, and what stands beside them.
//!
//! Out comes one flat list of keywords. A member that several schemas describe keeps all of their
//! descriptions; they are merged in turn when the member is lowered.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::bounds;
use super::enumeration::{self, Known};
use super::kinds::Kinds;
use super::null;
use super::part::{Lens, Part, address};
use super::peel;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

/// How deep `allOf` and `$ref` may be nested.
const LIMIT: usize = 100;

/// What several schemas say together.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "any of them can be so beside the others")]
pub(super) struct Flat<'d> {
    /// The kinds of values that are allowed; all of them when nothing is said.
    pub(super) kinds: Kinds,
    /// The schema `false` is among them.
    pub(super) is_never: bool,
    /// They contradict each other, which was reported.
    pub(super) is_contradiction: bool,
    pub(super) format: Option<&'d str>,
    pub(super) encoding: Option<&'d str>,
    pub(super) maximum: Option<&'d Value>,
    pub(super) properties: IndexMap<&'d str, Vec<Cursor<'d>>>,
    pub(super) required: IndexSet<&'d str>,
    /// The schemas of members that are not listed.
    pub(super) rest: Vec<Cursor<'d>>,
    /// No members but the listed ones are allowed.
    pub(super) is_closed: bool,
    pub(super) items: Vec<Cursor<'d>>,
    /// The schemas of the first items, by their place.
    pub(super) tuple: Vec<Cursor<'d>>,
    pub(super) values: Option<Vec<Known>>,
    pub(super) choices: Vec<Choice<'d>>,
    /// Some of what they say cannot be made out, which was reported.
    pub(super) has_gap: bool,
    /// Where members are declared under a condition.
    conditional: Vec<Cursor<'d>>,
}

/// A choice between schemas.
#[derive(Clone)]
pub(super) struct Choice<'d> {
    /// The schema that has the choice.
    pub(super) schema: Cursor<'d>,
    pub(super) variants: Vec<Part<'d>>,
    pub(super) discriminator: Option<Cursor<'d>>,
    /// Whether the variants include already what stands beside the choice.
    pub(super) is_complete: bool,
}

/// Merges `parts`.
pub(super) fn flatten<'d>(parts: &[Part<'d>], found: &mut Diagnostics) -> Flat<'d> {
    let mut flattening = Flattening {
        flat: Flat::default(),
        typed: None,
        implied: Kinds::NONE,
        path: Vec::new(),
        seen: HashSet::new(),
        is_too_deep: false,
        found,
    };
    for part in parts {
        flattening.visit(&part.schema, part.lens);
    }
    if flattening.is_too_deep {
        flattening.found.error(
            "schema-depth",
            &parts[0].schema,
            format!("`allOf` and `$ref` are nested more than {LIMIT} levels deep"),
            "merge some of the levels",
        );
    }
    let lenses = parts.iter().filter_map(|part| match part.lens {
        Lens::Kind(kind) => Some(kind),
        Lens::Whole | Lens::Base => None,
    });
    let kinds = lenses.fold(Kinds::ALL, Kinds::and);
    flattening.finish(kinds)
}

struct Flattening<'d, 'f> {
    flat: Flat<'d>,
    typed: Option<Kinds>,
    /// The kinds that keywords speak of; they count when there is no `type`.
    implied: Kinds,
    /// The schemas on the way to the one that is being visited.
    path: Vec<usize>,
    seen: HashSet<usize>,
    is_too_deep: bool,
    found: &'f mut Diagnostics,
}

impl<'d> Flattening<'d, '_> {
    fn visit(&mut self, schema: &Cursor<'d>, lens: Lens) {
        let address = address(schema);
        if self.path.contains(&address) {
            report_cycle(schema, self.found);
            return;
        }
        if self.path.len() > LIMIT {
            self.is_too_deep = true;
            return;
        }
        if !self.seen.insert(address) {
            return;
        }
        match schema.value() {
            Value::Object(_) => {
                bounds::check(schema, self.found);
                self.path.push(address);
                for (keyword, value) in schema.members() {
                    self.keyword(schema, lens, keyword, &value);
                }
                self.path.pop();
            }
            Value::Bool(allows) => self.flat.is_never |= !allows,
            _ => {
                self.flat.has_gap = true;
                self.found.error(
                    "schema-invalid",
                    schema,
                    "a schema is expected here",
                    "write an object, or `true` for any value",
                );
            }
        }
    }

    fn keyword(&mut self, schema: &Cursor<'d>, lens: Lens, keyword: &'d str, value: &Cursor<'d>) {
        self.implied = self.implied.or(Kinds::of_keyword(keyword).unwrap_or(Kinds::NONE));
        match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => match schema.reference() {
                Some(target) => self.visit(&target, lens),
                None => self.flat.has_gap = true,
            },
            "allOf" => value.items().for_each(|item| self.visit(&item, lens)),
            "anyOf" | "oneOf" if lens == Lens::Whole => self.choice(schema, value),
            "type" => self.types(value),
            "format" => self.format(value),
            "contentEncoding" => self.flat.encoding = self.flat.encoding.or(value.as_str()),
            "maximum" => self.flat.maximum = Some(value.value()),
            "enum" if value.value().is_array() => {
                let values = enumeration::listed(schema, value, self.found);
                self.values(values);
            }
            "const" => self.values(enumeration::single(schema, value)),
            "properties" => {
                self.flat.has_gap |= !value.value().is_object();
                // A misplaced reference was reported, and is no member.
                let is_reference = |name: &str| name == "$ref" && value.str(name).is_some();
                for (name, property) in value.members().filter(|(name, _)| !is_reference(name)) {
                    self.flat.properties.entry(name).or_default().push(property);
                }
            }
            "required" => self.required(value),
            "additionalProperties" | "unevaluatedProperties" => self.additional(keyword, value),
            "patternProperties" => self.flat.rest.extend(value.members().map(|(_, schema)| schema)),
            "items" if value.value().is_array() => self.flat.tuple.extend(value.items()),
            "items" => self.flat.items.push(value.clone()),
            "prefixItems" => self.flat.tuple.extend(value.items()),
            "then" | "else" => self.flat.conditional.push(value.clone()),
            "dependentSchemas" => self.flat.conditional.extend(value.members().map(|(_, schema)| schema)),
            _ => {}
        }
    }

    fn types(&mut self, value: &Cursor<'d>) {
        let names: Vec<_> = match value.value() {
            Value::Array(_) => value.items().collect(),
            _ => vec![value.clone()],
        };
        for name in &names {
            if name.as_str().and_then(Kinds::of_name).is_none() {
                self.found.error(
                    "schema-type-unknown",
                    name,
                    format!("there is no type {}", name.value()),
                    "use `string`, `number`, `integer`, `boolean`, `array`, `object` or `null`",
                );
                return;
            }
        }
        let kinds = peel::kinds(value.value());
        let both = kinds.and(self.typed.unwrap_or(Kinds::ALL));
        match self.typed {
            Some(typed) if both.is_empty() && !typed.is_empty() && !kinds.is_empty() => {
                self.flat.is_contradiction = true;
                self.found.error(
                    "schema-type-conflict",
                    value,
                    format!("no value is {} and {} at once", typed.in_words(), kinds.in_words()),
                    "give schemas that have to hold together the same `type`",
                );
            }
            _ => self.typed = Some(both),
        }
    }

    fn format(&mut self, value: &Cursor<'d>) {
        let Some(format) = value.as_str() else { return };
        self.implied = self.implied.or(Kinds::of_format(format).unwrap_or(Kinds::NONE));
        self.flat.format = self.flat.format.or(Some(format));
    }

    fn values(&mut self, values: Vec<Known>) {
        if values.is_empty() {
            return;
        }
        for known in &values {
            self.implied = self.implied.or(Kinds::of_value(&known.value));
        }
        let Some(before) = self.flat.values.take() else {
            self.flat.values = Some(values);
            return;
        };
        let both = enumeration::both(&before, &values);
        if both.is_empty() {
            self.flat.is_contradiction = true;
            enumeration::report_disjoint(&values, self.found);
        }
        self.flat.values = Some(if both.is_empty() { before } else { both });
    }

    fn required(&mut self, value: &Cursor<'d>) {
        match value.value() {
            Value::Array(_) => self.flat.required.extend(value.items().filter_map(|name| name.as_str())),
            // JSON Schema had it so in 2010, and a `false` is what is meant by leaving it out.
            Value::Bool(_) => self.found.warning(
                "required-not-a-list",
                value,
                "`required` lists the names of members; this is ignored",
                "list the member's name in `required` of the object that it belongs to",
            ),
            _ => self.found.error(
                "required-not-a-list",
                value,
                "`required` is a list of the names of members",
                "write a list, be it of one name",
            ),
        }
    }

    fn additional(&mut self, keyword: &str, value: &Cursor<'d>) {
        match value.value() {
            Value::Bool(false) => self.flat.is_closed |= keyword == "additionalProperties",
            // What is not evaluated is allowed anyway; only `additionalProperties` asks to keep it.
            Value::Bool(true) if keyword == "unevaluatedProperties" => {}
            _ => self.flat.rest.push(value.clone()),
        }
    }

    fn choice(&mut self, schema: &Cursor<'d>, variants: &Cursor<'d>) {
        let mut others = variants.items().filter(|variant| !null::is_only(variant)).peekable();
        if others.peek().is_some() && others.all(|variant| address(&variant.follow()) == address(schema)) {
            report_cycle(schema, self.found);
            return;
        }
        // A base type that lists its subtypes, which include it: here it is part of one of them.
        let is_on_the_way = |variant: &Cursor<'d>| self.path.contains(&address(&variant.follow()));
        if variants.items().any(|variant| is_on_the_way(&variant)) {
            return;
        }
        self.flat.choices.push(Choice {
            schema: schema.clone(),
            variants: variants.items().map(|variant| Part::whole(&variant)).collect(),
            discriminator: schema.get("discriminator").filter(|it| it.value().is_object()),
            is_complete: false,
        });
    }

    fn finish(mut self, lens: Kinds) -> Flat<'d> {
        let said = match self.typed {
            Some(typed) => typed,
            None if self.implied.is_empty() => Kinds::ALL,
            None => self.implied,
        };
        self.flat.kinds = said.and(lens);
        if let Some(values) = self.flat.values.take() {
            let is_typed = self.typed.is_some_and(|typed| !typed.is_empty());
            let values = if is_typed { enumeration::typed(values, said, self.found) } else { values };
            let values = values.into_iter().filter(|known| Kinds::of_value(&known.value).is_within(lens));
            let values: Vec<_> = values.collect();
            // What no value is left of was reported, and is read by its type.
            self.flat.values = Some(values).filter(|values| !values.is_empty());
        }
        if let Some(values) = &self.flat.values {
            let kinds = values.iter().map(|known| Kinds::of_value(&known.value));
            self.flat.kinds = self.flat.kinds.and(kinds.fold(Kinds::NONE, Kinds::or));
        }
        self.check_conditions();
        self.flat
    }

    /// A condition that only restricts members is left to the server. One that adds members, or is for
    /// values of another kind, would be lost.
    fn check_conditions(&mut self) {
        for condition in self.flat.conditional.iter().filter(|_| !self.flat.has_gap) {
            let members = condition.get("properties");
            let new = members
                .iter()
                .flat_map(Cursor::members)
                .find(|(name, _)| !self.flat.properties.contains_key(name));
            if let Some((name, member)) = new {
                self.found.error(
                    "schema-conditional",
                    member,
                    format!(
                        "the member `{name}` is declared under a condition only, which cannot be carried"
                    ),
                    "declare it in `properties` of the schema, or use `oneOf`",
                );
            }
        }
    }
}

fn report_cycle(schema: &Cursor<'_>, found: &mut Diagnostics) {
    found.error(
        "schema-cycle",
        schema,
        "the schema contains itself by way of `allOf`, `oneOf` or `$ref`, so no value can be written down",
        "let a property or the items of a list refer to the schema instead",
    );
}

impl Flat<'_> {
    /// Whether values of different kinds are allowed. A schema that says nothing is for any value.
    pub(super) fn is_mixed(&self) -> bool {
        self.kinds != Kinds::ALL && self.kinds.each().count() > 1
    }

    /// Whether something is said beyond the kinds of values.
    pub(super) fn has_content(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.rest.is_empty()
            || !self.items.is_empty()
            || !self.tuple.is_empty()
            || self.values.is_some()
            || self.format.is_some()
            || self.encoding.is_some()
    }
}

impl Default for Kinds {
    fn default() -> Self {
        Self::ALL
    }
}
