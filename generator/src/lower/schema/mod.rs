//! Lowers schemas to [`Type`]s, and gives a name to those that need one.
//!
//! Cursors to schemas come in, [`TypeDef`]s come out. Nothing here knows of
//! operations, of media types, or of what a type is called in Rust.
//!
//! A schema is first unwrapped, then merged into one set of keywords, and then
//! lowered to an object, a list, a scalar, an enum or a union. What is inline and
//! needs a name gets its [`TypeId`] before the schemas in it are lowered, so that
//! schemas may contain each other.

mod binary;
mod bounds;
mod budget;
mod candidates;
mod combine;
mod constraints;
mod discriminate;
mod docs;
mod duplicates;
mod enumeration;
mod form;
mod hierarchy;
mod json_types;
mod label;
mod matcher;
mod merged;
mod null;
mod object;
mod one_of;
mod property;
mod scalar;
pub(in crate::lower) mod shallow;
mod union;
mod unwrap;
mod view;

use std::collections::{BTreeMap, HashMap};

use self::budget::Budget;
use self::hierarchy::Hierarchy;
use self::json_types::JsonTypes;
use self::merged::{Merged, merge};
use self::null::Nulls;
use self::union::UnionSource;
use self::view::{Key, SchemaView, address};
use super::cycles;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Alias, Property, Shape, Type, TypeDef, TypeId};

/// How deep schemas may be nested in each other without a name in between.
const DEPTH_LIMIT: usize = 100;

/// The types that the schemas of a document have been lowered to so far.
pub(in crate::lower) struct Schemas<'d> {
    types: Vec<TypeDef>,
    /// The schemas of `components`, by their address.
    components: HashMap<usize, TypeId>,
    /// The types of inline schemas.
    inline: HashMap<Key, State>,
    /// The schemas of unions.
    unions: BTreeMap<TypeId, UnionSource<'d>>,
    /// Where the defaults of properties are, by struct and place of the property.
    defaults: Vec<(TypeId, usize, Cursor<'d>)>,
    hierarchy: Hierarchy<'d>,
    nulls: Nulls,
    budget: Budget<'d>,
    depth: usize,
}

/// How far an inline schema has been lowered.
enum State {
    /// It is being lowered. It has an id as soon as it is known to need a name.
    InProgress(Option<TypeId>),
    Done(Type),
}

