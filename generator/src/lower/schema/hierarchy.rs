//! Base types: a schema with a `discriminator` whose subtypes include it by `allOf`.
//!
//! Where such a schema is used, a value of any subtype may stand.

use std::collections::{HashMap, HashSet};

use super::flat::Choice;
use super::part::{Lens, Part, address};
use crate::diagnostic::Diagnostics;
use crate::document::Cursor;

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

    /// The choice between the subtypes of `schema`, when it is a base type.
    pub(super) fn choice(&self, schema: &Cursor<'d>, found: &mut Diagnostics) -> Option<Choice<'d>> {
        let discriminator = discriminator(schema)?;
        let mut variants = Vec::new();
        for (_, target) in mapping(&discriminator, found) {
            // A base type may also stand for itself.
            let is_itself = address(&target) == address(schema);
            let lens = if is_itself { Lens::Base } else { Lens::Whole };
            add(&mut variants, Part { schema: target, lens });
        }
        if variants.is_empty() {
            self.subtypes(schema).iter().for_each(|subtype| add(&mut variants, Part::whole(subtype)));
        }
        let discriminator = Some(discriminator);
        let choice = Choice { schema: schema.clone(), variants, discriminator, is_complete: true };
        Some(choice).filter(|choice| !choice.variants.is_empty())
    }

    /// The schemas that include `schema`, those that do so by way of others included.
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

fn add<'d>(variants: &mut Vec<Part<'d>>, variant: Part<'d>) {
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

/// The tags of a discriminator, each with its schema.
pub(super) fn mapping<'d>(discriminator: &Cursor<'d>, found: &mut Diagnostics) -> Vec<(&'d str, Cursor<'d>)> {
    let mut mapping = Vec::new();
    for (tag, target) in discriminator.get("mapping").iter().flat_map(Cursor::members) {
        let Some(name) = target.as_str() else { continue };
        // A name of a schema comes before a path, as OpenAPI has it.
        let component = format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
        match discriminator.resolve(&component).or_else(|| discriminator.resolve(name)) {
            Some(schema) => mapping.push((tag, schema)),
            None => found.error(
                "discriminator-mapping",
                &target,
                format!("the tag `{tag}` is for `{name}`, which is not there"),
                "correct the reference, or remove the tag",
            ),
        }
    }
    mapping
}
