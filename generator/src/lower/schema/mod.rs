//! Lowers schemas to [`Type`]s, and gives a name to those that need one.
//!
//! Cursors to schemas come in, [`TypeDef`]s come out. Nothing here knows of
//! operations, of media types, or of what a type is called in Rust.
//!
//! ```text
//!  a component                        an inline schema, all schemas of a property
//!       │                                           │
//!       │                                    lower_nullable      null: is null allowed?
//!       │                                           │
//!  lower_component                           lower_non_null      unwrap: the schema inside of wrappers
//!       └─────────────────┬─────────────────────────┘
//!                         ▼
//!                    lower_once              known already, or too deep? budget: too many?
//!                         ▼
//!                     classify               merged: `$ref` and `allOf` as one set of keywords
//!      ┌──────────────────┼──────────────────────────┐
//!      ▼                  ▼                          ▼
//! lower_one_ofs     lower_multi_type          lower_single_type
//! one_of, hierarchy: a candidate for each     enumeration: an enum
//! the variants       JSON type                object: a struct or a map,
//! combine: with what      │                   list: a list or a tuple,
//! stands beside them      │                           by way of lower_nullable
//!      │                  │                   scalar: a scalar
//!      └─────────┬────────┘
//!                ▼
//!           lower_union                      candidates: merged where they allow the same values
//!                │                           label: what to call them
//!                └─▶ lower_non_null of each, or lower_once of the only one
//! ```
//!
//! What is inline and needs a name gets its [`TypeId`] before the schemas in it are lowered, so that schemas
//! may contain each other. Unions are finished, and duplicates removed, by the [passes](super::passes).

mod binary;
mod bounds;
mod budget;
mod candidates;
mod combine;
mod constraints;
mod declared;
pub(in crate::lower) mod defaults;
mod docs;
mod enumeration;
mod form;
mod hierarchy;
mod json_types;
mod label;
mod list;
mod merged;
mod null;
mod object;
mod one_of;
mod property;
mod scalar;
pub(in crate::lower) mod shallow;
mod steps;
mod union;
mod unwrap;
mod view;

use std::collections::{BTreeMap, HashMap};

use self::budget::Budget;
use self::defaults::DefaultSource;
use self::hierarchy::Hierarchy;
use self::null::Nulls;
use self::steps::State;
use self::view::{Key, SchemaView};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Alias, Property, Shape, Type, TypeDef, TypeId};

pub(in crate::lower) use self::declared::name as declared_name;
pub(in crate::lower) use self::hierarchy::{default_mapping, mapping};
pub(in crate::lower) use self::label::of_type as label_of_type;
pub(in crate::lower) use self::union::UnionSource;
pub(in crate::lower) use self::view::address;

/// The types that the schemas of a document have been lowered to so far.
pub(in crate::lower) struct Schemas<'d> {
    types: Vec<TypeDef>,
    /// The schemas of `components`, by their address.
    components: HashMap<usize, TypeId>,
    /// The types of inline schemas.
    inline: HashMap<Key, State>,
    /// The schemas of unions.
    unions: BTreeMap<TypeId, UnionSource<'d>>,
    /// The defaults of properties of structs.
    defaults: Vec<DefaultSource<'d>>,
    hierarchy: Hierarchy<'d>,
    nulls: Nulls,
    budget: Budget<'d>,
    depth: usize,
}

/// The types of all schemas, before any pass over them.
pub(in crate::lower) struct SchemaTypes<'d> {
    pub(in crate::lower) types: Vec<TypeDef>,
    pub(in crate::lower) unions: BTreeMap<TypeId, UnionSource<'d>>,
    pub(in crate::lower) defaults: Vec<DefaultSource<'d>>,
}

