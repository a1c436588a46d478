//! Merges all schemas that a value has to satisfy: `allOf`, `$ref`, and what stands beside them.
//!
//! The result is one set of keywords. A property that several schemas describe keeps all of their
//! descriptions; they are merged in turn when the property is lowered.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::bounds;
use super::enumeration::{self, Known};
use super::json_types::JsonTypes;
use super::list::ListKeywords;
use super::null;
use super::unwrap;
use super::view::{Facet, SchemaView, address};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

/// How deep `allOf` and `$ref` may be nested.
const LIMIT: usize = 100;

/// What several schemas say together.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "any of them can be so beside the others")]
pub(super) struct Merged<'d> {
    /// The JSON types of values that are allowed; all of them when nothing is said.
    pub(super) json_types: JsonTypes,
    /// The schema `false` is among them.
    pub(super) is_never: bool,
    /// They contradict each other, which was reported.
    pub(super) is_contradiction: bool,
    pub(super) format: Option<&'d str>,
    pub(super) encoding: Option<&'d str>,
    pub(super) minimum: Option<&'d Value>,
    pub(super) maximum: Option<&'d Value>,
    pub(super) properties: IndexMap<&'d str, Vec<Cursor<'d>>>,
    /// The names of required properties, each with the place that says so.
    pub(super) required: IndexMap<&'d str, Cursor<'d>>,
    /// The schemas of properties that are not listed.
    pub(super) additional_properties: Vec<Cursor<'d>>,
    /// No properties but the listed ones are allowed.
    pub(super) is_closed: bool,
    pub(super) list: ListKeywords<'d>,
    pub(super) values: Option<Vec<Known>>,
    pub(super) one_ofs: Vec<OneOf<'d>>,
    /// Some of what they say could not be resolved, which was reported.
    pub(super) has_gap: bool,
    /// The schemas of properties that are declared under a condition alone, of which one applies, or none.
    pub(super) conditional: IndexMap<&'d str, Vec<Cursor<'d>>>,
}

/// A `oneOf` or `anyOf`, or the subtypes of a base type.
#[derive(Clone)]
pub(super) struct OneOf<'d> {
    /// The schema with the keyword.
    pub(super) schema: Cursor<'d>,
    pub(super) variants: Vec<SchemaView<'d>>,
    pub(super) discriminator: Option<Cursor<'d>>,
    /// Whether the variants already include the schema beside the keyword.
    pub(super) is_complete: bool,
}

/// Merges `views`.
pub(super) fn merge<'d>(views: &[SchemaView<'d>], diagnostics: &mut Diagnostics) -> Merged<'d> {
    let mut merging = Merging {
        merged: Merged::default(),
        typed: None,
        implied: JsonTypes::NONE,
        path: Vec::new(),
        seen: HashSet::new(),
        conditions: HashSet::new(),
        is_too_deep: false,
        diagnostics,
    };
    for view in views {
        merging.visit(&view.schema, view.facet);
    }
    if merging.is_too_deep {
        merging.diagnostics.error(
            "schema-depth",
            &views[0].schema,
            format!("`allOf` and `$ref` are nested more than {LIMIT} levels deep"),
            "merge some of the levels",
        );
    }
    let facets = views.iter().filter_map(|view| match view.facet {
        Facet::OfType(json_type) => Some(json_type),
        Facet::Whole | Facet::Base => None,
    });
    let json_types = facets.fold(JsonTypes::ALL, JsonTypes::and);
    merging.finish(json_types)
}

struct Merging<'d, 'f> {
    merged: Merged<'d>,
    typed: Option<JsonTypes>,
    /// The JSON types that keywords imply; they count when there is no `type`.
    implied: JsonTypes,
    /// The schemas on the path to the one that is being visited.
    path: Vec<usize>,
    seen: HashSet<usize>,
    /// The schemas that apply under a condition.
    conditions: HashSet<usize>,
    is_too_deep: bool,
    diagnostics: &'f mut Diagnostics,
}

