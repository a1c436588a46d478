//! Lowers schemas to [`Type`]s, and gives a name to those that need one.
//!
//! Cursors to schemas come in, [`TypeDef`]s come out. Nothing here knows of
//! operations, of media types, or of what a type is called in Rust.
//!
//! A schema is first *peeled* of wrappers that add nothing, then *flattened*
//! into one list of keywords, and then becomes an object, a list, a scalar, an
//! enum or a union. What is inline and needs a name gets its [`TypeId`] before
//! its parts are looked at, so that schemas may contain each other.

mod alike;
mod allowance;
mod binary;
mod bounds;
mod choice;
mod combine;
mod docs;
mod enumeration;
mod flat;
mod form;
pub(in crate::lower) mod glance;
mod hierarchy;
mod kinds;
mod limits;
mod member;
mod merge;
mod null;
mod object;
mod part;
mod peel;
mod scalar;
mod tell_apart;
mod test;
mod union;
mod variant;

use std::collections::{BTreeMap, HashMap};

use self::allowance::Allowance;
use self::flat::{Flat, flatten};
use self::hierarchy::Hierarchy;
use self::kinds::Kinds;
use self::null::Nulls;
use self::part::{Key, Part, address};
use self::union::Origins;
use super::cycles;
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Alias, Member, Shape, Type, TypeDef, TypeId};

/// How deep schemas may be nested in each other without a name in between.
const DEPTH_LIMIT: usize = 100;

/// The types that the schemas of a document have come to so far.
pub(in crate::lower) struct Schemas<'d> {
    types: Vec<TypeDef>,
    /// The schemas of `components`, by their address.
    components: HashMap<usize, TypeId>,
    /// What inline schemas have come to.
    inline: HashMap<Key, Slot>,
    /// Where the variants of unions come from.
    unions: BTreeMap<TypeId, Origins<'d>>,
    /// Where the defaults of members are, by struct and place of the member.
    defaults: Vec<(TypeId, usize, Cursor<'d>)>,
    hierarchy: Hierarchy<'d>,
    nulls: Nulls,
    allowance: Allowance<'d>,
    depth: usize,
}

/// How far an inline schema has been lowered.
enum Slot {
    /// It is being lowered. It has an id when it turned out to need a name.
    Open(Option<TypeId>),
    Done(Type),
}

/// What is being lowered, and the name for it.
struct Spot<'s, 'd> {
    parts: &'s [Part<'d>],
    hint: &'s [String],
    /// The schemas that describe it, the best first.
    described_by: &'s [Cursor<'d>],
    id: Option<TypeId>,
}