impl<'d> Schemas<'d> {
    /// Starts with the schemas in `components` of the document at `root`, in their order.
    pub(in crate::lower) fn new(root: &Cursor<'d>, diagnostics: &mut Diagnostics) -> Self {
        let components = root.get("components").and_then(|components| components.get("schemas"));
        let components: Vec<_> = components.iter().flat_map(Cursor::members).collect();
        let mut schemas = Self {
            types: Vec::new(),
            components: HashMap::new(),
            inline: HashMap::new(),
            unions: BTreeMap::new(),
            defaults: Vec::new(),
            hierarchy: Hierarchy::new(components.iter().map(|(_, schema)| schema)),
            nulls: Nulls::default(),
            budget: Budget::new(),
            depth: 0,
        };
        for (name, schema) in &components {
            let id = schemas.add(vec![(*name).to_owned()], schema);
            schemas.components.insert(address(schema), id);
        }
        // A schema in another file is the component that refers to it, wherever it is used.
        for (_, schema) in &components {
            let target = schema.follow();
            if target.other_file().is_some() && unwrap::step(schema).is_some() {
                let id = schemas.components[&address(schema)];
                schemas.components.entry(address(&target)).or_insert(id);
            }
        }
        for (name, schema) in &components {
            schemas.lower_component(name, schema, diagnostics);
        }
        schemas
    }

    /// Lowers `schema`, naming what is inline in it after `name_parts`, the outermost first.
    pub(in crate::lower) fn lower(
        &mut self,
        schema: &Cursor<'d>,
        name_parts: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        self.budget.start(schema);
        self.lower_nullable(&[SchemaView::whole(schema)], &owned(name_parts), diagnostics)
    }

    /// Lowers `schema` as what an object holds under `name`: with default, constant, documentation and
    /// examples. A parameter with a schema is one, too.
    pub(in crate::lower) fn property(
        &mut self,
        name: &str,
        schema: &Cursor<'d>,
        name_parts: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Property {
        self.budget.start(schema);
        let mut property =
            self.lower_property(name, std::slice::from_ref(schema), &owned(name_parts), diagnostics);
        defaults::check(&mut property, &self.types, schema, diagnostics);
        property
    }

    /// The properties of an object schema, each with the place of its schema, `$ref` and `allOf` merged,
    /// without a type for the object itself: for forms and multipart bodies. `None` when it is no
    /// object with known properties.
    ///
    /// A `oneOf` of objects results in the properties of all of them, for a form has no variants: those
    /// that not all of them require are optional.
    pub(in crate::lower) fn properties(
        &mut self,
        schema: &Cursor<'d>,
        name_parts: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<(Property, Cursor<'d>)>> {
        let name_parts = owned(name_parts);
        self.budget.start(schema);
        let mut properties =
            self.properties_of_all(&[SchemaView::whole(schema)], &name_parts, 0, diagnostics);
        for (property, schema) in &mut properties {
            defaults::check(property, &self.types, schema, diagnostics);
        }
        Some(properties).filter(|properties| !properties.is_empty())
    }

    /// Whether `schema` is for bytes as they are: `format: binary`, or a binary `contentMediaType`
    /// without `contentEncoding`. A list of such is not one itself.
    pub(in crate::lower) fn is_binary(schema: &Cursor<'d>) -> bool {
        binary::is(schema)
    }

    /// All types, and what the passes over them need to know of their schemas.
    pub(in crate::lower) fn finish(self) -> SchemaTypes<'d> {
        let Self { types, unions, defaults, .. } = self;
        SchemaTypes { types, unions, defaults }
    }

    fn add(&mut self, name_parts: Vec<String>, schema: &Cursor<'d>) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            docs: docs::of(schema, name_parts.last().map_or("", String::as_str)),
            name_parts,
            other_names: Vec::new(),
            location: schema.location(),
            shape: Shape::Alias(Alias { target: Type::Any }),
            examples: docs::examples(schema),
            in_request: false,
        });
        id
    }
}

fn owned(name_parts: &[&str]) -> Vec<String> {
    name_parts.iter().map(|part| (*part).to_owned()).collect()
}