/// What is being lowered, and the parts of a name for it.
struct Target<'s, 'd> {
    views: &'s [SchemaView<'d>],
    name_parts: &'s [String],
    /// The schemas that describe it, the best first.
    described_by: &'s [Cursor<'d>],
    id: Option<TypeId>,
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
        property::check_default(&mut property, &self.types, schema, diagnostics);
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
            property::check_default(property, &self.types, schema, diagnostics);
        }
        Some(properties).filter(|properties| !properties.is_empty())
    }

    /// Whether `schema` is for bytes as they are: `format: binary`, or a binary `contentMediaType`
    /// without `contentEncoding`. A list of such is not one itself.
    pub(in crate::lower) fn is_binary(schema: &Cursor<'d>) -> bool {
        binary::is(schema)
    }

    /// The types, with every cycle broken by a [`Type::Boxed`] and every union discriminated.
    pub(in crate::lower) fn finish(self, diagnostics: &mut Diagnostics) -> Vec<TypeDef> {
        let Self { mut types, mut unions, defaults, .. } = self;
        duplicates::remove(&mut types, &mut unions);
        cycles::break_all(&mut types, diagnostics);
        discriminate::discriminate(&mut types, &unions, diagnostics);
        property::check_defaults(&mut types, &defaults, diagnostics);
        types
    }

    /// Lowers the schema that `components` has under `name`, which has its id already.
    fn lower_component(&mut self, name: &str, schema: &Cursor<'d>, diagnostics: &mut Diagnostics) {
        self.budget.start(schema);
        let id = self.components[&address(schema)];
        let own = address(schema);
        let path = unwrap::path(schema, |place| {
            address(place) != own && self.components.contains_key(&address(place))
        });
        let innermost = [SchemaView::whole(&path[path.len() - 1])];
        let name_parts = [name.to_owned()];
        let mut target =
            Target { views: &innermost, name_parts: &name_parts, described_by: &path, id: Some(id) };
        let ty = if path.len() == 1 {
            self.classify(&mut target, diagnostics)
        } else {
            self.lower_once(&mut target, &innermost, diagnostics)
        };
        if ty != Type::Named(id) {
            self.types[id.0].shape = Shape::Alias(Alias { target: ty });
        }
    }

    /// Lowers what satisfies all of `views`.
    fn lower_nullable(
        &mut self,
        views: &[SchemaView<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let ty = self.lower_non_null(views, name_parts, diagnostics);
        if self.nulls.allow(views) { nullable(ty) } else { ty }
    }

    /// Lowers what satisfies all of `views` and is not null.
    fn lower_non_null(
        &mut self,
        views: &[SchemaView<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let is_elsewhere = views.iter().any(|view| view.schema.get("$ref").is_some());
        let (views, described_by) = self.unwrap_views(views);
        let place =
            if is_elsewhere { object::name_parts_in_component(&views[0].schema, name_parts) } else { None };
        let name_parts = place.as_deref().unwrap_or(name_parts);
        let mut target = Target { views: &views, name_parts, described_by: &described_by, id: None };
        self.lower_once(&mut target, &views, diagnostics)
    }

    /// Lowers the `views` that `target` was reduced to, once: a type that is known already, or a new one.
    fn lower_once(
        &mut self,
        target: &mut Target<'_, 'd>,
        views: &[SchemaView<'d>],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let key: Key = views.iter().map(SchemaView::key).collect();
        if let Some(known) = self.known(&key, views, diagnostics) {
            return known;
        }
        if self.depth > DEPTH_LIMIT {
            diagnostics.error(
                "schema-depth",
                &views[0].schema,
                format!("schemas are nested more than {DEPTH_LIMIT} levels deep"),
                "move some of them to `components` and refer to them with `$ref`",
            );
            return Type::Any;
        }
        let is_merged = views.len() > 1;
        if is_merged && !self.budget.take(diagnostics) {
            return Type::Any;
        }
        self.inline.insert(key.clone(), State::InProgress(target.id));
        self.depth += 1;
        let mut inner =
            Target { views, name_parts: target.name_parts, described_by: target.described_by, id: target.id };
        let ty = self.classify(&mut inner, diagnostics);
        target.id = inner.id;
        self.depth -= 1;
        if let Some(id) = inner.id.filter(|id| ty != Type::Named(*id)) {
            self.types[id.0].shape = Shape::Alias(Alias { target: ty.clone() });
        }
        self.inline.insert(key, State::Done(ty.clone()));
        ty
    }

    fn known(&self, key: &Key, views: &[SchemaView<'d>], diagnostics: &mut Diagnostics) -> Option<Type> {
        if let [view] = views
            && view.facet == view::Facet::Whole
            && let Some(id) = self.components.get(&address(&view.schema))
        {
            return Some(Type::Named(*id));
        }
        match self.inline.get(key)? {
            State::Done(ty) => Some(ty.clone()),
            State::InProgress(Some(id)) => Some(Type::Named(*id)),
            State::InProgress(None) => {
                diagnostics.error(
                    "schema-cycle",
                    &views[0].schema,
                    "the schema is a list or map of itself without a component in between",
                    "move it to `components` and refer to it with `$ref`",
                );
                Some(Type::Any)
            }
        }
    }

    /// Removes the wrappers of `views`. Returns the inner views, and the schemas that describe them.
    fn unwrap_views(&self, views: &[SchemaView<'d>]) -> (Vec<SchemaView<'d>>, Vec<Cursor<'d>>) {
        let mut unwrapped: Vec<SchemaView<'d>> = Vec::new();
        let mut described_by = Vec::new();
        for view in views {
            if view.facet != view::Facet::Whole {
                unwrapped.push(view.clone());
                continue;
            }
            let mut path = unwrap::path(&view.schema, |place| self.components.contains_key(&address(place)));
            let innermost = SchemaView::whole(&path[path.len() - 1]);
            // A type is best described where it stands, and its use by what is around it.
            path.reverse();
            described_by.splice(0..0, path);
            if !unwrapped.iter().any(|other| other.key() == innermost.key()) {
                unwrapped.push(innermost);
            }
        }
        described_by.extend(
            views.iter().filter(|view| view.facet != view::Facet::Whole).map(|view| view.schema.clone()),
        );
        (unwrapped, described_by)
    }

    fn classify(&mut self, target: &mut Target<'_, 'd>, diagnostics: &mut Diagnostics) -> Type {
        let mut merged = merge(target.views, diagnostics);
        if merged.is_never {
            diagnostics.error(
                "schema-never",
                &target.views[0].schema,
                "the schema is `false`, which no value satisfies",
                "remove it, or describe the values that are allowed",
            );
            return Type::Any;
        }
        let one_ofs = self.one_ofs(target.views, &mut merged, diagnostics);
        if !one_ofs.is_empty() {
            return self.lower_one_ofs(target, &merged, &one_ofs, diagnostics);
        }
        if merged.is_multi_type() {
            return self.lower_multi_type(target, &merged, diagnostics);
        }
        self.lower_single_type(target, &merged, diagnostics)
    }

    /// Lowers values of one JSON type.
    fn lower_single_type(
        &mut self,
        target: &mut Target<'_, 'd>,
        merged: &Merged<'d>,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        if let Some(listed) = merged.values.as_deref().and_then(enumeration::lower) {
            let id = self.reserve(target);
            self.types[id.0].shape = Shape::Enum(listed);
            return Type::Named(id);
        }
        match merged.json_types {
            // Listed objects and lists have no more precise type.
            JsonTypes::OBJECT | JsonTypes::ARRAY if merged.values.is_some() => Type::Any,
            JsonTypes::OBJECT => self.lower_object(target, merged, diagnostics),
            JsonTypes::ARRAY => self.lower_list(target, merged, diagnostics),
            _ => scalar::lower(merged).map_or(Type::Any, Type::Scalar),
        }
    }

    /// The id of what is being lowered, which needs a name.
    fn reserve(&mut self, target: &mut Target<'_, 'd>) -> TypeId {
        if let Some(id) = target.id {
            return id;
        }
        let last = &target.views[target.views.len() - 1].schema;
        let id = self.add(target.name_parts.to_vec(), last);
        let name = target.name_parts.last().map_or("", String::as_str);
        self.types[id.0].docs = docs::first(target.described_by, name);
        self.inline.insert(target.views.iter().map(SchemaView::key).collect(), State::InProgress(Some(id)));
        target.id = Some(id);
        id
    }

    fn add(&mut self, name_parts: Vec<String>, schema: &Cursor<'d>) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            docs: docs::of(schema, name_parts.last().map_or("", String::as_str)),
            name_parts,
            location: schema.location(),
            shape: Shape::Alias(Alias { target: Type::Any }),
            examples: docs::examples(schema),
            in_request: false,
        });
        id
    }
}

/// The type, or null. Any value may be null anyway.
fn nullable(ty: Type) -> Type {
    match ty {
        Type::Any | Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}

fn owned(name_parts: &[&str]) -> Vec<String> {
    name_parts.iter().map(|part| (*part).to_owned()).collect()
}

/// The parts of a name for what is called `part` in what is called `name_parts`.
fn below(name_parts: &[String], part: &str) -> Vec<String> {
    let mut below = name_parts.to_vec();
    below.push(part.to_owned());
    below
}
