//! Base types: a schema with a `discriminator` whose subtypes include it by `allOf`.
//!
//! Where such a schema is used, a value of any subtype may stand.

use std::collections::{HashMap, HashSet};

use super::merged::OneOf;
use super::view::{Facet, SchemaView, address};
use crate::diagnostic::Diagnostics;
use crate::document::{Cursor, Pointer};

/// Which schemas of `components` include which.
pub(super) struct Hierarchy<'d> {
    children: HashMap<usize, Vec<Cursor<'d>>>,
}

impl<'d> Hierarchy<'d> {
    pub(super) fn new<'c>(components: impl Iterator<Item = &'c Cursor<'d>>) -> Self
    where
        'd: 'c,
    {
        let mut children: HashMap<usize, Vec<Cursor<'d>>> = HashMap::new();
        for component in components {
            for parent in included(component) {
                children.entry(address(&parent)).or_default().push(component.clone());
            }
        }
        Self { children }
    }

    /// The subtypes of `schema` as a `oneOf`, when it is a base type.
    pub(super) fn one_of(&self, schema: &Cursor<'d>, diagnostics: &mut Diagnostics) -> Option<OneOf<'d>> {
        let discriminator = discriminator(schema)?;
        let mut variants = Vec::new();
        for (_, target) in mapping(&discriminator, diagnostics) {
            // A base type may also stand for itself.
            let is_itself = address(&target) == address(schema);
            let facet = if is_itself { Facet::Base } else { Facet::Whole };
            add(&mut variants, SchemaView { schema: target, facet });
        }
        if variants.is_empty() {
            self.subtypes(schema).iter().for_each(|subtype| add(&mut variants, SchemaView::whole(subtype)));
            // Without a mapping, the name of the base type is a tag like those of its subtypes.
            if !variants.is_empty() {
                add(&mut variants, SchemaView { schema: schema.clone(), facet: Facet::Base });
            }
        }
        let discriminator = Some(discriminator);
        let one_of = OneOf { schema: schema.clone(), variants, discriminator, is_complete: true };
        Some(one_of).filter(|one_of| !one_of.variants.is_empty())
    }

    /// The schemas that include `schema`, directly or through others.
    fn subtypes(&self, schema: &Cursor<'d>) -> Vec<Cursor<'d>> {
        let mut seen = HashSet::from([address(schema)]);
        let mut subtypes: Vec<Cursor<'d>> = Vec::new();
        let mut next = vec![address(schema)];
        while let Some(parent) = next.pop() {
            for child in self.children.get(&parent).into_iter().flatten() {
                if seen.insert(address(child)) {
                    next.push(address(child));
                    subtypes.push(child.clone());
                }
            }
        }
        subtypes
    }
}

fn add<'d>(variants: &mut Vec<SchemaView<'d>>, variant: SchemaView<'d>) {
    if !variants.iter().any(|other| other.key() == variant.key()) {
        variants.push(variant);
    }
}

/// The schemas that `schema` includes by `allOf`.
fn included<'d>(schema: &Cursor<'d>) -> Vec<Cursor<'d>> {
    let all = schema.get("allOf");
    let items = all.iter().flat_map(Cursor::items);
    items.filter(|item| item.get("$ref").is_some()).map(|item| item.follow()).collect()
}

/// The discriminator of a schema that does not list its variants itself.
fn discriminator<'d>(schema: &Cursor<'d>) -> Option<Cursor<'d>> {
    let all = schema.get("allOf");
    let inline = all.iter().flat_map(Cursor::items).filter(|item| item.get("$ref").is_none());
    let mut own = [schema.clone()].into_iter().chain(inline);
    own.find_map(|schema| {
        let lists = schema.get("oneOf").is_some() || schema.get("anyOf").is_some();
        schema.get("discriminator").filter(|it| !lists && it.value().is_object())
    })
}

/// The schema that a discriminator names for values without a tag that is known (OpenAPI 3.2).
pub(in crate::lower) fn default_mapping<'d>(
    discriminator: &Cursor<'d>,
    diagnostics: &mut Diagnostics,
) -> Option<Cursor<'d>> {
    let name = discriminator.get("defaultMapping")?;
    let target = mapped(discriminator, name.as_str()?);
    if target.is_none() {
        report_mapping(&name, "values of other kinds are", diagnostics);
    }
    target
}

fn report_mapping(place: &Cursor<'_>, what: &str, diagnostics: &mut Diagnostics) {
    let name = place.as_str().unwrap_or_default();
    diagnostics.error(
        "discriminator-mapping",
        place,
        format!("{what} mapped to `{name}`, which does not exist"),
        "correct the reference, or remove the tag",
    );
}

/// The schema that `name` in a mapping means.
fn mapped<'d>(discriminator: &Cursor<'d>, name: &str) -> Option<Cursor<'d>> {
    // A name of a schema comes before a path, as OpenAPI has it. The names are those of its own file, or
    // of the whole document.
    let component = Pointer::default().child("components").child("schemas").child(name);
    let own = discriminator.from_root(&component);
    let named = own.or_else(|| discriminator.from_main_root(&component));
    named.or_else(|| discriminator.resolve(name))
}

/// The tags of a discriminator, each with its schema.
pub(in crate::lower) fn mapping<'d>(
    discriminator: &Cursor<'d>,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'d str, Cursor<'d>)> {
    let mut mapping = Vec::new();
    for (tag, target) in discriminator.get("mapping").iter().flat_map(Cursor::members) {
        let Some(name) = target.as_str() else { continue };
        match mapped(discriminator, name) {
            Some(schema) => mapping.push((tag, schema)),
            None => report_mapping(&target, &format!("the tag `{tag}` is"), diagnostics),
        }
    }
    mapping
}
