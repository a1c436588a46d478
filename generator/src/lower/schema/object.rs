//! Objects and lists: structs, maps, vectors.

use std::borrow::Cow;

use super::flat::{Flat, flatten};
use super::null;
use super::part::Part;
use super::peel;
use super::{Schemas, Spot, below, member, nullable};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;
use crate::ir::{Docs, Member, Shape, Struct, Type};

impl<'d> Schemas<'d> {
    /// A struct when members are listed or no others are allowed; a map otherwise.
    pub(super) fn object(
        &mut self,
        spot: &mut Spot<'_, 'd>,
        flat: &Flat<'d>,
        found: &mut Diagnostics,
    ) -> Type {
        let is_map = flat.properties.is_empty() && (!flat.is_closed || !flat.rest.is_empty());
        if is_map {
            return Type::Map(Box::new(self.rest(flat, spot.hint, found).unwrap_or(Type::Any)));
        }
        let id = self.reserve(spot);
        let mut members = Vec::new();
        for (place, (member, schema)) in self.members_of(flat, spot.hint, found).into_iter().enumerate() {
            if member.default.is_some() {
                self.defaults.push((id, place, schema));
            }
            members.push(member);
        }
        let rest = self.rest(flat, spot.hint, found);
        self.types[id.0].shape = Shape::Struct(Struct { members, rest });
        Type::Named(id)
    }

    /// The members that are listed, each with the first schema that describes it.
    pub(super) fn members_of(
        &mut self,
        flat: &Flat<'d>,
        hint: &[String],
        found: &mut Diagnostics,
    ) -> Vec<(Member, Cursor<'d>)> {
        let mut members = Vec::new();
        for (name, schemas) in &flat.properties {
            let is_required = flat.required.contains(name);
            if let Some(never) = schemas.iter().find(|schema| schema.as_bool() == Some(false)) {
                if is_required {
                    found.error(
                        "member-impossible",
                        never,
                        format!("the member `{name}` is required, but no value is allowed for it"),
                        "remove it from `required`, or describe its values",
                    );
                }
                continue;
            }
            let schemas = agreeing(name, schemas, found);
            let hint = place_of(&schemas[0], hint).unwrap_or_else(|| below(hint, name));
            let mut member = self.member_of(name, schemas, &hint, found);
            member.required = is_required;
            members.push((member, schemas[0].clone()));
        }
        let undeclared = flat.required.iter().filter(|name| !flat.properties.contains_key(*name));
        if let (Some((_, schema)), false) = (members.last().cloned(), flat.properties.is_empty()) {
            // What cannot be made out may describe them.
            let mut unsure = Diagnostics::default();
            let found = if flat.has_gap { &mut unsure } else { found };
            members.extend(undeclared.map(|name| (undeclared_member(name, &schema, found), schema.clone())));
        }
        members
    }

    /// The type of the members that are not listed. Schemas for some names only count for all.
    fn rest(&mut self, flat: &Flat<'d>, hint: &[String], found: &mut Diagnostics) -> Option<Type> {
        let hint = below(hint, "value");
        let mut types: Vec<Type> = Vec::new();
        for schema in &flat.rest {
            let ty = self.parts(&[Part::whole(schema)], &hint, found);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        match types.len() {
            0 => None,
            1 => types.pop(),
            _ => Some(Type::Any),
        }
    }

    pub(super) fn list(&mut self, spot: &mut Spot<'_, 'd>, flat: &Flat<'d>, found: &mut Diagnostics) -> Type {
        let hint = below(spot.hint, "item");
        let item = if flat.tuple.is_empty() {
            let parts: Vec<_> = flat.items.iter().map(Part::whole).collect();
            if parts.is_empty() { Type::Any } else { self.parts(&parts, &hint, found) }
        } else {
            self.tuple(flat, &hint, found)
        };
        Type::List(Box::new(item))
    }

    /// The type of the items of a list whose places have schemas of their own: one of those.
    fn tuple(&mut self, flat: &Flat<'d>, hint: &[String], found: &mut Diagnostics) -> Type {
        let open = flat.items.iter().filter(|schema| schema.as_bool() != Some(false));
        let places: Vec<_> = flat.tuple.iter().chain(open).collect();
        if places.iter().any(|schema| peel::is_empty(schema)) {
            return Type::Any;
        }
        let parts: Vec<_> = places.into_iter().map(Part::whole).collect();
        let ty = self.one_of(&parts, hint, found);
        let is_nullable = parts.iter().any(|part| self.nulls.allow(std::slice::from_ref(part)));
        if is_nullable { nullable(ty) } else { ty }
    }
}

/// The name for a schema in another component than the one that is called `hint`: after the place where
/// it stands, whoever gets there first by including that component.
pub(super) fn place_of(schema: &Cursor<'_>, hint: &[String]) -> Option<Vec<String>> {
    let pointer = schema.pointer();
    let mut tokens = pointer.tokens().map(Cow::into_owned);
    let is_component = tokens.next()? == "components" && tokens.next()? == "schemas";
    let name = tokens.next().filter(|name| is_component && hint.first() != Some(name))?;
    let mut words = vec![name];
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "properties" | "$defs" => words.extend(tokens.next()),
            "items" | "prefixItems" => words.push("item".to_owned()),
            "additionalProperties" | "patternProperties" => words.push("value".to_owned()),
            _ => {}
        }
    }
    Some(words)
}

/// The schemas of a member that hold together. A later one that contradicts the others was meant to
/// replace them, as it would in a class.
fn agreeing<'s, 'd>(name: &str, schemas: &'s [Cursor<'d>], found: &mut Diagnostics) -> &'s [Cursor<'d>] {
    let [_, .., last] = schemas else { return schemas };
    if let Some(null) = schemas.iter().position(null::is_only) {
        return &schemas[null..=null];
    }
    if !is_conflict(schemas) {
        return schemas;
    }
    found.error(
        "member-conflict",
        last,
        format!(
            "schemas that have to hold together describe the member `{name}` so that no value is allowed"
        ),
        "describe the member alike everywhere, or in one place only",
    );
    std::slice::from_ref(last)
}

/// Whether several schemas describe a member so that no value is allowed.
fn is_conflict(schemas: &[Cursor<'_>]) -> bool {
    let parts: Vec<_> = schemas.iter().map(Part::whole).collect();
    flatten(&parts, &mut Diagnostics::default()).is_contradiction
}

/// Whether no value is allowed for one of the members.
pub(super) fn has_conflict(flat: &Flat<'_>) -> bool {
    flat.properties.values().any(|schemas| schemas.len() > 1 && is_conflict(schemas))
}

/// A member that is required but not described. It may be a slip in the name of another one, so that
/// nothing insists on it.
fn undeclared_member(name: &str, near: &Cursor<'_>, found: &mut Diagnostics) -> Member {
    found.warning(
        "required-undeclared",
        near,
        format!("`required` lists the member `{name}`, which `properties` does not describe"),
        "describe it in `properties`, or correct its name; it is carried as an optional member of any type",
    );
    member::plain(name, Type::Any, Docs::default())
}