impl<'d> Merging<'d, '_> {
    fn visit(&mut self, schema: &Cursor<'d>, facet: Facet) {
        let address = address(schema);
        if self.path.contains(&address) {
            report_cycle(schema, self.diagnostics);
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
                bounds::check(schema, self.diagnostics);
                self.path.push(address);
                for (keyword, value) in schema.members() {
                    self.keyword(schema, facet, keyword, &value);
                }
                self.path.pop();
            }
            Value::Bool(allows) => self.merged.is_never |= !allows,
            _ => {
                self.merged.has_gap = true;
                self.diagnostics.error(
                    "schema-invalid",
                    schema,
                    "a schema is expected here",
                    "write an object, or `true` for any value",
                );
            }
        }
    }

    fn keyword(&mut self, schema: &Cursor<'d>, facet: Facet, keyword: &'d str, value: &Cursor<'d>) {
        self.implied = self.implied.or(JsonTypes::of_keyword(keyword).unwrap_or(JsonTypes::NONE));
        match keyword {
            "$ref" | "$dynamicRef" | "$recursiveRef" => match schema.reference() {
                Some(target) => self.visit(&target, facet),
                None => self.merged.has_gap = true,
            },
            "allOf" => value.items().for_each(|item| self.visit(&item, facet)),
            "anyOf" | "oneOf" if facet == Facet::Whole => self.add_one_of(schema, value),
            "type" => self.types(value),
            "format" => self.format(value),
            "contentEncoding" => self.merged.encoding = self.merged.encoding.or(value.as_str()),
            "minimum" => self.merged.minimum = Some(value.value()),
            "maximum" => self.merged.maximum = Some(value.value()),
            "enum" if value.value().is_array() => {
                let values = enumeration::listed(schema, value, self.diagnostics);
                self.values(values);
            }
            "const" => self.values(enumeration::single(schema, value)),
            "properties" => {
                self.merged.has_gap |= !value.value().is_object();
                // A misplaced reference was reported, and is not a property.
                let is_reference = |name: &str| name == "$ref" && value.str(name).is_some();
                for (name, property) in value.members().filter(|(name, _)| !is_reference(name)) {
                    self.merged.properties.entry(name).or_default().push(property);
                }
            }
            "required" => self.required(value),
            "additionalProperties" | "unevaluatedProperties" => self.additional(keyword, value),
            "patternProperties" => {
                self.merged.additional_properties.extend(value.members().map(|(_, schema)| schema));
            }
            "items" | "prefixItems" | "additionalItems" | "unevaluatedItems" | "minItems" | "maxItems" => {
                self.merged.list.add(schema, keyword, value);
            }
            "then" | "else" => self.condition(value),
            "dependentSchemas" => value.members().for_each(|(_, schema)| self.condition(&schema)),
            _ => {}
        }
    }

    fn types(&mut self, value: &Cursor<'d>) {
        let names: Vec<_> = match value.value() {
            Value::Array(_) => value.items().collect(),
            _ => vec![value.clone()],
        };
        for name in &names {
            if name.value().is_null() {
                self.diagnostics.warning(
                    "schema-type-null",
                    name,
                    "null without quotes is read as the type `'null'`",
                    "put it between quotes",
                );
            } else if name.as_str().and_then(JsonTypes::of_name).is_none() {
                self.diagnostics.error(
                    "schema-type-unknown",
                    name,
                    format!("{} is not a type", name.value()),
                    "use `string`, `number`, `integer`, `boolean`, `array`, `object` or `null`",
                );
                return;
            }
        }
        let json_types = unwrap::json_types(value.value());
        let both = json_types.and(self.typed.unwrap_or(JsonTypes::ALL));
        match self.typed {
            Some(typed) if both.is_empty() && !typed.is_empty() && !json_types.is_empty() => {
                self.merged.is_contradiction = true;
                self.diagnostics.error(
                    "schema-type-conflict",
                    value,
                    format!("no value is both {} and {}", typed.in_words(), json_types.in_words()),
                    "give schemas that apply together the same `type`",
                );
            }
            _ => self.typed = Some(both),
        }
    }

    fn format(&mut self, value: &Cursor<'d>) {
        let Some(format) = value.as_str() else { return };
        self.implied = self.implied.or(JsonTypes::of_format(format).unwrap_or(JsonTypes::NONE));
        self.merged.format = self.merged.format.or(Some(format));
    }

    fn values(&mut self, values: Vec<Known>) {
        if values.is_empty() {
            return;
        }
        for known in &values {
            self.implied = self.implied.or(JsonTypes::of_value(&known.value));
        }
        let Some(before) = self.merged.values.take() else {
            self.merged.values = Some(values);
            return;
        };
        let both = enumeration::both(&before, &values);
        if both.is_empty() {
            self.merged.is_contradiction = true;
            enumeration::report_disjoint(&values, self.diagnostics);
        }
        self.merged.values = Some(if both.is_empty() { before } else { both });
    }

    fn required(&mut self, value: &Cursor<'d>) {
        match value.value() {
            Value::Array(_) => {
                for place in value.items() {
                    if let Some(name) = place.as_str() {
                        self.merged.required.entry(name).or_insert(place);
                    }
                }
            }
            // `required: true` on a property is JSON Schema draft 3.
            Value::Bool(_) => self.diagnostics.warning(
                "required-not-a-list",
                value,
                "`required` is a list of property names; this value is ignored",
                "list the name of the property in `required` of its object",
            ),
            _ => self.diagnostics.error(
                "required-not-a-list",
                value,
                "`required` is a list of property names",
                "write a list, even for a single name",
            ),
        }
    }

    fn additional(&mut self, keyword: &str, value: &Cursor<'d>) {
        match value.value() {
            Value::Bool(false) => self.merged.is_closed |= keyword == "additionalProperties",
            // Unevaluated properties are allowed anyway; only `additionalProperties` asks to keep them.
            Value::Bool(true) if keyword == "unevaluatedProperties" => {}
            _ => self.merged.additional_properties.push(value.clone()),
        }
    }

    fn add_one_of(&mut self, schema: &Cursor<'d>, variants: &Cursor<'d>) {
        let mut others = variants.items().filter(|variant| !null::is_only(variant)).peekable();
        if others.peek().is_some() && others.all(|variant| address(&variant.follow()) == address(schema)) {
            report_cycle(schema, self.diagnostics);
            return;
        }
        // A base type that lists its subtypes, which include it: here it is part of one of them.
        let is_on_the_path = |variant: &Cursor<'d>| self.path.contains(&address(&variant.follow()));
        if variants.items().any(|variant| is_on_the_path(&variant)) {
            return;
        }
        self.merged.one_ofs.push(OneOf {
            schema: schema.clone(),
            variants: variants.items().map(|variant| SchemaView::whole(&variant)).collect(),
            discriminator: schema.get("discriminator").filter(|it| it.value().is_object()),
            is_complete: false,
        });
    }

    fn finish(mut self, facet: JsonTypes) -> Merged<'d> {
        let said = match self.typed {
            Some(typed) => typed,
            None if self.implied.is_empty() => JsonTypes::ALL,
            None => self.implied,
        };
        self.merged.json_types = said.and(facet);
        if let Some(values) = self.merged.values.take() {
            let is_typed = self.typed.is_some_and(|typed| !typed.is_empty());
            let values = if is_typed { enumeration::typed(values, said, self.diagnostics) } else { values };
            let values =
                values.into_iter().filter(|known| JsonTypes::of_value(&known.value).is_within(facet));
            let values: Vec<_> = values.collect();
            // A list without remaining values was reported; the type alone counts then.
            self.merged.values = Some(values).filter(|values| !values.is_empty());
        }
        if let Some(values) = &self.merged.values {
            let json_types = values.iter().map(|known| JsonTypes::of_value(&known.value));
            self.merged.json_types =
                self.merged.json_types.and(json_types.fold(JsonTypes::NONE, JsonTypes::or));
        }
        let declared = &self.merged.properties;
        self.merged.conditional.retain(|name, _| !declared.contains_key(name));
        for (name, schemas) in &self.merged.conditional {
            self.merged.properties.insert(name, vec![schemas[0].clone()]);
        }
        self.merged
    }

    /// Notes the properties of a schema that applies under a condition. What it says of properties that are
    /// declared anyway only restricts them, which is left to the server.
    fn condition(&mut self, schema: &Cursor<'d>) {
        if self.path.len() > LIMIT || !self.conditions.insert(address(schema)) {
            return;
        }
        self.path.push(address(schema));
        for (keyword, value) in schema.members() {
            match keyword {
                "$ref" => schema.reference().iter().for_each(|target| self.condition(target)),
                "allOf" => value.items().for_each(|item| self.condition(&item)),
                "then" | "else" => self.condition(&value),
                "dependentSchemas" => value.members().for_each(|(_, schema)| self.condition(&schema)),
                "properties" => {
                    // `false` forbids a property, which declares none.
                    for (name, property) in value.members().filter(|(_, it)| it.as_bool() != Some(false)) {
                        let schemas = self.merged.conditional.entry(name).or_default();
                        if schemas.iter().all(|other| other.value() != property.value()) {
                            schemas.push(property);
                        }
                    }
                }
                _ => {}
            }
        }
        self.path.pop();
    }
}

fn report_cycle(schema: &Cursor<'_>, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        "schema-cycle",
        schema,
        "the schema contains itself through `allOf`, `oneOf` or `$ref`, so it has no finite value",
        "refer to the schema from a property or from the items of a list instead",
    );
}

impl Merged<'_> {
    /// Whether values of different JSON types are allowed. A schema that says nothing is for any value.
    pub(super) fn is_multi_type(&self) -> bool {
        self.json_types != JsonTypes::ALL && self.json_types.each().count() > 1
    }

    /// Whether there is a keyword beyond the JSON types.
    pub(super) fn has_content(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.additional_properties.is_empty()
            || !self.list.is_empty()
            || self.values.is_some()
            || self.format.is_some()
            || self.encoding.is_some()
    }
}

impl Default for JsonTypes {
    fn default() -> Self {
        Self::ALL
    }
}
