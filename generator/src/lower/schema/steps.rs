//! The steps from a list of schemas to one type; the module doc of [`schema`](super) draws them.
//!
//! Each step returns a type or hands over to the next one. What the schemas look like in detail is up to the
//! modules that the last step calls: `one_of`, `union`, `enumeration`, `object`, `scalar`.

use super::json_types::JsonTypes;
use super::merged::{Merged, merge};
use super::view::{Facet, Key, SchemaView, address};
use super::{Schemas, docs, enumeration, scalar, unwrap};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Alias, Shape, Type, TypeId};

/// How deep schemas may be nested in each other without a name in between.
const DEPTH_LIMIT: usize = 100;

/// How far an inline schema has been lowered.
pub(super) enum State {
    /// It is being lowered, and would have a name of these parts.
    Unnamed(Vec<String>),
    /// It is being lowered, and is known to need a name.
    Named(TypeId),
    Done(Type),
}

/// What is being lowered, and the parts of a name for it.
pub(super) struct Target<'s, 'd> {
    pub(super) views: &'s [SchemaView<'d>],
    pub(super) name_parts: &'s [String],
    /// The schemas that describe it, the best first.
    pub(super) described_by: &'s [Cursor<'d>],
    /// Its type, as soon as it is known to need a name.
    pub(super) id: Option<TypeId>,
}

impl<'d> Schemas<'d> {
    /// Lowers the schema that `components` has under `name`, which has its id already.
    pub(super) fn lower_component(&mut self, name: &str, schema: &Cursor<'d>, diagnostics: &mut Diagnostics) {
        self.budget.start(schema);
        let id = self.components[&address(schema)];
        let own = address(schema);
        let path = unwrap::path(schema, |place| {
            address(place) != own && self.components.contains_key(&address(place))
        });
        let last = &path[path.len() - 1];
        let innermost = [SchemaView::whole(last)];
        let is_own = self.components.get(&address(last)).is_none_or(|component| *component == id);
        if is_own {
            self.describe(id, name, &path);
        }
        let name_parts = [name.to_owned()];
        let mut target =
            Target { views: &innermost, name_parts: &name_parts, described_by: &path, id: Some(id) };
        let ty = if self.components.get(&address(last)) == Some(&id) {
            self.classify(&mut target, diagnostics)
        } else {
            self.lower_once(&target, &innermost, diagnostics)
        };
        if ty != Type::Named(id) {
            self.types[id.0].shape = Shape::Alias(Alias { target: ty });
        }
    }

    /// Describes the component `id` by its own texts, and by those of the schemas that it is only a wrapper of.
    fn describe(&mut self, id: TypeId, name: &str, path: &[Cursor<'d>]) {
        let component = &mut self.types[id.0];
        component.docs = docs::first(path, name);
        let examples = path.iter().map(docs::examples).find(|examples| !examples.is_empty());
        component.examples = examples.unwrap_or_default();
    }

    /// Lowers what satisfies all of `views`.
    pub(super) fn lower_nullable(
        &mut self,
        views: &[SchemaView<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let ty = self.lower_non_null(views, name_parts, diagnostics);
        if self.nulls.allow(views) { nullable(ty) } else { ty }
    }

    /// Lowers what satisfies all of `views` and is not null.
    pub(super) fn lower_non_null(
        &mut self,
        views: &[SchemaView<'d>],
        name_parts: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let is_elsewhere = views.iter().any(|view| view.schema.get("$ref").is_some());
        let (views, described_by) = self.unwrap_views(views);
        // What several schemas describe together is nowhere else.
        let place = match views.as_slice() {
            [only] if is_elsewhere => self.place_elsewhere(&only.schema, name_parts),
            _ => None,
        };
        let name_parts = place.as_deref().unwrap_or(name_parts);
        let target = Target { views: &views, name_parts, described_by: &described_by, id: None };
        self.lower_once(&target, &views, diagnostics)
    }

    /// Lowers the `views` that `target` was reduced to, once: a type that is known already, or a new one.
    pub(super) fn lower_once(
        &mut self,
        target: &Target<'_, 'd>,
        views: &[SchemaView<'d>],
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let key: Key = views.iter().map(SchemaView::key).collect();
        if let Some(known) = self.known(&key, views) {
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
        let state = target.id.map_or_else(|| State::Unnamed(target.name_parts.to_vec()), State::Named);
        self.inline.insert(key.clone(), state);
        self.depth += 1;
        let mut inner =
            Target { views, name_parts: target.name_parts, described_by: target.described_by, id: target.id };
        let ty = self.classify(&mut inner, diagnostics);
        self.depth -= 1;
        // A list or map that contains itself got its name where it does.
        let recursive = match self.inline.get(&key) {
            Some(State::Named(id)) if inner.id.is_none() => Some(*id),
            _ => None,
        };
        if let Some(id) = inner.id.or(recursive).filter(|id| ty != Type::Named(*id)) {
            self.types[id.0].shape = Shape::Alias(Alias { target: ty.clone() });
        }
        let ty = recursive.map_or(ty, Type::Named);
        self.inline.insert(key, State::Done(ty.clone()));
        ty
    }

    /// The type of `views`, when they were lowered before, or are being lowered around this use of them.
    fn known(&mut self, key: &Key, views: &[SchemaView<'d>]) -> Option<Type> {
        if let [view] = views
            && view.facet == Facet::Whole
            && let Some(id) = self.components.get(&address(&view.schema))
        {
            return Some(Type::Named(*id));
        }
        let name_parts = match self.inline.get(key)? {
            State::Done(ty) => return Some(ty.clone()),
            State::Named(id) => return Some(Type::Named(*id)),
            State::Unnamed(name_parts) => name_parts.clone(),
        };
        let id = self.add(name_parts, &views[views.len() - 1].schema);
        self.inline.insert(key.clone(), State::Named(id));
        Some(Type::Named(id))
    }

    /// Removes the wrappers of `views`. Returns the inner views, and the schemas that describe them.
    pub(super) fn unwrap_views(&self, views: &[SchemaView<'d>]) -> (Vec<SchemaView<'d>>, Vec<Cursor<'d>>) {
        let mut unwrapped: Vec<SchemaView<'d>> = Vec::new();
        let mut described_by = Vec::new();
        for view in views {
            if view.facet != Facet::Whole {
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
        described_by
            .extend(views.iter().filter(|view| view.facet != Facet::Whole).map(|view| view.schema.clone()));
        (unwrapped, described_by)
    }

    pub(super) fn classify(&mut self, target: &mut Target<'_, 'd>, diagnostics: &mut Diagnostics) -> Type {
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
    pub(super) fn reserve(&mut self, target: &mut Target<'_, 'd>) -> TypeId {
        if let Some(id) = target.id {
            return id;
        }
        let last = &target.views[target.views.len() - 1].schema;
        let id = self.add(target.name_parts.to_vec(), last);
        let name = target.name_parts.last().map_or("", String::as_str);
        self.types[id.0].docs = docs::first(target.described_by, name);
        self.inline.insert(target.views.iter().map(SchemaView::key).collect(), State::Named(id));
        target.id = Some(id);
        id
    }
}

/// The type, or null. Any value may be null anyway.
pub(super) fn nullable(ty: Type) -> Type {
    match ty {
        Type::Any | Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}

/// The parts of a name for what is called `part` in what is called `name_parts`.
pub(super) fn below(name_parts: &[String], part: &str) -> Vec<String> {
    let mut below = name_parts.to_vec();
    below.push(part.to_owned());
    below
}