impl<'d> Schemas<'d> {
    /// Starts with the schemas in `components` of the document at `root`, in their order.
    pub(in crate::lower) fn new(root: &Cursor<'d>, found: &mut Diagnostics) -> Self {
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
            allowance: Allowance::new(),
            depth: 0,
        };
        for (name, schema) in &components {
            let id = schemas.add(vec![(*name).to_owned()], schema);
            schemas.components.insert(address(schema), id);
        }
        for (name, schema) in &components {
            schemas.component(name, schema, found);
        }
        schemas
    }

    /// Lowers `schema`, naming what is inline in it after `hint`, the outermost word first.
    pub(in crate::lower) fn lower(
        &mut self,
        schema: &Cursor<'d>,
        hint: &[&str],
        found: &mut Diagnostics,
    ) -> Type {
        self.allowance.begin(schema);
        self.parts(&[Part::whole(schema)], &words(hint), found)
    }

    /// Lowers `schema` as what an object holds under `name`: with default, constant, documentation and
    /// examples. A parameter with a schema is one, too.
    pub(in crate::lower) fn member(
        &mut self,
        name: &str,
        schema: &Cursor<'d>,
        hint: &[&str],
        found: &mut Diagnostics,
    ) -> Member {
        self.allowance.begin(schema);
        let mut member = self.member_of(name, std::slice::from_ref(schema), &words(hint), found);
        member::check_default(&mut member, &self.types, schema, found);
        member
    }

    /// The members of an object schema, each with the place of its schema, `$ref` and `allOf` merged,
    /// without a type for the object itself: for forms and multipart bodies. `None` when it is no
    /// object with known members.
    ///
    /// A choice between objects comes to the members of all of them, for a form has no variants: those
    /// that not all of them require are optional.
    pub(in crate::lower) fn members(
        &mut self,
        schema: &Cursor<'d>,
        hint: &[&str],
        found: &mut Diagnostics,
    ) -> Option<Vec<(Member, Cursor<'d>)>> {
        let hint = words(hint);
        self.allowance.begin(schema);
        let mut members = self.members_of_all(&[Part::whole(schema)], &hint, 0, found);
        for (member, schema) in &mut members {
            member::check_default(member, &self.types, schema, found);
        }
        Some(members).filter(|members| !members.is_empty())
    }

    /// Whether `schema` is for bytes as they are: `format: binary`, or a binary `contentMediaType`
    /// without `contentEncoding`. A list of such is not one itself.
    pub(in crate::lower) fn is_binary(schema: &Cursor<'d>) -> bool {
        binary::is(schema)
    }

    /// The types, with every cycle broken by a [`Type::Boxed`] and every union told apart.
    pub(in crate::lower) fn finish(self, found: &mut Diagnostics) -> Vec<TypeDef> {
        let Self { mut types, mut unions, defaults, .. } = self;
        merge::merge(&mut types, &mut unions);
        cycles::untie(&mut types, found);
        tell_apart::tell_apart(&mut types, &unions, found);
        member::check_defaults(&mut types, &defaults, found);
        types
    }

    /// Lowers the schema that `components` has under `name`, which has its id already.
    fn component(&mut self, name: &str, schema: &Cursor<'d>, found: &mut Diagnostics) {
        self.allowance.begin(schema);
        let id = self.components[&address(schema)];
        let own = address(schema);
        let way =
            peel::way(schema, |place| address(place) != own && self.components.contains_key(&address(place)));
        let end = [Part::whole(&way[way.len() - 1])];
        let hint = [name.to_owned()];
        let mut spot = Spot { parts: &end, hint: &hint, described_by: &way, id: Some(id) };
        let ty =
            if way.len() == 1 { self.build(&mut spot, found) } else { self.become_(&mut spot, &end, found) };
        if ty != Type::Named(id) {
            self.types[id.0].shape = Shape::Alias(Alias { target: ty });
        }
    }

    /// Lowers what satisfies all of `parts`.
    fn parts(&mut self, parts: &[Part<'d>], hint: &[String], found: &mut Diagnostics) -> Type {
        let ty = self.value(parts, hint, found);
        if self.nulls.allow(parts) { nullable(ty) } else { ty }
    }

    /// Lowers what satisfies all of `parts` and is not null.
    fn value(&mut self, parts: &[Part<'d>], hint: &[String], found: &mut Diagnostics) -> Type {
        let is_elsewhere = parts.iter().any(|part| part.schema.get("$ref").is_some());
        let (parts, described_by) = self.peel(parts);
        let place = if is_elsewhere { object::place_of(&parts[0].schema, hint) } else { None };
        let hint = place.as_deref().unwrap_or(hint);
        let mut spot = Spot { parts: &parts, hint, described_by: &described_by, id: None };
        self.become_(&mut spot, &parts, found)
    }

    /// Lowers `spot`, which has turned out to be `parts` and nothing else: a type that there is already,
    /// or a new one.
    fn become_(&mut self, spot: &mut Spot<'_, 'd>, parts: &[Part<'d>], found: &mut Diagnostics) -> Type {
        let key: Key = parts.iter().map(Part::key).collect();
        if let Some(known) = self.known(&key, parts, found) {
            return known;
        }
        if self.depth > DEPTH_LIMIT {
            found.error(
                "schema-depth",
                &parts[0].schema,
                format!("schemas are nested more than {DEPTH_LIMIT} levels deep"),
                "move some of them to `components` and refer to them with `$ref`",
            );
            return Type::Any;
        }
        let is_merged = parts.len() > 1;
        if is_merged && !self.allowance.spend(found) {
            return Type::Any;
        }
        self.inline.insert(key.clone(), Slot::Open(spot.id));
        self.depth += 1;
        let mut inner = Spot { parts, hint: spot.hint, described_by: spot.described_by, id: spot.id };
        let ty = self.build(&mut inner, found);
        spot.id = inner.id;
        self.depth -= 1;
        if let Some(id) = inner.id.filter(|id| ty != Type::Named(*id)) {
            self.types[id.0].shape = Shape::Alias(Alias { target: ty.clone() });
        }
        self.inline.insert(key, Slot::Done(ty.clone()));
        ty
    }

    fn known(&self, key: &Key, parts: &[Part<'d>], found: &mut Diagnostics) -> Option<Type> {
        if let [part] = parts
            && part.lens == part::Lens::Whole
            && let Some(id) = self.components.get(&address(&part.schema))
        {
            return Some(Type::Named(*id));
        }
        match self.inline.get(key)? {
            Slot::Done(ty) => Some(ty.clone()),
            Slot::Open(Some(id)) => Some(Type::Named(*id)),
            Slot::Open(None) => {
                found.error(
                    "schema-cycle",
                    &parts[0].schema,
                    "the schema is a list or map of itself without a name in between",
                    "move it to `components` and refer to it with `$ref`",
                );
                Some(Type::Any)
            }
        }
    }

    /// Takes off the wrappers of `parts`. Gives the parts, and the schemas that describe them.
    fn peel(&self, parts: &[Part<'d>]) -> (Vec<Part<'d>>, Vec<Cursor<'d>>) {
        let mut peeled: Vec<Part<'d>> = Vec::new();
        let mut described_by = Vec::new();
        for part in parts {
            if part.lens != part::Lens::Whole {
                peeled.push(part.clone());
                continue;
            }
            let mut way = peel::way(&part.schema, |place| self.components.contains_key(&address(place)));
            let end = Part::whole(&way[way.len() - 1]);
            // A type is best described where it stands, and its use by what is around it.
            way.reverse();
            described_by.splice(0..0, way);
            if !peeled.iter().any(|other| other.key() == end.key()) {
                peeled.push(end);
            }
        }
        described_by.extend(
            parts.iter().filter(|part| part.lens != part::Lens::Whole).map(|part| part.schema.clone()),
        );
        (peeled, described_by)
    }

    fn build(&mut self, spot: &mut Spot<'_, 'd>, found: &mut Diagnostics) -> Type {
        let mut flat = flatten(spot.parts, found);
        if flat.is_never {
            found.error(
                "schema-never",
                &spot.parts[0].schema,
                "the schema is `false`, which no value satisfies",
                "remove it, or describe the values that are allowed",
            );
            return Type::Any;
        }
        let choices = self.choices(spot.parts, &mut flat, found);
        if !choices.is_empty() {
            return self.choice(spot, &flat, &choices, found);
        }
        if flat.is_mixed() {
            return self.mixed(spot, &flat, found);
        }
        self.plain(spot, &flat, found)
    }

    /// Lowers values of one kind.
    fn plain(&mut self, spot: &mut Spot<'_, 'd>, flat: &Flat<'d>, found: &mut Diagnostics) -> Type {
        if let Some(listed) = flat.values.as_deref().and_then(enumeration::lower) {
            let id = self.reserve(spot);
            self.types[id.0].shape = Shape::Enum(listed);
            return Type::Named(id);
        }
        match flat.kinds {
            // Listed objects and lists have no type that would tell more.
            Kinds::OBJECT | Kinds::ARRAY if flat.values.is_some() => Type::Any,
            Kinds::OBJECT => self.object(spot, flat, found),
            Kinds::ARRAY => self.list(spot, flat, found),
            _ => scalar::lower(flat).map_or(Type::Any, Type::Scalar),
        }
    }

    /// The id of what is being lowered, which needs a name.
    fn reserve(&mut self, spot: &mut Spot<'_, 'd>) -> TypeId {
        if let Some(id) = spot.id {
            return id;
        }
        let last = &spot.parts[spot.parts.len() - 1].schema;
        let id = self.add(spot.hint.to_vec(), last);
        let name = spot.hint.last().map_or("", String::as_str);
        self.types[id.0].docs = docs::first(spot.described_by, name);
        self.inline.insert(spot.parts.iter().map(Part::key).collect(), Slot::Open(Some(id)));
        spot.id = Some(id);
        id
    }

    fn add(&mut self, hint: Vec<String>, schema: &Cursor<'d>) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            docs: docs::of(schema, hint.last().map_or("", String::as_str)),
            hint,
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

fn words(hint: &[&str]) -> Vec<String> {
    hint.iter().map(|word| (*word).to_owned()).collect()
}

/// The name for what is called `word` in what is called `hint`.
fn below(hint: &[String], word: &str) -> Vec<String> {
    let mut below = hint.to_vec();
    below.push(word.to_owned());
    below
}
